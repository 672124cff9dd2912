import {
  concat,
  known,
  type Located,
  labelBy,
  labelOf,
  missingIn,
  type PodIdentity,
  type Role,
  type ServiceAccount,
  symbol,
  textOf,
  unknown,
  type Value,
  type Workload,
  type World,
  written,
} from '../../model';
import { ASSUMPTIONS } from '../assumptions';
import { decide, type KeyValue, type Request } from '../iam';
import { type Hop, HopBuilder } from '../path';
import { diagnoseTrust, type TrustCase } from './trust-diagnosis';

const STS_AUDIENCE = 'sts.amazonaws.com';

/** Does the role let this pod assume it? */
export function trustHop(
  role: Role,
  workload: Workload,
  name: Located<string>,
  account: ServiceAccount | undefined,
  world: World,
  by: 'annotation' | PodIdentity,
): Hop {
  const { namespace } = workload.object;
  const who = labelBy('ServiceAccount', namespace, name);
  const hop = new HopBuilder('trust', role.label, who);
  if (!role.trust) return hop.lacks({ kind: 'policy', what: `the trust policy of ${role.label}` }).build();
  if (by !== 'annotation') return podIdentityTrust(hop, role, workload, name, world, by).build();

  const space = namespace
    ? known(namespace.value)
    : unknown('namespace', `the namespace of ${labelOf(workload.object)}`);
  const subject = concat([known('system:serviceaccount:'), space, known(':'), written(name.value)]);
  const audience = account?.audience?.value ?? STS_AUDIENCE;
  const issuers = world.surroundings.issuer ? [world.surroundings.issuer] : issuersIn(role);
  if (issuers.length === 0) issuers.push({ value: '', span: role.span });
  const cases = issuers.map((issuer): TrustCase => {
    const request = webIdentityRequest(world, issuer.value, subject, audience);
    return {
      role,
      workload,
      name,
      account,
      world,
      issuer: issuer.value,
      subject,
      audience,
      decision: decide([role.trust ?? never(role)], request),
    };
  });
  const best =
    cases.find(({ decision }) => decision.truth === 'yes') ??
    cases.find(({ decision }) => decision.truth === 'unknown') ??
    cases[0];
  const broken = diagnoseTrust(best);
  if (broken) return hop.breaks(broken).build();
  const { decision } = best;
  hop.saw(`${role.label} trusts ${textOf(subject) ?? who}`, decision.decisive?.statement.span);
  hop.saw(`assumed: ${ASSUMPTIONS['oidc-provider']}`);
  if (!world.surroundings.issuer) {
    hop.lacks({
      kind: 'issuer',
      what: `the OIDC issuer of the cluster; the role trusts ${best.issuer}`,
      help: 'give "issuer" for this world in sightline.json',
    });
  } else hop.saw(`the cluster's issuer is ${world.surroundings.issuer.value}`, world.surroundings.issuer.span);
  if (decision.truth === 'unknown') {
    const missing = [...missingIn(subject)];
    hop.lacks(...(missing.length > 0 ? missing : [{ kind: 'condition', what: `whether ${role.trust.label} applies` }]));
  }
  return hop.build();
}

function never(role: Role): never {
  throw new Error(`${role.label} has no trust policy`);
}

/** The issuers of the providers that the role trusts. */
function issuersIn(role: Role): Located<string>[] {
  const members = (role.trust?.statements ?? []).flatMap(({ principals }) => principals?.members ?? []);
  return members.flatMap(({ type, value }) => {
    // The account in front may be a symbol; the issuer stands in the last known part.
    const last = value.kind === 'concat' ? value.parts[value.parts.length - 1] : value;
    const issuer = /oidc-provider\/(.+)$/.exec(textOf(last) ?? '')?.[1];
    return type === 'Federated' && issuer ? [{ value: issuer, span: value.span ?? role.span }] : [];
  });
}

function webIdentityRequest(world: World, issuer: string, subject: Value, audience: string): Request {
  const prefix = `${issuer.toLowerCase()}:`;
  const context = (key: string): KeyValue => {
    if (key === `${prefix}sub`) return { kind: 'present', values: [subject] };
    if (key === `${prefix}aud`) return { kind: 'present', values: [known(audience)] };
    if (key.startsWith('aws:')) return { kind: 'unknown', missing: { kind: 'context', what: `${key} of the request` } };
    return { kind: 'absent' };
  };
  const { partition, account } = world.surroundings;
  const provider = concat([known('arn:'), partition, known(':iam::'), account, known(`:oidc-provider/${issuer}`)]);
  return { action: 'sts:AssumeRoleWithWebIdentity', principal: { type: 'Federated', value: provider }, context };
}

/** EKS assumes the role as a service and tags the session; both must be allowed. */
function podIdentityTrust(
  hop: HopBuilder,
  role: Role,
  workload: Workload,
  name: Located<string>,
  world: World,
  association: PodIdentity,
): HopBuilder {
  const { surroundings } = world;
  const cluster = surroundings.cluster ? known(surroundings.cluster) : symbol('aws', 'cluster');
  const clusterArn = concat([
    known('arn:'),
    surroundings.partition,
    known(':eks:'),
    surroundings.region,
    known(':'),
    surroundings.account,
    known(':cluster/'),
    cluster,
  ]);
  const present = (value: Value): KeyValue => ({ kind: 'present', values: [value] });
  const { namespace } = workload.object;
  const keys = new Map<string, KeyValue>([
    ['aws:sourceaccount', present(surroundings.account)],
    ['aws:sourcearn', present(clusterArn)],
    ['aws:requesttag/eks-cluster-arn', present(clusterArn)],
    ['aws:requesttag/eks-cluster-name', present(cluster)],
    ['aws:requesttag/kubernetes-service-account', present(known(name.value))],
    ...(namespace ? ([['aws:requesttag/kubernetes-namespace', present(known(namespace.value))]] as const) : []),
  ]);
  const context = (key: string): KeyValue =>
    keys.get(key) ?? { kind: 'unknown', missing: { kind: 'context', what: `${key} of the request` } };
  const principal = { type: 'Service', value: known('pods.eks.amazonaws.com') } as const;
  for (const action of ['sts:AssumeRole', 'sts:TagSession']) {
    const { truth, decisive } = decide([role.trust ?? never(role)], { action, principal, context });
    if (truth === 'no') {
      return hop.breaks({
        claim: 'trust-allows-pod-identity',
        message: `${role.label} does not let pods.eks.amazonaws.com call ${action}`,
        span: role.trust?.span ?? role.span,
        related: [
          {
            span: association.span,
            message: `the Pod Identity association gives the role to ${labelOf(workload.object)}`,
          },
        ],
        help: 'allow pods.eks.amazonaws.com both sts:AssumeRole and sts:TagSession',
      });
    }
    if (truth === 'unknown') hop.lacks({ kind: 'condition', what: `whether ${role.trust?.label} allows ${action}` });
    else hop.saw(`${role.label} lets EKS call ${action}`, decisive?.statement.span);
  }
  return hop;
}
