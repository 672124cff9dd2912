import { type Delivery, type KubeObject, labelOf } from '../../model';
import { example } from '../example';
import { APPLICATIONS } from '../examples/applications';
import type { EstateRule } from './lint-rule';
import { clusterKey } from './of-application';
import { isOneApplication, sourceKey } from './same-source';

interface Owned {
  readonly delivery: Delivery;
  readonly object: KubeObject;
}

export const sharedObject: EstateRule = {
  id: 'gitops/shared-object',
  severity: 'warning',
  summary: 'an object belongs to two Applications of Argo CD',
  why: 'each takes it from the other at every sync (SharedResourceWarning), and pruning one deletes what the other wants',
  help: 'leave the object to one of them',
  example: example(APPLICATIONS, { file: 'overlays/shop/settings.yaml', good: 'name: shop', bad: 'name: observe' }),
  check: ({ gitOps }) => {
    const found = new Map<string, { readonly first: Owned; readonly second: Owned; count: number }>();
    for (const together of byCluster(gitOps.deliveries)) {
      const owners = new Map<string, Owned>();
      for (const delivery of together) {
        for (const object of delivery.objects() ?? []) {
          const id = idOf(object, delivery);
          const first = owners.get(id);
          if (!first) owners.set(id, { delivery, object });
          if (!first || isOneApplication(first.delivery, delivery)) continue;
          const pair = `${first.delivery.application.label}\n${delivery.application.label}`;
          const same = found.get(pair);
          if (same) same.count++;
          else found.set(pair, { first, second: { delivery, object }, count: 1 });
        }
      }
    }
    return [...found.values()].map(({ first, second, count }) => {
      const [a, b] = [first.delivery, second.delivery].map(({ application }) => application.label);
      const more = count > 1 ? ` and ${count - 1} more` : '';
      return {
        subject: `${a} ${b}`,
        message: `${a} and ${b} both apply ${labelOf(second.object)}${more}`,
        span: second.object.name.span,
        related: [
          { span: first.object.name.span, message: `${a} has it from here` },
          { span: second.delivery.source.path?.span, message: `${b} applies ${second.delivery.source.path?.value}` },
        ],
      };
    });
  },
};

/** Deliveries of one cluster, where there are several; of the same source twice, one. */
function byCluster(deliveries: readonly Delivery[]): readonly (readonly Delivery[])[] {
  const groups = new Map<string, Map<string, Delivery>>();
  for (const delivery of deliveries) {
    const cluster = clusterKey(delivery.application.destination);
    const source = sourceKey(delivery);
    if (cluster === undefined || source === undefined || delivery.directory === undefined) continue;
    const key = `${delivery.application.scope}\n${cluster}`;
    const group = groups.get(key) ?? new Map<string, Delivery>();
    groups.set(key, group);
    if (!group.has(source)) group.set(source, delivery);
  }
  return [...groups.values()].map((group) => [...group.values()]).filter((group) => group.length > 1);
}

function idOf({ apiVersion, kind, namespace, name }: KubeObject, { application }: Delivery): string {
  const group = apiVersion.includes('/') ? apiVersion.replace(/\/[^/]*$/, '') : '';
  const place = kind === 'Namespace' ? '' : (namespace?.value ?? application.destination.namespace?.value ?? '');
  return [group, kind, place, name.value].join('\n');
}
