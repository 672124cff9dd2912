import { runExample } from '../src/explain';
import { badFiles, type Example, type Files, rules } from '../src/rules';
import { LOGS } from '../src/rules/examples/logs';
import { METRICS } from '../src/rules/examples/metrics';

const withExample = rules.flatMap(({ id, example }) => (example ? [[id, example] as const] : []));

/** Each has tests of its own; an example would be no reading matter. */
const WITHOUT = ['input/too-large'];

function found(files: Files, example: Example): readonly string[] {
  const { findings } = runExample(files, example);
  return [...new Set(findings.map(({ rule, message }) => `${rule}: ${message}`))];
}

describe('the examples of the rules', () => {
  it('are there for every rule', () => {
    expect(rules.filter(({ id, example }) => !example && !WITHOUT.includes(id)).map(({ id }) => id)).toEqual([]);
  });

  it.each(withExample)('%s: the bad input gives this finding and no other, the good one none', (id, example) => {
    expect(found(example.files, example)).toEqual([]);
    const findings = found(badFiles(example), example);
    expect(findings.map((finding) => finding.split(': ')[0])).toEqual([...findings.keys()].map(() => id));
    expect(findings).not.toEqual([]);
  });

  it('of metrics begin at a path that is proven', () => {
    expect(runExample(METRICS, {}).paths.map(({ status }) => status)).toEqual(['proven']);
  });

  it('of logs begin at a path without a break', () => {
    expect(runExample(LOGS, {}).paths.map(({ status }) => status)).not.toContain('broken');
  });
});
