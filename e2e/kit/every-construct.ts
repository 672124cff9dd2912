import {
  AckAdoptionPolicy,
  AckAlertManagerDefinition,
  AckFieldExport,
  AckLogGroup,
  AckLoggingConfiguration,
  AckPodIdentityAssociation,
  AckPolicy,
  AckPrometheusWorkspace,
  AckRole,
  AckRuleGroupsNamespace,
  AdotCollector,
  AdotDelivery,
  AlloyDelivery,
  ArgoApplication,
  ArgoApplicationSet,
  ArgoDestination,
  ArgoEksCluster,
  ArgoGenerator,
  ArgoProject,
  AwsIdentity,
  CloudWatchLogsTarget,
  EnvironmentValue,
  ExternalGrafana,
  FluentBit,
  GrafanaAlloy,
  GrafanaAmpDataSource,
  GrafanaCloudWatchDataSource,
  GrafanaDashboard,
  GrafanaFolder,
  GrafanaToken,
  IamTrust,
  KubeStateMetrics,
  LogPattern,
  MetricsSource,
  ObservabilityNamespace,
  ObservedObject,
  PodSecurityLevel,
  PrometheusAgent,
  PrometheusRemoteWriteTarget,
  PrometheusServer,
  StackTrace,
} from '@eks-sightline/k8s-charts';
import { App, Chart, Size } from 'cdk8s';
import type { Construct } from 'constructs';

const region = 'ap-northeast-2';
const account = '111122223333';
const repoUrl = 'https://github.com/eks-sightline/sightline.git';
const cluster = `arn:aws:eks:${region}:${account}:cluster/tictactoe-dev`;

/** A chart that has each construct of the library once or more, with the options that change what is rendered. */
export function everyConstruct(): Chart {
  const chart = new Chart(new App(), 'every-construct');
  new ObservabilityNamespace(chart, 'metrics', { name: 'metrics', enforce: PodSecurityLevel.RESTRICTED });
  new ObservabilityNamespace(chart, 'logs', { name: 'logs', enforce: PodSecurityLevel.PRIVILEGED });
  metrics(chart);
  logs(chart);
  roles(chart);
  adopted(chart);
  delivery(chart);
  grafana(chart);
  return chart;
}

function metrics(scope: Construct): void {
  const place = { name: 'eks-metrics', namespace: 'ack-system' };
  const workspace = new AckPrometheusWorkspace(scope, 'workspace', { ...place, region, exportNamespace: 'metrics' });
  new AckRuleGroupsNamespace(scope, 'rules', { name: 'rules', workspace, configuration: 'groups: []\n' });
  const alerts = 'alertmanager_config: |\n  route: {}\n';
  new AckAlertManagerDefinition(scope, 'alerts', { name: 'alerts', workspace, configuration: alerts });
  const logGroupArn = `arn:aws:logs:${region}:${account}:log-group:/aws/vendedlogs/amp:*`;
  new AckLoggingConfiguration(scope, 'logging', { name: 'logging', workspace, logGroupArn });
  const kubeStateMetrics = new KubeStateMetrics(scope, 'kube-state-metrics', {
    namespace: 'metrics',
    objects: Object.values(ObservedObject),
    networkPolicy: true,
  });
  const props = {
    namespace: 'metrics',
    identity: AwsIdentity.role(`arn:aws:iam::${account}:role/Metrics`),
    clusterName: EnvironmentValue.literal('tictactoe-dev'),
    remoteWrite: ampWorkspace(),
    sources: [kubeStateMetrics.source, MetricsSource.cAdvisor(), MetricsSource.kubelet()],
    networkPolicy: true,
    imagePullSecrets: ['mirror'],
  };
  new GrafanaAlloy(scope, 'alloy', { ...props, monitors: {}, highAvailability: true });
  new GrafanaAlloy(scope, 'nodes', { ...props, name: 'alloy-on-nodes', delivery: AlloyDelivery.DAEMON_SET });
  new GrafanaAlloy(scope, 'cluster', { ...props, name: 'alloy-cluster', monitors: {}, replicas: 3 });
  new PrometheusAgent(scope, 'prometheus', { ...props, highAvailability: true });
  new PrometheusServer(scope, 'server', { ...props, highAvailability: true, storageClassName: 'gp3' });
  new AdotCollector(scope, 'adot', props);
  new AdotCollector(scope, 'operated', { ...props, name: 'operated', delivery: AdotDelivery.OPERATOR });
  new AdotCollector(scope, 'allocated', {
    ...props,
    name: 'allocated',
    delivery: AdotDelivery.OPERATOR,
    replicas: 3,
    monitors: { namespaces: ['metrics'], matchLabels: { team: 'games' } },
    keepMetrics: ['nginx_*'],
  });
}

function logs(scope: Construct): void {
  new AckLogGroup(scope, 'group', { name: 'group', namespace: 'ack-system', logGroupName: '/eks/tictactoe' });
  new FluentBit(scope, 'fluent-bit', {
    namespace: 'logs',
    identity: AwsIdentity.role(`arn:aws:iam::${account}:role/Logs`),
    target: CloudWatchLogsTarget.logGroup({
      region: EnvironmentValue.literal(region),
      logGroupName: EnvironmentValue.literal('/eks/tictactoe'),
    }),
    networkPolicy: true,
    hostPathPolicy: true,
    priorityClassName: 'system-node-critical',
    imageRegistry: `${account}.dkr.ecr.${region}.amazonaws.com/ecr-public`,
    imagePullSecrets: ['mirror'],
    stackTraces: Object.values(StackTrace),
    multilineRules: [{ name: 'dotnet', start: '^Unhandled exception\\.', continuation: '^\\s+at ' }],
    redaction: { maskFields: ['password'], dropFields: ['card'], patterns: [LogPattern.emailAddresses()] },
    routes: [{ namespaces: ['payments'], logGroupName: EnvironmentValue.literal('/eks/payments') }],
    bufferSize: Size.mebibytes(256),
    memoryBufferSize: Size.mebibytes(64),
  });
}

/** Each kind of ACK again, as what exists in AWS already is taken over or followed. */
function adopted(scope: Construct): void {
  const adoptionPolicy = AckAdoptionPolicy.ADOPT;
  const place = { name: 'adopted', namespace: 'ack-system', adoptionPolicy, readOnly: true };
  const existingWorkspaceId = 'ws-01234567-89ab-cdef-0123-456789abcdef';
  const workspace = new AckPrometheusWorkspace(scope, 'adopted-workspace', {
    ...place,
    region,
    exportNamespace: 'logs',
    existingWorkspaceId,
  });
  const content = { ...place, workspace, existingWorkspaceId };
  new AckRuleGroupsNamespace(scope, 'adopted-rules', { ...content, configuration: 'groups: []\n' });
  const configuration = 'alertmanager_config: |\n  route: {}\n';
  new AckAlertManagerDefinition(scope, 'adopted-alerts', { ...content, configuration });
  const logGroupArn = `arn:aws:logs:${region}:${account}:log-group:/aws/vendedlogs/amp:*`;
  new AckLoggingConfiguration(scope, 'adopted-logging', { ...content, logGroupArn });
  new AckLogGroup(scope, 'adopted-group', { ...place, logGroupName: '/eks/shop', tags: { team: 'games' } });
  const role = new AckRole(scope, 'adopted-role', {
    ...place,
    trust: IamTrust.podIdentity(),
    statements: [{ actions: ['logs:PutLogEvents'], resources: ['*'] }],
    description: 'Writes logs',
    tags: { team: 'games' },
  });
  new AckPolicy(scope, 'adopted-policy', {
    ...place,
    statements: [{ actions: ['logs:PutLogEvents'], resources: ['*'] }],
    existingPolicyArn: `arn:aws:iam::${account}:policy/Logs`,
    tags: { team: 'games' },
  });
  new AckPodIdentityAssociation(scope, 'adopted-association', {
    ...place,
    clusterName: 'tictactoe-dev',
    serviceAccountNamespace: 'logs',
    serviceAccountName: 'fluent-bit',
    role,
    existingAssociationId: 'a-0123456789abcdefg',
    tags: { team: 'games' },
  });
}

function roles(scope: Construct): void {
  const place = { name: 'writer', namespace: 'ack-system' };
  const statements = [{ actions: ['aps:RemoteWrite'], resources: [`arn:aws:aps:${region}:${account}:workspace/*`] }];
  const policy = new AckPolicy(scope, 'policy', { ...place, statements });
  const role = new AckRole(scope, 'role', { ...place, trust: IamTrust.podIdentity(), policies: [policy] });
  new AckPodIdentityAssociation(scope, 'association', {
    ...place,
    clusterName: 'tictactoe-dev',
    serviceAccountNamespace: 'metrics',
    serviceAccountName: 'grafana-alloy',
    role,
  });
  new AckFieldExport(scope, 'role-arn', {
    ...place,
    fromGroup: 'iam.services.k8s.aws',
    fromKind: 'Role',
    fromName: role.name,
    path: '.status.ackResourceMetadata.arn',
    configMapNamespace: 'metrics',
    configMapName: 'writer',
    configMapKey: 'arn',
    createConfigMap: true,
  });
}

function delivery(scope: Construct): void {
  const destination = ArgoDestination.eksCluster(cluster);
  new ArgoProject(scope, 'project', {
    name: 'observability',
    sourceRepos: [repoUrl],
    destinations: [{ cluster: destination, namespace: 'metrics' }],
  });
  new ArgoEksCluster(scope, 'eks-cluster', { name: 'dev', clusterArn: cluster, labels: { env: 'dev' } });
  new ArgoApplication(scope, 'application', { name: 'one', repoUrl, path: 'gitops/overlays/dev', destination });
  const directories = ['gitops/overlays/*'];
  const generators = {
    clusters: ArgoGenerator.clusters({ matchLabels: { env: 'dev' } }),
    folders: ArgoGenerator.gitDirectories({ repoUrl, directories, exclude: ['gitops/overlays/old'] }),
    files: ArgoGenerator.gitFiles({ repoUrl, files: ['clusters/*.json'], keys: ['overlay'] }),
  };
  for (const [name, generator] of Object.entries(generators)) {
    new ArgoApplicationSet(scope, `applications-${name}`, {
      name,
      generator,
      applicationName: name === 'clusters' ? '{{.nameNormalized}}' : '{{.path.basenameNormalized}}',
      repoUrl,
      path: 'gitops/overlays/dev',
      clusterServer: cluster,
      ignoreDifferences: [{ kind: 'ConfigMap', name: 'amp-workspace', jsonPointers: ['/data/workspaceId'] }],
    });
  }
  new ArgoApplicationSet(scope, 'applications', {
    name: 'all',
    generator: ArgoGenerator.list([{ overlay: 'dev', cluster }]),
    applicationName: 'all-{{.overlay}}',
    repoUrl,
    path: 'gitops/overlays/{{.overlay}}',
    clusterServer: '{{.cluster}}',
  });
}

function grafana(scope: Construct): void {
  const external = new ExternalGrafana(scope, 'grafana', {
    name: 'tictactoe',
    namespace: 'metrics',
    url: `https://g-0123456789.grafana-workspace.${region}.amazonaws.com`,
    token: GrafanaToken.external({ secretId: 'grafana/token', secretStore: 'aws', property: 'key' }),
  });
  const folder = new GrafanaFolder(scope, 'folder', { name: 'game', grafana: external, title: 'Game' });
  const json = JSON.stringify({ uid: 'tictactoe', title: 'Tic-tac-toe', panels: [] });
  new GrafanaDashboard(scope, 'dashboard', { name: 'game', grafana: external, folder, json });
  const workspace = ampWorkspace();
  new GrafanaAmpDataSource(scope, 'amp', { name: 'amp', grafana: external, workspace, isDefault: true });
  new GrafanaCloudWatchDataSource(scope, 'cloudwatch', { name: 'cloudwatch', grafana: external, region });
}

function ampWorkspace(): PrometheusRemoteWriteTarget {
  return PrometheusRemoteWriteTarget.ampWorkspace({
    region: EnvironmentValue.literal(region),
    workspaceId: EnvironmentValue.literal('ws-01234567-89ab-cdef-0123-456789abcdef'),
  });
}
