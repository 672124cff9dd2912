import { labelOf, type PodTemplate } from '../../model';
import type { Span } from '../../text';
import { example } from '../example';
import { METRICS } from '../examples/metrics';
import type { LintRule } from './lint-rule';

export const linuxOnWindows: LintRule = {
  id: 'gitops/linux-on-windows',
  severity: 'warning',
  summary: 'pods that are made for Linux are sent to nodes with Windows',
  why: 'without such nodes the pods stay Pending; on them their image has no variant, and their security settings have no meaning',
  help: 'select kubernetes.io/os: linux',
  example: example(METRICS, {
    file: 'shop.yaml',
    good: '      containers:\n',
    bad: '      nodeSelector: {kubernetes.io/os: windows}\n      securityContext: {runAsUser: 65534}\n      containers:\n',
  }),
  check: ({ world }) =>
    world.cluster.workloads.flatMap(({ object, pod }) => {
      const sign = pod.os === 'windows' ? signOf(pod) : undefined;
      if (!sign) return [];
      return [
        {
          subject: labelOf(object),
          message: `${labelOf(object)} selects nodes with Windows, and ${sign.what} is for Linux only`,
          span: pod.osSpan ?? pod.span,
          related: [{ span: sign.span, message: `${sign.what} is said here` }],
        },
      ];
    }),
};

/** Settings that Windows does not have: https://kubernetes.io/docs/concepts/windows/intro/#compatibility-v1-pod-spec-containers-securitycontext */
function signOf(pod: PodTemplate): { readonly what: string; readonly span: Span } | undefined {
  for (const { runAsUser, runAsGroup, readOnlyRootFilesystem } of [
    pod.security,
    ...pod.containers.map(({ security }) => security),
  ]) {
    if (runAsUser) return { what: 'runAsUser', span: runAsUser.span };
    if (runAsGroup) return { what: 'runAsGroup', span: runAsGroup.span };
    if (readOnlyRootFilesystem?.value) return { what: 'readOnlyRootFilesystem', span: readOnlyRootFilesystem.span };
  }
  return undefined;
}
