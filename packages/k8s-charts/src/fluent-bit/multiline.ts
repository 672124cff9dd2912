import { checked, invalid, type Rule } from '../core/check';
import type { MultilineParser } from './config-model';
import type { MultilineRule } from './multiline-rule';
import { StackTrace } from './stack-trace';

/** Names that Fluent Bit has given already. */
const BUILT_IN = ['cri', 'docker', ...Object.values<string>(StackTrace)];

export function multilineParsers(prop: string, rules: MultilineRule[] = []): MultilineParser[] {
  const names = rules.map(({ name }) => checked(`${prop}.name`, name, NAME));
  for (const [index, name] of names.entries()) {
    if (BUILT_IN.includes(name) || names.indexOf(name) !== index) {
      throw invalid(`${prop}.name`, name, `a name of its own, not ${BUILT_IN.join(', ')}`, 'Choose another name.');
    }
  }
  return rules.map(({ name, start, continuation }) => {
    const first = expression(`${prop}.start`, start);
    const further =
      continuation === undefined ? `^(?!.*(?:${first}))` : expression(`${prop}.continuation`, continuation);
    return {
      name,
      type: 'regex',
      rules: [
        { state: 'start_state', regex: `/${first}/`, next_state: 'further' },
        { state: 'further', regex: `/${further}/`, next_state: 'further' },
      ],
    };
  });
}

/** Fluent Bit does not start with an expression that it cannot read; what can be told without it is told here. */
function expression(prop: string, text: string): string {
  const allowed = 'a regular expression of one line, with its brackets in pairs and no backslash at the end';
  if (text === '' || /[\r\n\0]/.test(text) || !paired(text)) {
    throw invalid(prop, text, allowed, 'Put a backslash before a bracket that stands for itself.');
  }
  return text;
}

function paired(text: string): boolean {
  // Sets first: within them, parentheses stand for themselves.
  const bare = text.replace(/\\./g, '').replace(/\[\^?\]?(?:\[:\^?\w+:\]|[^\]])*\]/g, '');
  if (/[\\[\]]/.test(bare)) {
    return false;
  }
  let open = 0;
  for (const character of bare) {
    open += character === '(' ? 1 : character === ')' ? -1 : 0;
    if (open < 0) {
      return false;
    }
  }
  return open === 0;
}

const NAME: Rule = {
  matches: /^[a-z0-9][a-z0-9-]{0,62}$/,
  allowed: 'at most 63 small letters, digits and hyphens, starting with a letter or digit',
  mend: 'Name what writes such lines.',
};
