/** Filters. Without it the page says the same, unfiltered. */
export const SCRIPT = `
(function(){
  var root=document.documentElement, off=new Set();
  var text=document.getElementById('text'), world=document.getElementById('world'), signal=document.getElementById('signal');
  var told=document.getElementById('told'), paths=[].slice.call(document.querySelectorAll('.path'));
  function apply(){
    var words=(text.value||'').toLowerCase().split(/\\s+/).filter(Boolean), shown=0;
    var filtered=words.length>0||off.size>0||(world&&world.value)||(signal&&signal.value);
    paths.forEach(function(path){
      var d=path.dataset, hit=!off.has(d.status)&&(!world||!world.value||d.world===world.value)
        &&(!signal||!signal.value||d.signal===signal.value)
        &&words.every(function(word){return d.text.indexOf(word)>=0});
      path.hidden=!hit; if(hit)shown++;
    });
    document.querySelectorAll('.more').forEach(function(more){if(words.length)more.open=true;
      more.hidden=!more.querySelector('.path:not([hidden])')});
    document.querySelectorAll('.board').forEach(function(board){board.parentNode.hidden=!board.querySelector('.path:not([hidden])')});
    document.querySelectorAll('.world').forEach(function(one){one.hidden=!one.querySelector('.path:not([hidden])')});
    told.textContent=filtered?shown+' of '+paths.length+' paths shown':'';
  }
  document.querySelectorAll('button[data-status]').forEach(function(button){
    button.addEventListener('click',function(){
      var status=button.dataset.status, on=off.has(status);
      if(on)off.delete(status);else off.add(status);
      button.setAttribute('aria-pressed',String(on)); apply();
    });
  });
  [text,world,signal].forEach(function(field){if(field)field.addEventListener('input',apply)});
  function reveal(){
    var target=location.hash.length>1&&document.getElementById(location.hash.slice(1));
    for(var at=target;at&&at!==root;at=at.parentNode)if(at.tagName==='DETAILS')at.open=true;
    if(target)target.scrollIntoView({block:'center'});
  }
  addEventListener('hashchange',reveal); reveal();
  addEventListener('beforeprint',function(){document.querySelectorAll('.more').forEach(function(more){more.open=true})});
})();
`;
