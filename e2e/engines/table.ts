import { alloySyntax } from './alloy-syntax';
import { etcd, kubeApiserver } from './api-server';
import { cfnLint } from './cfn-lint';
import { alloy, fluentBit } from './collectors';
import { ackPrometheusservice, ackRuntime, argocd } from './crds';
import type { Engine } from './engine';
import { kubernetesOpenapi } from './kubernetes-openapi';
import { kustomize } from './kustomize';

/** Every engine that the suites use, the quick ones first. */
export const engines = [
  ackPrometheusservice,
  ackRuntime,
  argocd,
  kubernetesOpenapi,
  alloySyntax,
  cfnLint,
  kustomize,
  etcd,
  kubeApiserver,
  alloy,
  fluentBit,
] as const satisfies readonly Engine[];
