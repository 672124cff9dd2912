import { readFileSync } from 'node:fs';
import { type Duration, Stack, Token } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { prometheusDuration } from '../private/durations';
import { invalidProp } from '../private/errors';
import { type PrometheusRule, requireText } from './rule';

/**
 * Rules that are evaluated one after the other, at the same times.
 */
export interface PrometheusRuleGroup {
  /** Name of the group, unique among those that are given together. */
  readonly name: string;

  /** The rules, in the order in which they are evaluated. */
  readonly rules: PrometheusRule[];

  /**
   * How often the rules are evaluated: whole seconds.
   *
   * @default - the service's default, one minute
   */
  readonly interval?: Duration;
}

/**
 * Where the rules of a rule groups namespace come from: groups that are written here, a text, or a file.
 *
 * @example
 * const definition = RuleGroupsDefinition.fromFile('rules/tictactoe.yaml');
 */
export class RuleGroupsDefinition {
  /**
   * Rules that are written here; mistakes in names are found at synth, mistakes in PromQL when they are deployed.
   *
   * @param groups at least one group
   */
  public static fromGroups(...groups: PrometheusRuleGroup[]): RuleGroupsDefinition {
    if (groups.length === 0) {
      throw invalidProp(undefined, {
        prop: 'groups',
        got: groups,
        allowed: 'at least one group',
        mend: 'Leave the rule groups out of the stack if there are no rules.',
      });
    }
    return new RuleGroupsDefinition((scope) => renderGroups(scope, groups));
  }

  /**
   * Rules as text, in the format of Prometheus.
   *
   * @param text YAML with a top-level key `groups`
   */
  public static fromText(text: string): RuleGroupsDefinition {
    return new RuleGroupsDefinition((scope) => checkedText(scope, 'text', text));
  }

  /**
   * Rules from a file in the format of Prometheus, read when the app is synthesized.
   *
   * @param path of a file of YAML with a top-level key `groups`; relative to the working directory
   */
  public static fromFile(path: string): RuleGroupsDefinition {
    return new RuleGroupsDefinition((scope) => checkedText(scope, `file ${path}`, readFileSync(path, 'utf8')));
  }

  private readonly renderer: (scope: IConstruct) => string;

  private constructor(renderer: (scope: IConstruct) => string) {
    this.renderer = renderer;
  }

  /**
   * The text that AMP takes.
   *
   * @internal
   */
  public _render(scope: IConstruct): string {
    return this.renderer(scope);
  }
}

function renderGroups(scope: IConstruct, groups: readonly PrometheusRuleGroup[]): string {
  const seen = new Set<string>();
  for (const { name } of groups) {
    requireText(scope, 'name of a rule group', name, 'Give every group a name of its own.');
    if (seen.has(name)) {
      throw invalidProp(scope, {
        prop: 'name of a rule group',
        got: name,
        allowed: 'unique in the namespace',
        mend: 'Rename one of the groups, or put their rules into one.',
      });
    }
    seen.add(name);
  }
  return Stack.of(scope).toYamlString({
    groups: groups.map(({ name, interval, rules }) => ({
      name,
      ...(interval && { interval: prometheusDuration(scope, `interval of ${name}`, interval) }),
      rules: rules.map((rule) => rule._render(scope)),
    })),
  });
}

function checkedText(scope: IConstruct, prop: string, text: string): string {
  if (!Token.isUnresolved(text) && !/^\s*[{"']*groups["']?\s*:/m.test(text)) {
    throw invalidProp(scope, {
      prop,
      got: text.length > 60 ? `${text.slice(0, 60)}…` : text,
      allowed: 'YAML with a top-level key groups',
      mend: 'It is what promtool check rules takes; a PrometheusRule object of Kubernetes has it under spec.',
    });
  }
  return text;
}
