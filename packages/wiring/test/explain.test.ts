import { explain, renderRuleIndex, renderRulePage, rules, suggest } from '../src';
import { excerptsOf } from '../src/explain';
import { example } from '../src/rules/example';

describe('the page of a rule', () => {
  const rule = rules.find(({ id }) => id === 'metrics/wrong-port');
  const page = rule ? renderRulePage(rule) : '';

  it('shows the wrong and the right line, and what verify says', () => {
    expect(page).toContain('# metrics/wrong-port\n');
    expect(page).toContain('-         prometheus.io/port: "9114"\n+         prometheus.io/port: "9113"');
    expect(page).toContain('error[metrics/wrong-port]:');
    expect(page.split('\n').length).toBeLessThan(80);
  });

  it('is linked from the index', () => {
    expect(renderRuleIndex(rules)).toContain('| [metrics/wrong-port](metrics/wrong-port.md) | error |');
  });
});

describe('an explanation', () => {
  it('of every rule with an example names the lines that differ and the finding', () => {
    for (const rule of rules.filter(({ example: one }) => one)) {
      const { excerpts, findings } = explain(rule);
      expect(excerpts.flatMap(({ lines }) => lines.filter(({ mark }) => mark !== ' '))).not.toEqual([]);
      expect(findings.join()).toContain(`[${rule.id}]`);
    }
  });
});

describe('an excerpt', () => {
  it('has two lines around the change, and shows what cannot be seen', () => {
    const of = example({ a: '1\n2\n3\n4\n5\n6\n' }, { file: 'a', good: '4', bad: '\0' });
    expect(excerptsOf(of)).toEqual([
      {
        file: 'a',
        lines: [
          [' ', '2'],
          [' ', '3'],
          ['-', '\\0'],
          ['+', '4'],
          [' ', '5'],
          [' ', '6'],
        ].map(([mark, text]) => ({ mark, text })),
      },
    ]);
  });

  it('of a text that is not there is a mistake of the example', () => {
    expect(() => excerptsOf(example({ a: '1' }, { file: 'a', good: '2', bad: '3' }))).toThrow('no "2" in a');
  });
});

describe('suggestions', () => {
  it('are the nearest names first', () => {
    const names = rules.map(({ id }) => id);
    expect(suggest('identity/untrusted-subjects', names)[0]).toBe('identity/untrusted-subject');
    expect(suggest('audience', names)).toEqual(
      expect.arrayContaining(['identity/unchecked-audience', 'identity/wrong-audience']),
    );
    expect(suggest('zzzzzz', names)).toEqual([]);
  });
});
