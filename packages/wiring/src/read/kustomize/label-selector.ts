/** Looks up the value of a label; undefined when the object does not have it. */
export type Labels = (label: string) => string | undefined;

const REQUIREMENT =
  /^\s*(?:(?<absent>!)\s*(?<without>[^\s,!=<>()]+)|(?<key>[^\s,!=<>()]+)(?:\s*(?<operator>==|=|!=|<|>)\s*(?<value>[^\s,!=<>()]*)|\s+(?<set>in|notin)\s*\((?<values>[^()]*)\))?)\s*(?:,|$)/;

/**
 * A Kubernetes label selector: `a=b, c!=d, e in (f, g), h notin (i), j, !k, l>5`.
 *
 * @returns a test of an object's labels; undefined when the text is no selector
 */
export function parseLabelSelector(text: string): ((labels: Labels) => boolean) | undefined {
  const requirements: ((labels: Labels) => boolean)[] = [];
  for (let rest = text; rest.trim() !== ''; ) {
    const match = REQUIREMENT.exec(rest);
    if (!match?.groups) return undefined;
    requirements.push(requirement(match.groups));
    const end = match[0].length;
    // A comma asks for one more.
    if (match[0].trimEnd().endsWith(',') && rest.slice(end).trim() === '') return undefined;
    rest = rest.slice(end);
  }
  return (labels) => requirements.every((matches) => matches(labels));
}

type Groups = Readonly<Record<string, string | undefined>>;

function requirement({
  without,
  key = '',
  operator,
  value = '',
  set,
  values = '',
}: Groups): (labels: Labels) => boolean {
  if (without !== undefined) return (labels) => labels(without) === undefined;
  if (set !== undefined) {
    const wanted = new Set(values.split(',').map((each) => each.trim()));
    return (labels) => has(wanted, labels(key)) === (set === 'in');
  }
  switch (operator) {
    case '=':
    case '==':
      return (labels) => labels(key) === value;
    case '!=':
      return (labels) => labels(key) !== value;
    case '<':
      return (labels) => Number.parseInt(labels(key) ?? '', 10) < Number(value);
    case '>':
      return (labels) => Number.parseInt(labels(key) ?? '', 10) > Number(value);
    default:
      return (labels) => labels(key) !== undefined;
  }
}

function has(wanted: ReadonlySet<string>, value: string | undefined): boolean {
  return value !== undefined && wanted.has(value);
}
