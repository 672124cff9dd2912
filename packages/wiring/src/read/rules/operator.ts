import type { KubeObject, RuleSet } from '../../model';
import { at } from '../access';
import { readRuleGroups } from './groups';

/** Rules that somebody in the cluster may take: objects of the Prometheus operator. */
export function operatorRules(objects: readonly KubeObject[]): readonly RuleSet[] {
  return objects
    .filter(({ kind, apiVersion }) => kind === 'PrometheusRule' && apiVersion.startsWith('monitoring.coreos.com/'))
    .map((object) => {
      const spec = at(object.node, 'spec');
      const label = `PrometheusRule ${object.namespace ? `${object.namespace.value}/` : ''}${object.name.value}`;
      const isEmpty = spec?.kind === 'map' && spec.entries.size === 0;
      const read = isEmpty ? { groups: [], defects: [] } : readRuleGroups(spec);
      const owner = { kind: 'cluster' as const, object: object.name, source: object };
      return { label, owner, ...read, missing: [], span: object.name.span };
    });
}
