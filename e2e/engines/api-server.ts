import type { Engine } from './engine';

/** Programs of Kubernetes' own module. */
function programOfKubernetes(name: string): Engine {
  return {
    name,
    version: '1.36.3',
    source: {
      kind: 'go-program',
      module: 'k8s.io/kubernetes',
      version: 'v1.36.3',
      sum: 'h1:qDQdoMiluAE2Eab6Fa52YV+WjiGz9mZFFoagEA6cI+o=',
      package: `k8s.io/kubernetes/cmd/${name}`,
      // k8s.io/api and its like have their own repositories, where v1.36.3 is v0.36.3.
      staging: 'v0.36.3',
      variables: {
        'k8s.io/component-base/version.gitVersion': 'v1.36.3',
        'k8s.io/component-base/version.gitMajor': '1',
        'k8s.io/component-base/version.gitMinor': '36',
      },
    },
    check: { arguments: ['--version'], prints: /^Kubernetes v1\.36\.3/ },
  };
}

/** The API server, which alone knows what it takes: defaults, validation, CEL rules, RBAC. */
export const kubeApiserver: Engine = programOfKubernetes('kube-apiserver');

/** The controllers, which make pods of workloads and endpoints of Services. */
export const kubeControllerManager: Engine = programOfKubernetes('kube-controller-manager');

/** The API server's store. Before 3.5.13 it lacks what the watches of current API servers ask for. */
export const etcd: Engine = {
  name: 'etcd',
  version: '3.6.16',
  source: {
    kind: 'go-program',
    module: 'go.etcd.io/etcd/server/v3',
    version: 'v3.6.16',
    sum: 'h1:sLkpvz3RFtiNd/yPrZBKz5kT+XO1ZJkhmuUJeqc7OmA=',
    package: 'go.etcd.io/etcd/server/v3',
  },
  check: { arguments: ['--version'], prints: /^etcd Version: 3\.6\.16/ },
};
