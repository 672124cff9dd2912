/** Nothing is loaded from anywhere: fonts are those of the machine, pictures are drawn. */
export const STYLE = `
:root{color-scheme:light dark;--page:#fff;--ink:#1c2128;--soft:#59636e;--line:#d1d9e0;--panel:#f6f8fa;
--proven:#1a7f37;--broken:#cf222e;--unknown:#8a5a00;--link:#0757b8;--broken-bg:#fff0ee;--unknown-bg:#fff8e5}
@media (prefers-color-scheme:dark){:root{--page:#0f1318;--ink:#e6edf3;--soft:#9aa6b2;--line:#3a424b;--panel:#171c22;
--proven:#4ac26b;--broken:#ff7b72;--unknown:#e3b341;--link:#79b8ff;--broken-bg:#2b1517;--unknown-bg:#262011}}
*{box-sizing:border-box}
body{margin:0;background:var(--page);color:var(--ink);font:15px/1.45 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
main,header,footer{max-width:1500px;margin:0 auto;padding:0 24px}
header{padding-top:22px}
h1{font-size:27px;line-height:1.2;margin:0 0 4px;display:flex;gap:12px;align-items:center}
h1 .icon{width:34px;height:34px;flex:none}
h2{font-size:19px;margin:34px 0 8px}
h2 small,.soft{color:var(--soft);font-weight:400;font-size:14px}
h3{font-size:15px;margin:18px 0 2px}
a{color:var(--link)}
code,pre{font:13px/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
.icon{width:18px;height:18px;vertical-align:-4px}
.proven{--c:var(--proven)}.broken{--c:var(--broken)}.unknown{--c:var(--unknown)}
.error{--c:var(--broken)}.warning{--c:var(--unknown)}.info{--c:var(--link)}
.word{color:var(--c);font-weight:650;white-space:nowrap}
.tools{display:flex;flex-wrap:wrap;gap:8px 10px;align-items:center;margin:14px 0 0}
.tools button{font:inherit;color:var(--ink);background:var(--page);border:1.5px solid var(--line);border-radius:99px;padding:4px 13px 4px 9px;cursor:pointer}
.tools button[aria-pressed=false]{opacity:.65;text-decoration:line-through}
.tools input,.tools select{font:inherit;color:var(--ink);background:var(--page);border:1px solid var(--line);border-radius:6px;padding:4px 8px}
.tools input{min-width:210px}
:focus-visible{outline:2.5px solid var(--link);outline-offset:2px}
.board{border:1px solid var(--line);border-radius:10px;overflow:hidden}
.row{display:grid;grid-template-columns:112px minmax(200px,2.6fr) repeat(var(--n),minmax(50px,1fr)) minmax(168px,2.2fr);align-items:center;padding:5px 12px;column-gap:0}
.heads{background:var(--panel);color:var(--soft);font-size:11.5px;line-height:1.15;padding-top:7px;padding-bottom:7px;text-align:center;font-weight:600}
.heads span:nth-child(-n+2),.heads span:last-child{text-align:left}
.path{border-top:1px solid var(--line)}
.path>summary{list-style:none;cursor:pointer}
.path>summary::-webkit-details-marker{display:none}
.path>summary:hover{background:var(--panel)}
.path.broken>summary{background:var(--broken-bg)}
.name,.sink{overflow-wrap:anywhere;line-height:1.25;padding:2px 12px 2px 0}
.sink{padding:2px 0 2px 12px}
.name b,.sink b{font-weight:600;display:block}
.name small,.sink small{color:var(--soft);font-size:12px;font-weight:400}
.heads span:last-child{padding-left:12px}
.hop{position:relative;display:flex;justify-content:center;align-items:center;height:26px;color:var(--c)}
.hop::before{content:"";position:absolute;left:0;right:0;top:50%;border-top:3px solid var(--c);transform:translateY(-50%)}
.hop.unknown::before{border-top-style:dashed;border-top-width:2px}
.hop.broken::before{right:50%}
.hop.after::before{border-top:2px dotted var(--soft)}
.hop.after:not(.broken)>.icon{opacity:.45}
.hop>.icon{position:relative;width:20px;height:20px}
.hop.broken>.icon{width:26px;height:26px}
.hop i{display:none;font-style:normal}
.why{grid-column:2/-1;font-size:14px;color:var(--c);padding:0 0 4px;overflow-wrap:anywhere}
.why .soft{color:var(--soft)}
.hops{background:var(--panel);padding:10px 20px 14px 116px;border-top:1px solid var(--line);font-size:14px}
.hops ol{margin:0;padding:0;list-style:none}
.hops li{padding:3px 0}
.hops ul{margin:0 0 0 27px;padding:0;list-style:none;color:var(--soft)}
.more>summary{padding:8px 12px;border-top:1px solid var(--line);cursor:pointer;color:var(--link)}
.finding{border:1px solid var(--line);border-left:6px solid var(--c);border-radius:8px;padding:10px 16px 12px;margin:12px 0}
.finding h3{margin:0 0 2px;font-weight:600;overflow-wrap:anywhere}
.finding pre{margin:2px 0 8px;padding:7px 10px;background:var(--panel);border-radius:6px;overflow-x:auto;white-space:pre}
.finding mark{background:none;color:var(--c);font-weight:700}
.finding mark.other{color:var(--link)}
.finding dl{display:grid;grid-template-columns:max-content 1fr;gap:2px 12px;margin:8px 0 0}
.finding dt{font-weight:650}.finding dd{margin:0;overflow-wrap:anywhere}
.where{font-size:13px;color:var(--soft);margin-top:5px;overflow-wrap:anywhere}
.notes{margin-top:28px}
[hidden]{display:none!important}
footer{color:var(--soft);font-size:13px;padding-top:24px;padding-bottom:30px}
@media screen and (max-width:1080px){
.row{display:flex;flex-wrap:wrap;gap:4px 8px}
.row.heads{display:none}
.row .name{flex:1 1 60%}
.row .sink{flex:1 1 100%;order:2;padding:0}.row .sink b{display:inline;padding-right:6px}.row .sink::before{content:"to "}
.hop{order:1;height:auto;gap:4px;border:1px solid var(--line);border-radius:99px;padding:1px 8px 1px 3px;font-size:12.5px}
.hop::before,.hop.none{display:none}
.hop i{display:inline;color:var(--ink)}
.hop>.icon,.hop.broken>.icon{width:17px;height:17px}
.why{order:3;flex:1 1 100%}
.hops{padding-left:20px}}
@media print{
:root{--page:#fff;--ink:#000;--soft:#444;--line:#bbb;--panel:#f4f4f4;--proven:#1a7f37;--broken:#b3121f;--unknown:#7a4f00;--broken-bg:#fff;--unknown-bg:#fff;--link:#000;color-scheme:light}
body{font-size:11px}h1{font-size:20px}h2{font-size:15px;break-after:avoid}
main,header,footer{max-width:none;padding:0}
.tools,.more>summary{display:none}
.path,.finding{break-inside:avoid}
.row{grid-template-columns:80px minmax(120px,2fr) repeat(var(--n),minmax(28px,1fr)) minmax(90px,1.5fr)}
.heads{font-size:7px}
.name small,.sink small,.why{font-size:9.5px}
.hop>.icon{width:15px;height:15px}.hop.broken>.icon{width:20px;height:20px}
.finding pre{white-space:pre-wrap}
.hop,.icon,.hop::before{-webkit-print-color-adjust:exact;print-color-adjust:exact}}
`;
