import type { KubeObject, Located } from '../../model';
import { located } from '../../read/kubernetes';
import { example, type Files } from '../example';
import type { LintRule } from './lint-rule';

const account = (namespace: string) =>
  `apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: ${namespace}-keeper\n  namespace: ${namespace}\n  annotations: {eks.amazonaws.com/role-arn: "arn:aws:iam::111122223333:role/${namespace}"}\n`;

const ACCOUNTS: Files = {
  'kustomization.yaml': 'resources:\n  - accounts.yaml\n',
  'accounts.yaml': `${account('observe')}---\n${account('shop')}`,
};

/** Kinds that are certainly in a namespace: a custom kind may have none, whatever is written. */
const NAMESPACED =
  /^(?:v1|(?:apps|batch)\/v1|(?:rbac\.authorization|networking)\.k8s\.io\/v1|.*\.services\.k8s\.aws\/.*)$/;

/** Its role trusts it by its namespace. */
function isTrusted({ kind, node }: KubeObject): boolean {
  return (
    kind === 'ServiceAccount' && located(node, 'metadata', 'annotations', 'eks.amazonaws.com/role-arn') !== undefined
  );
}

interface Moved {
  readonly to: Located<string>;
  readonly from: Set<string>;
  matters: boolean;
}

export const flattenedNamespaces: LintRule = {
  id: 'gitops/flattened-namespaces',
  severity: 'info',
  summary: 'a kustomization moves accounts with roles, of several namespaces, into one',
  why: 'what names them from outside does not move along: a role trusts an account by its namespace',
  help: 'leave out "namespace:", for the objects say their namespaces themselves; or let the trust policies name the new one',
  example: example(ACCOUNTS, {
    file: 'kustomization.yaml',
    good: 'resources:\n',
    bad: 'namespace: observe\nresources:\n',
  }),
  check: ({ world }) => {
    const moved = new Map<string, Moved>();
    for (const object of world.objects) {
      const { namespace, writtenIn, apiVersion } = object;
      if (!namespace || writtenIn === undefined || !NAMESPACED.test(apiVersion)) continue;
      const { span, value } = writtenIn;
      const key = `${span.source.file}\n${span.start}`;
      const group = moved.get(key) ?? { to: { value: namespace.value, span }, from: new Set<string>(), matters: false };
      moved.set(key, group);
      group.from.add(value);
      group.matters ||= value !== namespace.value && isTrusted(object);
    }
    return [...moved.values()].flatMap(({ to, from, matters }) => {
      if (from.size < 2 || !matters) return [];
      const all = [...from].sort();
      const names = `${all.slice(0, -1).join(', ')} and ${all[all.length - 1]}`;
      return [
        {
          subject: `${to.span.source.file} ${to.value}`,
          message: `namespace ${to.value} of the kustomization takes in objects of namespaces ${names}`,
          span: to.span,
        },
      ];
    });
  },
};
