import { painter, type TextOptions } from '../report';
import type { Rule } from '../rules';
import { explain } from './explain';

/** One rule as the terminal shows it. */
export function renderRule(rule: Rule, options: TextOptions = {}): string {
  const paint = painter(options.color ?? false);
  const { excerpts, findings } = explain(rule, options);
  const { severity, id, summary, why, help } = rule;
  const blocks = [
    `${paint.severity(severity, `${severity}[${id}]`)}${paint.bold(`: ${summary}`)}`,
    `${paint.bold('why')}:  ${why}\n${paint.bold('help')}: ${help}`,
  ];
  if (findings.length > 0) {
    const shown = excerpts.map(
      ({ file, lines }) =>
        `  ${paint.bold(file)}\n${lines.map(({ mark, text }) => painted(`  ${mark} ${text}`, mark)).join('\n')}`,
    );
    blocks.push(`${paint.bold('an example')}, wrong (-) and right (+):\n\n${shown.join('\n\n')}`);
    blocks.push(`of the wrong one, sightline verify says:\n\n${findings.map(indented).join('\n\n')}`);
  }
  return `${blocks.join('\n\n')}\n`;

  function painted(line: string, mark: string): string {
    return mark === '-' ? paint.mark(line) : mark === '+' ? paint.status('proven', line) : line;
  }
}

/** Every rule in a line, by family. */
export function renderRules(rules: readonly Rule[], options: TextOptions = {}): string {
  const paint = painter(options.color ?? false);
  const width = Math.max(...rules.map(({ id }) => id.length));
  const line = ({ id, severity, summary }: Rule) =>
    `  ${id.padEnd(width)}  ${paint.severity(severity, severity.padEnd(7))}  ${summary}`;
  const families = [...new Set(rules.map(familyOf))];
  const blocks = families.map((family) =>
    [paint.bold(family), ...rules.filter((rule) => familyOf(rule) === family).map(line)].join('\n'),
  );
  return `${blocks.join('\n\n')}\n`;
}

function familyOf({ id }: Rule): string {
  return id.split('/')[0];
}

function indented(text: string): string {
  return text.replace(/^(?=.)/gm, '  ');
}
