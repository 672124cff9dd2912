import { checked, invalid, type Rule } from '../core/check';
import type { LogRedaction } from './log-redaction';
import { REDACTION_SCRIPT } from './redaction-script';

/** The whole script, or undefined when nothing is to be taken out. Names and patterns are in it as data only, never as code. */
export function redactionScript(prop: string, redaction: LogRedaction | undefined): string | undefined {
  const mask = names(`${prop}.maskFields`, redaction?.maskFields);
  const drop = names(`${prop}.dropFields`, redaction?.dropFields);
  const both = mask.find((name) => drop.includes(name));
  if (both !== undefined) {
    throw invalid(`${prop}.dropFields`, both, 'names that are not masked too', 'Mask the field or drop it.');
  }
  const searches = (redaction?.patterns ?? []).flatMap((pattern) => pattern._searches());
  if (mask.length + drop.length + searches.length === 0) {
    return undefined;
  }
  const actions = [...mask.map((name) => [name, 'mask']), ...drop.map((name) => [name, 'drop'])] as [string, string][];
  return [
    `local NAMES = { ${actions.map(([name]) => luaText(name)).join(', ')} }`,
    `local ACTIONS = { ${actions.map(([name, action]) => `[${luaText(name)}] = '${action}'`).join(', ')} }`,
    `local SEARCHES = {${searches.map(({ lua, keeps }) => `\n  { ${luaText(lua)}, ${keeps ? "'%1[redacted]'" : "'[redacted]'"} },`).join('')}\n}`,
    REDACTION_SCRIPT.trimStart(),
  ].join('\n');
}

function names(prop: string, given: string[] = []): string[] {
  return [...new Set(given.map((name) => checked(prop, name, FIELD).toLowerCase()))].sort();
}

/** A string of Lua. All but letters, digits and a few signs is told by number, so that it can neither end the string nor name a variable of Fluent Bit. */
function luaText(text: string): string {
  return `'${text.replace(/[^\w %+.[\]^@=-]/g, (character) => `\\${String(character.charCodeAt(0)).padStart(3, '0')}`)}'`;
}

const FIELD: Rule = {
  matches: /^[\w$.@:/ -]{1,128}$/,
  allowed: '1 to 128 letters, digits, spaces and the characters _ $ . @ : / -',
  mend: 'Give the name of one field, without quotes; it is found at any depth.',
};
