import { example } from '../example';
import { LOGS } from '../examples/logs';
import { METRICS } from '../examples/metrics';
import { type BreakRules, breakRule } from './break-rule';

/** Whether what a pod refers to is there after the build. */
export const gitops = {
  'config-map-exists': breakRule({
    id: 'gitops/missing-config-map',
    summary: 'a pod needs a ConfigMap that does not exist',
    why: 'the pod stays in ContainerCreating or CreateContainerConfigError',
    help: 'add the ConfigMap to the namespace of the pod',
    example: example(METRICS, {
      file: 'collector.yaml',
      good: 'configMap: {name: meter}',
      bad: 'configMap: {name: meter-config}',
    }),
  }),
  'config-map-has-key': breakRule({
    id: 'gitops/missing-config-map-key',
    summary: 'a pod needs a key of a ConfigMap that nothing writes',
    why: 'the pod stays in CreateContainerConfigError until the key is there',
    help: 'write the key, or let a FieldExport write it',
    example: example(METRICS, { file: 'collector.yaml', good: 'key: id}', bad: 'key: workspace-id}' }),
  }),
  'config-file-is-mounted': breakRule({
    id: 'gitops/missing-config-file',
    summary: 'a collector is told to load a file that is not mounted',
    why: 'the collector ends at its start',
    help: 'name a key of the ConfigMap that is mounted',
    example: example(METRICS, {
      file: 'collector.yaml',
      good: '/etc/alloy/config.alloy',
      bad: '/etc/alloy/main.alloy',
    }),
  }),
  'volume-exists': breakRule({
    id: 'gitops/missing-volume',
    summary: 'a container mounts a volume that its pod does not have',
    why: 'the API server refuses the object',
    help: 'name a volume of the pod',
    example: example(METRICS, {
      file: 'collector.yaml',
      good: '{name: config, mountPath',
      bad: '{name: configuration, mountPath',
    }),
  }),
  'config-is-readable': breakRule({
    id: 'gitops/unreadable-configuration',
    summary: 'a collector cannot read its configuration',
    why: 'the collector ends at its start, or goes on with its last good configuration',
    help: 'mend the syntax',
    example: example(METRICS, { file: 'collector.yaml', good: 'sigv4 {', bad: 'sigv4' }),
  }),
  'variable-is-set': breakRule({
    id: 'gitops/unset-variable',
    summary: 'a configuration needs an environment variable that is not set',
    why: 'the collector reads it as empty',
    help: 'set the variable in the container',
    example: example(METRICS, { file: 'collector.yaml', good: '- name: WORKSPACE\n', bad: '- name: AMP_WORKSPACE\n' }),
  }),
  'exported-field-exists': breakRule({
    id: 'gitops/missing-exported-field',
    summary: 'a FieldExport reads a field that its resource does not have',
    why: 'nothing is ever written into the ConfigMap, and the pods that read it do not start',
    help: 'export a field of the status that the controller fills',
    example: example(METRICS, { file: 'store.yaml', good: '.status.workspaceID', bad: '.status.workspaceId' }),
  }),
  'exported-resource-exists': breakRule({
    id: 'gitops/missing-exported-resource',
    summary: 'a FieldExport reads a resource that does not exist',
    why: 'nothing is ever written into the ConfigMap, and the pods that read it do not start',
    help: 'name a resource in the namespace of the FieldExport',
    example: example(METRICS, {
      file: 'store.yaml',
      good: 'kind: Workspace, name: shop}',
      bad: 'kind: Workspace, name: store}',
    }),
  }),
  'namespace-admits-pods': breakRule({
    id: 'gitops/forbidden-pods',
    summary: 'a namespace does not admit the pods of a collector',
    why: 'the API server refuses every one of them, and the object that is to make them looks as it should',
    help: 'run the collector in a namespace that admits what it needs of the node',
    example: example(LOGS, {
      file: 'collector.yaml',
      good: 'apiVersion: apps/v1\n',
      bad: `apiVersion: v1
kind: Namespace
metadata:
  name: observe
  labels: {pod-security.kubernetes.io/enforce: baseline}
---
apiVersion: apps/v1
`,
    }),
  }),
} satisfies BreakRules;
