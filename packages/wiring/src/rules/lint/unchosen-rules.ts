import { evaluatorsOf, ruleSetsOf, serversOf } from '../../trace';
import { example } from '../example';
import { OPERATED } from '../examples/operated-rules';
import type { LintRule } from './lint-rule';

/** Others that take rules of the operator's kind. */
const TAKERS = /^(?:ThanosRuler|GrafanaAgent|VMAlert|MimirRuler)$/;

export const unchosenRules: LintRule = {
  id: 'alerts/unchosen-rules',
  severity: 'warning',
  summary: 'no Prometheus takes the rules of an object',
  why: 'nothing of it is evaluated, and nobody is told so',
  help: 'give the object the labels that ruleSelector wants, and its namespace those of ruleNamespaceSelector',
  example: example(OPERATED, { file: 'rules.yaml', good: 'labels: {release: shop}', bad: 'labels: {release: shops}' }),
  check: ({ world, collectors }) => {
    const isElsewhere =
      !world.closedManifests ||
      world.objects.some(({ kind }) => TAKERS.test(kind)) ||
      collectors.some(({ main }) => main.some(({ content }) => /mimir\.rules|loki\.rules/.test(`${content.value}`)));
    if (isElsewhere || serversOf(world).length === 0) return [];
    return ruleSetsOf(world).flatMap((set) => {
      const { takers, leavers, missing } = evaluatorsOf(set, world);
      if (set.owner.kind !== 'cluster' || takers.length + missing.length > 0 || leavers.length === 0) return [];
      return [
        {
          subject: set.label,
          message: `no Prometheus takes ${set.label}: ${leavers.map(({ choice }) => choice.why).join('; ')}`,
          span: set.span,
          related: leavers.map(({ choice }) => ({ span: choice.span, message: 'what is taken is said here' })),
        },
      ];
    });
  },
};
