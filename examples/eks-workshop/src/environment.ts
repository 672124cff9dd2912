/** The workshop: the only place where a name is typed. Stacks, manifests and the proof take their names from here. */
export const environment = {
  account: '111122223333',
  region: 'ap-northeast-2',
  partition: 'aws',
  cluster: {
    name: 'eks-workshop',
    /** As `aws eks describe-cluster` gives it. */
    issuerUrl: 'https://oidc.eks.ap-northeast-2.amazonaws.com/id/5B0E2C91D7A84F36E1C09D2B7A6F4C83',
  },
  namespace: 'prometheus',
  tags: { env: 'eks-workshop' },
  /** First half: a workspace that the stack makes, written to by ADOT, which needs no volume. */
  adot: {
    stack: 'EksWorkshop',
    alias: 'eks-workshop',
    serviceAccount: 'amp-irsa-role',
    role: 'eks-workshop-adot',
    /** Where the id of the workspace reaches the cluster: from the stack's output, see `src/cluster/outputs.ts`. */
    idConfigMap: 'amp-workspace',
    idKey: 'workspaceId',
    idOutput: 'MetricsWorkspaceId',
  },
  /** Second half: a workspace that was made in the console, written to by Prometheus. */
  prometheus: {
    stack: 'EksWorkshopPrometheus',
    workspaceId: 'ws-0f3c2a6e-7d41-4b5e-9a86-1c2d3e4f5a6b',
    serviceAccount: 'amp-iamproxy-ingest-service-account',
    role: 'amp-iamproxy-ingest-role',
  },
  grafana: { workspace: 'eks-workshop' },
  /** Instance of IAM Identity Center, and who of its people logs in to Grafana. */
  identityCenter: {
    identityStoreId: 'd-9b67123456',
    group: 'eks-workshop',
    userIds: ['9b67123456-a1b2c3d4-5e6f-4071-8a2b-3c4d5e6f7a8b'],
  },
} as const;
