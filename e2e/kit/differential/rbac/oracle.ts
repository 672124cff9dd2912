import type { ApiServer } from '../../api-server';
import type { KubernetesObject } from '../../objects';
import { until } from '../../until';
import { type Question, RESOURCES } from './clusters';

const RBAC = 'rbac.authorization.k8s.io/v1';

/** What the controller manager would do, which does not run: the default roles are those that they are made of. */
export async function aggregate(server: ApiServer): Promise<void> {
  const path = (name: string) => `/apis/${RBAC}/clusterroles/${name}`;
  const rulesOf = async (name: string) => {
    const { body } = await server.call('GET', path(`system:aggregate-to-${name}`));
    return (body.rules ?? []) as readonly object[];
  };
  let rules: readonly object[] = [];
  for (const name of ['view', 'edit', 'admin']) {
    rules = [...rules, ...(await rulesOf(name))];
    const { status } = await server.call('PATCH', path(name), { rules }, 'application/merge-patch+json');
    if (status !== 200) throw new Error(`${name}: ${status}`);
  }
}

/** Applies all, and waits until the authorizer has seen it: its four caches each learn of a marker at the end. */
export async function settle(server: ApiServer, objects: readonly KubernetesObject[], mark: string): Promise<void> {
  const refused = await server.refused([...objects, ...markers(mark)]);
  if (refused.length > 0) throw new Error(refused.join('\n'));
  const ask = (resource: string, namespace?: string) =>
    server.can(`default/${mark}`, { verb: 'get', group: 'marker', resource, ...(namespace && { namespace }) });
  await until(
    'the authorizer knows the objects',
    async () => (await ask('wide')) && (await ask('narrow', 'default')),
    30_000,
  );
}

/** Bindings of all accounts would tell on the next case. */
export async function clear(server: ApiServer, objects: readonly KubernetesObject[]): Promise<void> {
  const wide = objects.filter(({ kind }) => kind === 'ClusterRoleBinding' || kind === 'RoleBinding');
  await Promise.all(
    wide.map(({ kind, metadata: { name, namespace } }) =>
      server.call(
        'DELETE',
        `/apis/${RBAC}${namespace ? `/namespaces/${namespace}` : ''}/${kind.toLowerCase()}s/${name}`,
      ),
    ),
  );
}

export async function may(server: ApiServer, question: Question): Promise<boolean> {
  const { namespace, account, verbs, place } = question;
  const [resource = '', subresource] = question.resource.split('/');
  const answers = verbs.map((verb) =>
    server.can(`${namespace}/${account}`, {
      verb,
      group: RESOURCES[question.resource] ?? '',
      resource,
      ...(subresource && { subresource }),
      ...(place && { namespace: place }),
    }),
  );
  return (await Promise.all(answers)).every((answer) => answer);
}

function markers(name: string): readonly KubernetesObject[] {
  const rules = (resource: string) => [{ apiGroups: ['marker'], resources: [resource], verbs: ['get'] }];
  const subjects = [{ kind: 'ServiceAccount', name, namespace: 'default' }];
  const roleRef = (kind: string) => ({ apiGroup: 'rbac.authorization.k8s.io', kind, name });
  const metadata = { name, namespace: 'default' };
  return [
    { apiVersion: RBAC, kind: 'ClusterRole', metadata: { name }, rules: rules('wide') },
    { apiVersion: RBAC, kind: 'ClusterRoleBinding', metadata: { name }, roleRef: roleRef('ClusterRole'), subjects },
    { apiVersion: RBAC, kind: 'Role', metadata, rules: rules('narrow') },
    { apiVersion: RBAC, kind: 'RoleBinding', metadata, roleRef: roleRef('Role'), subjects },
  ];
}
