import { concat, known, textOf, type Value } from '../../model';
import { MappedText, type Node, type ScalarNode, type Span } from '../../text';
import { readJson } from '../json';

/** JSON whose text has parts that only a deployment knows. */
export interface TemplatedJson {
  readonly node?: Node;
  /** What a text in it stands for. */
  readonly toValue: (scalar: ScalarNode) => Value;
}

const FIRST = 0xe000;
const LAST = 0xf8ff;

/** Each part that is not known is one letter of the private use area while the text is read. */
export function readTemplatedJson(value: Value, from: Span): TemplatedJson {
  const open: Value[] = [];
  const text = (value.kind === 'concat' ? value.parts : [value])
    .map((part) => {
      const literal = textOf(part);
      if (literal !== undefined) return literal;
      open.push(part);
      return FIRST + open.length - 1 <= LAST ? String.fromCharCode(FIRST + open.length - 1) : '';
    })
    .join('');
  const { value: node } = readJson(MappedText.derived(text, value.span ?? from));
  const toValue = ({ value: scalar, span }: ScalarNode): Value => {
    if (typeof scalar !== 'string') return known(scalar, span);
    const parts = [...scalar].map((char) => open[char.charCodeAt(0) - FIRST] ?? known(char));
    return concat(parts, span);
  };
  return { toValue, ...(node && { node }) };
}
