import type { LabelSelector, Requirement, Truth } from '../../model';

/** Does a selector of Kubernetes take in something with these labels? Without them, only what needs none is certain. */
export function selects(selector: LabelSelector, label: (key: string) => string | undefined): boolean {
  return selector.requirements.every((requirement) => holds(requirement, label(requirement.key)));
}

/** The same where a label that is not shown may still be there. */
export function maySelect(
  selector: LabelSelector,
  label: (key: string) => string | undefined,
  isComplete: boolean,
): Truth {
  let truth: Truth = 'yes';
  for (const requirement of selector.requirements) {
    const value = label(requirement.key);
    if (value === undefined && !isComplete) truth = 'unknown';
    else if (!holds(requirement, value)) return 'no';
  }
  return truth;
}

function holds({ operator, values }: Requirement, value: string | undefined): boolean {
  switch (operator) {
    case 'In':
      return value !== undefined && values.includes(value);
    case 'NotIn':
      return value === undefined || !values.includes(value);
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
  }
}

/** A selector as it is written in one line: `app=web,tier!=test,zone in (a,b),!old`. `undefined`: it is no such thing. */
export function parseSelector(text: string): LabelSelector | undefined {
  const requirements: Requirement[] = [];
  for (const part of text.match(/(?:\([^)]*\)|[^,(])+/g) ?? []) {
    const set = /^\s*([\w./-]+)\s+(in|notin)\s+\(([^)]*)\)\s*$/.exec(part);
    const equal = /^\s*([\w./-]+)\s*(==|=|!=)\s*([\w.-]*)\s*$/.exec(part);
    const exists = /^\s*(!?)\s*([\w./-]+)\s*$/.exec(part);
    if (set) {
      const values = set[3].split(',').map((value) => value.trim());
      requirements.push({ key: set[1], operator: set[2] === 'in' ? 'In' : 'NotIn', values });
    } else if (equal) {
      requirements.push({ key: equal[1], operator: equal[2] === '!=' ? 'NotIn' : 'In', values: [equal[3]] });
    } else if (exists) {
      requirements.push({ key: exists[2], operator: exists[1] === '' ? 'Exists' : 'DoesNotExist', values: [] });
    } else return undefined;
  }
  return { requirements };
}
