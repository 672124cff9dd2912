import type { IDaemonSet, IDeployment } from 'kubernetes-models/apps/v1';
import { replicaParts } from '../metrics/replicas';
import { type CollectorProgram, collectorTemplate } from './pod-template';

/** Pods anywhere: one, or several that know how to divide the work. */
export function collectorDeployment(program: CollectorProgram) {
  const { name, namespace, labels, topology } = program.settings;
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace, labels: labels.all },
    spec: {
      ...replicaParts(topology),
      selector: { matchLabels: labels.selector },
      template: collectorTemplate(program),
    },
  } satisfies IDeployment;
}

/** A pod on every node, whatever its taints: nobody else scrapes the pods there. */
export function collectorDaemonSet(program: CollectorProgram) {
  const { name, namespace, labels } = program.settings;
  return {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: { name, namespace, labels: labels.all },
    spec: {
      selector: { matchLabels: labels.selector },
      // The old pod goes first, so two never scrape one node.
      updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 0, maxUnavailable: '10%' } },
      template: collectorTemplate(program, { tolerations: [{ operator: 'Exists' }] }),
    },
  } satisfies IDaemonSet;
}
