import type { Truth } from '../../model';
import { type Matcher, takesValue } from '../../read/promql';
import type { Label } from '../scrape/relabel';
import { WITNESSES, type Witness } from '../scrape/targets';

/**
 * Does a matcher take a label that arrives? A matcher whose value is a variable of Grafana takes what its variable
 * offers, so that the label has to arrive at all.
 *
 * @param isOnPage the value was seen; others may come
 */
export function matchLabel(matcher: Matcher, label: Label | undefined, isOnPage: boolean): Truth {
  const value = label?.value ?? '';
  const rests = label?.rests ?? new Set();
  const isOpen = rests.has('metric') || rests.has('cluster') || rests.has('state of the pod');
  if (matcher.isOpen) {
    if (value !== '') return 'yes';
    return isOpen || matcher.op !== '=' ? 'unknown' : 'no';
  }
  if (isOpen && !(isOnPage && rests.has('metric') && rests.size === 1)) return 'unknown';
  if (rests.has('metric')) return takesValue(matcher, value) ? 'yes' : 'unknown';
  if (rests.size === 0) return takesValue(matcher, value) ? 'yes' : 'no';
  const taken = WITNESSES.map((witness) => takesValue(matcher, seenBy(witness, value)));
  if (taken.every((one) => one)) return 'yes';
  if (taken.some((one) => one)) return 'unknown';
  return isForAnother(matcher, value) ? 'no' : 'unknown';
}

const [FIRST] = WITNESSES;
const VARYING = ['ip', 'hostIp', 'node', 'suffix', 'hash', 'ordinal', 'uid'] as const;

/** The value as another witness has it. */
function seenBy(witness: Witness, value: string): string {
  if (witness === FIRST) return value;
  return VARYING.filter((key) => key !== 'ordinal').reduce(
    (text, key) => text.replaceAll(FIRST[key], witness[key]),
    value,
  );
}

/** The matcher wants texts that begin otherwise than the value does, as far as that is known: `web-.*` of `api-6d4c-x2k4q`. */
function isForAnother({ op, value: wanted }: Matcher, value: string): boolean {
  if (op !== '=~' && op !== '=') return false;
  const known = Math.min(
    ...VARYING.map((key) => (value.includes(FIRST[key]) ? value.indexOf(FIRST[key]) : value.length)),
  );
  const start = value.slice(0, known);
  const heads = op === '=' ? [wanted] : wanted.split('|').map((part) => /^[\w-]*/.exec(part)?.[0] ?? '');
  const isPlain = op === '=' || /^(?:[\w-]+(?:\.[*+])?\|?)+$/.test(wanted);
  const differs = (head: string) => {
    const length = Math.min(head.length, start.length);
    return head.slice(0, length) !== start.slice(0, length);
  };
  return isPlain && heads.every(differs);
}
