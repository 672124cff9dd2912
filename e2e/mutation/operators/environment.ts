import { all, type Operator, remove, replace, set, where } from '../operator';
import { type Thing, valueAt, type Yard } from '../yard';

const workloads = ['Deployment', 'DaemonSet', 'StatefulSet'];
const env = ['spec', 'template', 'spec', 'containers', '*', 'env', '*'];
const isPatch = (thing: Thing) => thing.file.includes('/patches/');

/** Variables that the collector's configuration reads. */
const isRead = (thing: Thing, yard: Yard) =>
  yard.of('ConfigMap').some(({ value }) => {
    const text = JSON.stringify(value);
    return /config\.alloy|fluent-bit\.yaml/.test(text) && thing.name !== '' && text.includes('_');
  });

/**
 * Whether an entry of `env` is what gives the variable its value: one with a name only is filled by a patch, and the region is
 * given to pods with a role by the webhook of EKS too.
 */
const gives = (entry: { name?: string }) => ('value' in entry || 'valueFrom' in entry) && entry.name !== 'AWS_REGION';

/** Entries of `env` of the collectors. */
const entries = (change: (entry: { name: string; value?: string; valueFrom?: object }) => unknown) =>
  where(
    (thing, yard) => isRead(thing, yard) && /alloy|fluent|adot|prometheus-agent/.test(thing.name),
    set(workloads, env, change),
  );

const fieldExport = 'FieldExport';

/** Whether a collector of the environment writes to the log group. */
const isWrittenTo = ({ value }: Thing, yard: Yard) => {
  const { LogGroupName } = (value as { Properties?: { LogGroupName?: unknown } }).Properties ?? {};
  return yard.things.some(
    ({ base, value: other }) => base.length === 0 && JSON.stringify(other).includes(`"${LogGroupName}"`),
  );
};

export const environmentOperators: readonly Operator[] = [
  {
    id: 'variable-renamed',
    does: 'a variable has another name than the configuration reads',
    lint: { 'metrics/unset-variable': 'the variable that is read is one that nobody sets any more' },
    mutations: entries((entry) => (gives(entry) ? { ...entry, name: `MY_${entry.name}` } : undefined)),
  },
  {
    id: 'variable-other-region',
    does: 'the region is that of another place',
    mutations: entries((entry) => (entry.value === 'ap-northeast-2' ? { ...entry, value: 'us-east-1' } : undefined)),
  },
  {
    id: 'variable-gone',
    does: 'a variable that the configuration reads is not set',
    lint: { 'metrics/unset-variable': 'the variable that is read is one that nobody sets' },
    mutations: (yard: Yard) =>
      remove(
        workloads,
        env,
      )(yard).filter(
        ({ thing, path }) =>
          /alloy|fluent|adot|prometheus-agent/.test(thing.name) && gives(valueAt(thing, path) as object),
      ),
  },
  {
    id: 'variable-other-group',
    does: 'the log group is one that nobody makes',
    mutations: entries((entry) =>
      entry.name === 'LOG_GROUP_NAME' && entry.value ? { ...entry, value: `${entry.value}-2` } : undefined,
    ),
  },
  {
    id: 'variable-of-another-key',
    does: 'the variable reads another key of the ConfigMap',
    mutations: replace(workloads, [...env, 'valueFrom', 'configMapKeyRef', 'key'], /$/, '-2'),
  },
  {
    id: 'variable-of-another-map',
    does: 'the variable reads another ConfigMap',
    mutations: replace(workloads, [...env, 'valueFrom', 'configMapKeyRef', 'name'], /$/, '-2'),
  },
  {
    id: 'variable-optional',
    does: 'the pod starts before the workspace has an id, with an empty one',
    lint: { 'gitops/optional-variable': 'the pod starts before the workspace has an id' },
    mutations: set(workloads, [...env, 'valueFrom', 'configMapKeyRef'], (reference: object) => ({
      ...reference,
      optional: true,
    })),
  },
  {
    id: 'export-other-path',
    does: 'the workspace has no such field',
    mutations: all(
      set(fieldExport, ['spec', 'from', 'path'], () => '.status.prometheusEndpoint'),
      set(fieldExport, ['spec', 'from', 'path'], () => '.status.workspaceId'),
      set(fieldExport, ['spec', 'from', 'path'], () => '.status.ackResourceMetadata.arn'),
    ),
  },
  {
    id: 'export-of-another-object',
    does: 'the FieldExport reads an object that is not there',
    mutations: all(
      replace(fieldExport, ['spec', 'from', 'resource', 'name'], /$/, '-2'),
      replace(fieldExport, ['spec', 'from', 'resource', 'group'], /^prometheusservice/, 'prometheus'),
      set(fieldExport, ['metadata', 'namespace'], () => 'default'),
    ),
  },
  {
    id: 'export-to-another-map',
    does: 'the FieldExport writes elsewhere than the collector reads',
    mutations: all(
      replace(fieldExport, ['spec', 'to', 'name'], /$/, '-2'),
      set(fieldExport, ['spec', 'to', 'namespace'], () => 'default'),
      set(fieldExport, ['spec', 'to', 'kind'], () => 'secret'),
      replace(fieldExport, ['spec', 'to', 'key'], /$/, '-2'),
    ),
  },
  {
    id: 'export-gone',
    does: 'nothing writes the id of the workspace',
    mutations: remove(fieldExport, []),
  },
  {
    id: 'export-target-gone',
    does: 'the ConfigMap that the FieldExport writes to is not there, and ACK makes none',
    mutations: where(({ name }) => name === 'amp-workspace', remove('ConfigMap', [])),
  },
  {
    id: 'export-target-elsewhere',
    does: 'the ConfigMap that the FieldExport writes to has another name or namespace',
    mutations: where(
      ({ name }) => name === 'amp-workspace',
      all(
        set('ConfigMap', ['metadata', 'name'], () => 'amp'),
        set('ConfigMap', ['metadata', 'namespace'], () => 'default'),
      ),
    ),
  },
  {
    id: 'workspace-gone',
    does: 'nothing makes the workspace',
    mutations: where((thing) => !isPatch(thing), remove('Workspace', [])),
  },
  {
    id: 'workspace-other-region',
    does: 'the workspace is made in another region',
    mutations: set('Workspace', ['metadata', 'annotations', 'services.k8s.aws/region'], () => 'us-east-1'),
  },
  {
    id: 'workspace-other-tag',
    does: 'the workspace has another tag than the policy asks for',
    mutations: all(
      set('Workspace', ['spec', 'tags', '*'], () => 'sandbox'),
      remove('Workspace', ['spec', 'tags', '*']),
    ),
  },
  {
    id: 'group-renamed',
    does: 'the log group has another name than the collector writes to',
    mutations: replace('AWS::Logs::LogGroup', ['Properties', 'LogGroupName'], /$/, '-2'),
  },
  {
    id: 'group-gone',
    does: 'nothing makes the log group, and the collector may not',
    mutations: where(isWrittenTo, remove('AWS::Logs::LogGroup', [])),
  },
  {
    id: 'group-without-retention',
    does: 'the log group keeps everything for ever',
    lint: { 'cost/unlimited-retention': 'the group keeps everything for ever' },
    mutations: remove('AWS::Logs::LogGroup', ['Properties', 'RetentionInDays']),
  },
];
