import {
  type AwsFacts,
  type BoundKey,
  ClusterIndex,
  type Gap,
  type KubeObject,
  known,
  type Located,
  type MetricPage,
  type PrometheusWorkspace,
  type RuleFacts,
  type Surroundings,
  symbol,
  unknown,
  type World,
} from '../../model';
import type { SourceText } from '../../text';
import { readAccess } from '../access-rules';
import { ackFacts } from '../ack';
import { awsFacts, type Template } from '../cloudformation';
import { clusterOf, eksctlFacts } from '../eksctl';
import { withGenerated } from '../generated';
import { grafanaObjects } from '../grafana';
import { located, readConfigMap, readFieldExport, readService, readServiceAccount, readWorkload } from '../kubernetes';
import { isLogger } from '../loggers';
import { ackRules, operatorRules } from '../rules';
import { type Script, scriptFacts } from '../shell';
import type { BindingConfig } from '../sightline-json';
import type { DeclaredRole } from './declared-roles';
import { assetDashboard, type GrafanaFiles, NO_FILES, withFiles } from './grafana-files';
import { withReleases } from './releases';

/** What is told of a world, by sightline.json or by nobody. */
export interface Told {
  readonly bindings?: readonly BindingConfig[];
  readonly workspaces?: readonly Located<string>[];
  readonly account?: Located<string>;
  readonly region?: Located<string>;
  readonly partition?: Located<string>;
  readonly cluster?: Located<string>;
  readonly issuer?: Located<string>;
  readonly namespace?: Located<string>;
}

export interface Ingredients {
  readonly name: string;
  readonly places?: readonly string[];
  readonly told: Told;
  readonly objects: readonly KubeObject[];
  readonly templates: readonly Template[];
  readonly scripts?: readonly Script[];
  /** The text of a file, for what scripts refer to. */
  readonly read?: (path: string) => SourceText | undefined;
  /** Dashboards and files of provisioning beside the manifests. */
  readonly grafana?: GrafanaFiles;
  /** Saved pages of what targets serve. */
  readonly metrics?: readonly MetricPage[];
  /** Roles that only sightline.json names. */
  readonly roles?: readonly DeclaredRole[];
  /** Outputs of stacks that are deployed already, by `<stack>.<output>`. */
  readonly deployed?: ReadonlyMap<string, string>;
  readonly closedManifests: boolean;
  readonly closedTemplates: boolean;
  readonly gaps: readonly Gap[];
}

export function makeWorld(of: Ingredients): World {
  const placed = of.told.namespace ? of.objects.map((object) => inNamespace(object, of.told.namespace)) : of.objects;
  const surroundings = surroundingsOf({ ...clusterOf(placed), ...of.told }, placed);
  const eksctl = eksctlFacts(placed, surroundings);
  const scripts = scriptFacts(of.scripts ?? [], surroundings, (path) => of.read?.(path)?.text);
  const released = withGenerated(withReleases(placed, scripts.releases));
  const objects = withAccounts(released, [...eksctl.accounts, ...scripts.accounts]);
  const { grafana: content, rules, ...aws } = awsFacts(of.templates, surroundings, of.deployed);
  const ack = ackFacts(objects, of.name, surroundings);
  const kind = (name: string) => objects.filter((object) => object.kind === name);
  const inCluster = grafanaObjects(objects);
  const assets = content.dashboards.map((asset) => assetDashboard(asset, (path) => of.read?.(path)));
  const world: World = {
    name: of.name,
    places: of.places ?? [],
    surroundings,
    objects,
    cluster: new ClusterIndex({
      workloads: objects.flatMap((object) => readWorkload(object) ?? []),
      services: kind('Service').map(readService),
      serviceAccounts: kind('ServiceAccount').map(readServiceAccount),
      configMaps: kind('ConfigMap').map(readConfigMap),
      fieldExports: kind('FieldExport').flatMap((object) => readFieldExport(object) ?? []),
      access: readAccess(objects),
      loggers: objects.filter(isLogger),
    }),
    aws: {
      ...aws,
      roles: [
        ...aws.roles,
        ...ack.roles,
        ...eksctl.roles,
        ...scripts.roles,
        ...(of.roles ?? []).map((role) => role(surroundings)),
      ],
      managedPolicies: [
        ...aws.managedPolicies,
        ...ack.managedPolicies,
        ...eksctl.managedPolicies,
        ...scripts.managedPolicies,
      ],
      workspaces: [
        ...aws.workspaces,
        ...ack.workspaces,
        ...(of.told.workspaces ?? []).map((id) => existing(id, surroundings)),
      ],
      logGroups: [...aws.logGroups, ...ack.logGroups, ...scripts.logGroups],
      logQueries: [...aws.logQueries, ...scripts.logQueries],
      podIdentities: [...aws.podIdentities, ...ack.podIdentities, ...eksctl.podIdentities, ...scripts.podIdentities],
    },
    grafana: {
      ...inCluster,
      dataSources: [...inCluster.dataSources, ...content.dataSources],
      dashboards: [...inCluster.dashboards, ...assets],
    },
    metrics: of.metrics ?? [],
    rules: rulesOf(objects, rules),
    bound: (of.told.bindings ?? []).map((binding) => bound(binding, aws.outputs)),
    closedManifests: of.closedManifests,
    closedTemplates: of.closedTemplates,
    gaps: of.gaps,
  };
  return withFiles(world, of.grafana ?? NO_FILES);
}

/** An account that somebody else makes too keeps the role that it is given there. */
function withAccounts(objects: readonly KubeObject[], made: readonly KubeObject[]): readonly KubeObject[] {
  const isSame = (a: KubeObject, b: KubeObject) =>
    a.kind === b.kind && a.name.value === b.name.value && a.namespace?.value === b.namespace?.value;
  const joined = objects.map((object) => {
    const role = object.kind === 'ServiceAccount' ? made.find((one) => isSame(one, object))?.role : undefined;
    return role ? { ...object, role } : object;
  });
  return [...joined, ...made.filter((one) => !objects.some((object) => isSame(one, object)))];
}

/** A workspace that somebody says is there. */
function existing({ value, span }: Located<string>, { region }: Surroundings): PrometheusWorkspace {
  return {
    label: `workspace ${value}`,
    id: known(value, span),
    region,
    maker: 'somebody else',
    isRetained: true,
    span,
  };
}

function rulesOf(objects: readonly KubeObject[], { sets, alertManagers, topics }: RuleFacts): RuleFacts {
  const ack = ackRules(objects);
  return {
    sets: [...sets, ...ack.sets, ...operatorRules(objects)],
    alertManagers: [...alertManagers, ...ack.alertManagers],
    topics,
  };
}

/** What a key will hold; nobody knows where no template has the output. */
function bound({ output, span, ...place }: BindingConfig, outputs: AwsFacts['outputs']): BoundKey {
  const help = 'name the template that has it, and write <stack>.<output>';
  return { ...place, span, value: outputs.get(output) ?? unknown('output', `output ${output}`, help, span) };
}

function surroundingsOf(told: Told, objects: readonly KubeObject[]): Surroundings {
  const inferred = told.account ? undefined : inferAccount(objects);
  const account = told.account ?? inferred?.account;
  const partition = told.partition ?? inferred?.partition;
  const { region, issuer, cluster } = told;
  return {
    account: account
      ? known(account.value, account.span)
      : symbol('aws', 'account', { form: known('\\d{12}'), letters: known('\\d'), label: known('account') }),
    region: region
      ? known(region.value, region.span)
      : symbol('aws', 'region', {
          form: known('[a-z]{2}(?:-[a-z]+)+-\\d'),
          letters: known('-a-z0-9'),
          label: known('region'),
        }),
    partition: known(partition?.value ?? 'aws', partition?.span),
    ...(cluster && { cluster: cluster.value, clusterSpan: cluster.span }),
    ...(issuer && { issuer: { ...issuer, value: issuer.value.replace(/^https:\/\//, '') } }),
  };
}

/** Without being told: the account of the role ARNs that the accounts of the world are annotated with, if it is one. */
function inferAccount(
  objects: readonly KubeObject[],
): { account: Located<string>; partition: Located<string> } | undefined {
  let found: { account: Located<string>; partition: Located<string> } | undefined;
  for (const object of objects) {
    const arn =
      located(object.node, 'metadata', 'annotations', 'eks.amazonaws.com/role-arn') ??
      located(object.node, 'metadata', 'eks.amazonaws.com/role-arn');
    const [, partition, account] = /^arn:([\w-]+):iam::(\d{12}):role\//.exec(arn?.value ?? '') ?? [];
    if (!arn || account === undefined) continue;
    if (found && found.account.value !== account) return undefined;
    found ??= { account: { value: account, span: arn.span }, partition: { value: partition, span: arn.span } };
  }
  return found;
}

const CLUSTER_SCOPED = new Set([
  'Namespace',
  'ClusterRole',
  'ClusterRoleBinding',
  'CustomResourceDefinition',
  'PersistentVolume',
]);

function inNamespace(object: KubeObject, namespace: Located<string> | undefined): KubeObject {
  if (object.namespace || !namespace || CLUSTER_SCOPED.has(object.kind)) return object;
  return { ...object, namespace };
}
