import { alloySyntax } from './alloy-syntax';
import { etcd, kubeApiserver, kubeControllerManager } from './api-server';
import { cfnLint } from './cfn-lint';
import { checkov } from './checkov';
import { chromium } from './chromium';
import { alloy, fluentBit, helm, targetAllocator } from './collectors';
import { crdEngines } from './crds';
import type { Engine } from './engine';
import { kubeLinter } from './kube-linter';
import { kubernetesOpenapi } from './kubernetes-openapi';
import { kustomize } from './kustomize';
import { mermaid } from './mermaid';
import { moto } from './moto';
import { nginx, nginxExporter } from './nginx';
import { otelCollector } from './otel-collector';
import { prometheus, promtool } from './prometheus';
import { relabelOracle } from './relabel-oracle';

/** Every engine that the suites use, the quick ones first. */
export const engines = [
  ...crdEngines,
  kubernetesOpenapi,
  mermaid,
  alloySyntax,
  relabelOracle,
  cfnLint,
  moto,
  checkov,
  nginx,
  chromium,
  kustomize,
  nginxExporter,
  promtool,
  prometheus,
  otelCollector,
  etcd,
  kubeApiserver,
  kubeControllerManager,
  alloy,
  fluentBit,
  kubeLinter,
  targetAllocator,
  helm,
] as const satisfies readonly Engine[];
