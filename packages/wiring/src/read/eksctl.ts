import {
  type AwsFacts,
  concat,
  dataOf,
  type ElementList,
  type KubeObject,
  known,
  type Located,
  type ManagedPolicy,
  type PodIdentity,
  type PolicyDocument,
  type Role,
  type Statement,
  type Surroundings,
  symbol,
  type Value,
} from '../model';
import type { Node, Span } from '../text';
import { at, booleanAt, itemsAt, mapAt } from './access';
import { map } from './generated/tree';
import { located } from './kubernetes';
import { readPolicy } from './policy';

/** What eksctl makes of its ClusterConfig: service accounts with roles of their own, and associations. */
export interface EksctlFacts extends Pick<AwsFacts, 'roles' | 'podIdentities' | 'managedPolicies'> {
  readonly accounts: readonly KubeObject[];
}

export function isClusterConfig({ apiVersion, kind }: KubeObject): boolean {
  return kind === 'ClusterConfig' && apiVersion.startsWith('eksctl.io/');
}

/** What the file says of the cluster that it makes; its issuer has no text before it is made. */
export function clusterOf(objects: readonly KubeObject[]): {
  readonly cluster?: Located<string>;
  readonly region?: Located<string>;
  readonly issuer?: Located<string>;
} {
  const configs = objects.filter(isClusterConfig);
  if (configs.length !== 1) return {};
  const [{ node }] = configs;
  const [cluster, region] = [located(node, 'metadata', 'name'), located(node, 'metadata', 'region')];
  const makesProvider = booleanAt(node, 'iam', 'withOIDC') === true;
  return {
    ...(cluster && { cluster }),
    ...(region && { region }),
    ...(cluster && makesProvider && { issuer: { value: issuerOf(cluster.value), span: cluster.span } }),
  };
}

/** Stands for the issuer of a cluster that does not exist yet. */
function issuerOf(cluster: string): string {
  return `oidc.eks/id/<of cluster ${cluster}>`;
}

export function eksctlFacts(objects: readonly KubeObject[], surroundings: Surroundings): EksctlFacts {
  const facts = objects.filter(isClusterConfig).map((object) => new ClusterConfig(object, surroundings).facts());
  return {
    roles: facts.flatMap(({ roles }) => roles),
    podIdentities: facts.flatMap(({ podIdentities }) => podIdentities),
    managedPolicies: facts.flatMap(({ managedPolicies }) => managedPolicies),
    accounts: facts.flatMap(({ accounts }) => accounts),
  };
}

class ClusterConfig {
  private readonly cluster: string;
  private readonly issuer: string;

  constructor(
    private readonly object: KubeObject,
    private readonly surroundings: Surroundings,
  ) {
    this.cluster = object.name.value;
    this.issuer = surroundings.issuer?.value ?? issuerOf(this.cluster);
  }

  facts(): EksctlFacts {
    const iam = mapAt(this.object.node, 'iam');
    const withAccounts = itemsAt(iam, 'serviceAccounts').flatMap((node) => this.account(node) ?? []);
    const associated = itemsAt(iam, 'podIdentityAssociations').flatMap((node) => this.association(node) ?? []);
    const managedPolicies: readonly ManagedPolicy[] = [];
    return {
      roles: [...withAccounts, ...associated].flatMap(({ role }) => role ?? []),
      podIdentities: associated.map(({ identity }) => identity),
      accounts: withAccounts.flatMap(({ account }) => account ?? []),
      managedPolicies,
    };
  }

  /** One of `iam.serviceAccounts`: a role that trusts the account, and the account unless only the role is wanted. */
  private account(node: Node): { readonly role?: Role; readonly account?: KubeObject } | undefined {
    const name = located(node, 'metadata', 'name');
    if (!name) return undefined;
    const namespace = located(node, 'metadata', 'namespace') ?? { value: 'default', span: name.span };
    const place = `${namespace.value}/${name.value}`;
    const given = located(node, 'attachRoleARN');
    const role = given
      ? undefined
      : this.role(node, place, name.span, this.webIdentity(namespace.value, name.value, name.span));
    const arn: Value = given ? known(given.value, given.span) : (role?.arn ?? known(''));
    const account: KubeObject | undefined =
      booleanAt(node, 'roleOnly') === true
        ? undefined
        : {
            apiVersion: 'v1',
            kind: 'ServiceAccount',
            name,
            namespace,
            node: map(name.span, { metadata: map(name.span, {}) }),
            role: { ...arn, span: name.span },
          };
    return { ...(role && { role }), ...(account && { account }) };
  }

  /** One of `iam.podIdentityAssociations`. */
  private association(node: Node): { readonly role?: Role; readonly identity: PodIdentity } | undefined {
    const name = located(node, 'serviceAccountName');
    const namespace = located(node, 'namespace');
    if (!name || !namespace) return undefined;
    const given = located(node, 'roleARN');
    const role = given
      ? undefined
      : this.role(node, `${namespace.value}/${name.value}`, name.span, podIdentityTrust(name.span));
    return {
      ...(role && { role }),
      identity: {
        namespace: known(namespace.value, namespace.span),
        serviceAccount: known(name.value, name.span),
        roleArn: given ? known(given.value, given.span) : (role?.arn ?? known('')),
        cluster: known(this.cluster, this.object.name.span),
        span: name.span,
      },
    };
  }

  private role(node: Node, place: string, span: Span, trust: Statement): Role {
    const { account, partition } = this.surroundings;
    const written = located(node, 'roleName');
    const key = `${this.object.name.span.source.file}#${place}`;
    const name: Value = written
      ? known(written.value, written.span)
      : symbol('eksctl', key, { label: known(`name of the role of ${place}`), letters: known('\\w+=,.@-') });
    const label = written ? `role ${written.value}` : `the role that eksctl makes for ${place}`;
    const inline = [at(node, 'attachPolicy'), at(node, 'permissionPolicy')].flatMap((policy) =>
      policy ? (readPolicy(dataOf(policy), `the policy of ${label}`) ?? []) : [],
    );
    const attached = [...itemsAt(node, 'attachPolicyARNs'), ...itemsAt(node, 'permissionPolicyARNs')];
    const boundary = located(node, 'permissionsBoundary') ?? located(node, 'permissionsBoundaryARN');
    return {
      label,
      name,
      arn: concat([known('arn:'), partition, known(':iam::'), account, known(':role/'), name]),
      trust: { label: `the trust policy of ${label}`, statements: [trust], span },
      policies: [...inline, ...wellKnown(node, label)],
      managedPolicyArns: attached.flatMap((item) => {
        const arn = located(item);
        return arn ? [known(arn.value, arn.span)] : [];
      }),
      span,
      ...(boundary && { boundary: known(boundary.value, boundary.span) }),
    };
  }

  private webIdentity(namespace: string, name: string, span: Span): Statement {
    const { account, partition } = this.surroundings;
    const provider = concat([
      known('arn:'),
      partition,
      known(':iam::'),
      account,
      known(`:oidc-provider/${this.issuer}`),
    ]);
    const equals = (key: string, value: string) => ({
      operator: 'StringEquals',
      key: `${this.issuer}:${key}`,
      values: [known(value, span)],
      keySpan: span,
    });
    return {
      effect: 'Allow',
      principals: { negated: false, members: [{ type: 'Federated', value: { ...provider, span } }], span },
      actions: only('sts:AssumeRoleWithWebIdentity'),
      conditions: [equals('sub', `system:serviceaccount:${namespace}:${name}`), equals('aud', 'sts.amazonaws.com')],
      span,
    };
  }
}

function podIdentityTrust(span: Span): Statement {
  return {
    effect: 'Allow',
    principals: { negated: false, members: [{ type: 'Service', value: known('pods.eks.amazonaws.com') }], span },
    actions: { negated: false, values: [known('sts:AssumeRole'), known('sts:TagSession')] },
    conditions: [],
    span,
  };
}

function only(...actions: readonly string[]): ElementList {
  return { negated: false, values: actions.map((action) => known(action)) };
}

/** eksctl's own policies: none of them is for AMP or CloudWatch Logs, so that only their presence matters. */
function wellKnown(node: Node, label: string): readonly PolicyDocument[] {
  const chosen = [...(mapAt(node, 'wellKnownPolicies')?.entries ?? [])].filter(
    ([, { value }]) => value.kind === 'scalar' && value.value === true,
  );
  return chosen.map(([name, { key }]) => ({
    label: `policy ${name} of ${label}`,
    statements: [{ effect: 'Allow', actions: only(`eksctl:${name}`), resources: only('*'), conditions: [], span: key }],
    span: key,
  }));
}
