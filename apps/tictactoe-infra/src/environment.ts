/**
 * The tictactoe environment: the only place where a name is typed. Every stack, manifest, policy and check takes its
 * names from here, so two sides of a wire cannot drift apart.
 *
 * An overlay is one installation: one EKS cluster with its OIDC issuer, one stack `Observability-<overlay>`, one AMP
 * workspace. `dev` runs all three namespaces of the game; `staging` and `prod` are further clusters of
 * the account, each with its own. One AMG workspace serves all of them.
 */
export interface Overlay {
  readonly name: OverlayName;
  readonly cluster: Cluster;
  /** Namespaces of the game in this cluster. */
  readonly gameNamespaces: readonly string[];
  readonly prometheus: PrometheusWorkspaceNames;
  readonly roles: { readonly alloy: string; readonly fluentBit: string };
  readonly logGroup: { readonly name: string; readonly retentionDays: number };
  /** Name of the Argo CD Application that delivers this overlay. */
  readonly application: string;
  readonly stack: string;
}

export type OverlayName = 'dev' | 'staging' | 'prod';

export interface Cluster {
  readonly name: string;
  /** ARN of the cluster: what Argo CD, as an EKS capability, takes as the destination. */
  readonly arn: string;
  /** OIDC issuer, as `aws eks describe-cluster` gives it: service-account tokens of this cluster carry it. */
  readonly issuerUrl: string;
}

export interface PrometheusWorkspaceNames {
  readonly alias: string;
  /** On the workspace itself and in the conditions of who may write and read: ACK makes the workspace, so no id is known before. */
  readonly tags: Readonly<Record<string, string>>;
}

const account = '111122223333';
const region = 'ap-northeast-2';
const partition = 'aws';

export const environment = {
  account,
  region,
  partition,
  namespaces: { monitoring: 'monitoring', ack: 'ack-system', argocd: 'argocd' },
  prometheus: {
    /** Name of the ACK Workspace object; the alias in AWS carries the overlay. */
    workspace: 'eks-metrics',
    /** ConfigMap beside the collector that receives the id of the workspace once ACK has made it. */
    idConfigMap: 'amp-workspace',
    idKey: 'workspaceId',
  },
  alloy: { name: 'grafana-alloy' },
  fluentBit: { name: 'fluent-bit', logFiles: '/var/log/containers/*tictactoe*.log' },
  discovery: { defaultPort: 9113 },
  grafana: { stack: 'Grafana', workspace: 'tictactoe-grafana', role: 'AmazonGrafanaWorkspaceRole' },
  game: {
    frontend: { name: 'tictactoe-frontend', port: 8080, metricsPort: 9113, statusPort: 8081 },
    backend: { name: 'tictactoe-backend', port: 8081 },
  },
  gitops: {
    repository: 'https://github.com/eks-sightline/sightline.git',
    revision: 'main',
    folder: 'apps/tictactoe-infra/gitops',
    project: 'default',
  },
} as const;

export const overlays: readonly Overlay[] = [
  overlay('dev', {
    gameNamespaces: ['tictactoe-dev', 'tictactoe-staging', 'tictactoe-prod'],
    issuerId: '8D2F1A7C4B9E63F05A1C7E2D9B4F6A03',
    retentionDays: 14,
    // The first installation has the plain names of the document it implements.
    suffix: '',
  }),
  overlay('staging', {
    gameNamespaces: ['tictactoe-staging'],
    issuerId: '3E7B90D1F24C5A68B7D09E1F3C5A7284',
    retentionDays: 30,
    suffix: '-staging',
  }),
  overlay('prod', {
    gameNamespaces: ['tictactoe-prod'],
    issuerId: 'C51D8E4F7A2B6039D4E8F1A2B3C60795',
    retentionDays: 365,
    suffix: '-prod',
  }),
];

interface OverlayChoices {
  readonly issuerId: string;
  readonly gameNamespaces: readonly string[];
  readonly retentionDays: number;
  /** Ends the names that must be unique in the account. */
  readonly suffix: string;
}

function overlay(name: OverlayName, choices: OverlayChoices): Overlay {
  const { issuerId, gameNamespaces, retentionDays, suffix } = choices;
  const cluster = `tictactoe-${name}`;
  return {
    name,
    cluster: {
      name: cluster,
      arn: `arn:${partition}:eks:${region}:${account}:cluster/${cluster}`,
      issuerUrl: `https://oidc.eks.${region}.amazonaws.com/id/${issuerId}`,
    },
    gameNamespaces,
    prometheus: { alias: `eks-metrics-${name}`, tags: { 'sightline-overlay': name } },
    roles: { alloy: `GrafanaAgentAMPRole${suffix}`, fluentBit: `FluentBitRole${suffix}` },
    logGroup: { name: `/eks/tictactoe${suffix}`, retentionDays },
    application: `eks-infrastructure${suffix}`,
    stack: `Observability-${name}`,
  };
}
