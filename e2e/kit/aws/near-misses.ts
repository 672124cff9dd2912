import type { DeployedRole, PolicyDocument } from '../cloudformation';
import { type Call, type Decision, exchange, type Simulated, simulate, type Token, use } from '../iam';
import { account, clusterArn, issuer, otherAccount, otherIssuer, otherRegion, region } from './world';

/** Questions about one role or policy: those that must be allowed, and those that must not. */
export interface Matrix {
  readonly subject: string;
  readonly allowed: readonly Question[];
  readonly denied: readonly Question[];
}

export interface Question {
  readonly title: string;
  readonly asked: Simulated;
}

export interface Answer {
  readonly title: string;
  readonly decision: Decision;
}

export interface Judged {
  readonly subject: string;
  readonly allowed: readonly Answer[];
  readonly denied: readonly Answer[];
}

/** All answers, by one run of the evaluator. */
export async function judge(matrices: readonly Matrix[]): Promise<Judged[]> {
  const questions = matrices.flatMap(({ allowed, denied }) => [...allowed, ...denied]);
  const decisions = await simulate(questions.map(({ asked }) => asked));
  const answers = new Map(questions.map((question, index) => [question, decisions[index] as Decision]));
  const answer = (question: Question): Answer => ({
    title: question.title,
    decision: answers.get(question) ?? 'error: no answer',
  });
  return matrices.map(({ subject, allowed, denied }) => ({
    subject,
    allowed: allowed.map(answer),
    denied: denied.map(answer),
  }));
}

/** Calls that are like one that is allowed: of another account, region, resource, and whatever else is given. */
export function misses(call: Call, more: Readonly<Record<string, Partial<Call>>> = {}): [string, Call][] {
  const { action, resource } = call;
  const elsewhere: [string, Call][] = [
    ['another account', { ...call, resource: resource.replaceAll(account, otherAccount) }],
    ['another region', { ...call, resource: resource.replace(region, otherRegion) }],
  ];
  return [
    ...elsewhere.filter(([, miss]) => miss.resource !== resource),
    ...Object.entries(more).map(([title, part]): [string, Call] => [title, { ...call, ...part }]),
  ].map(([title, miss]) => [`${action.replace(/^\w+:/, '')} ${title}`, miss]);
}

/** What a role may do; with a policy of the resource where the service asks for one, as AWS KMS does. */
export function permissions(
  role: DeployedRole,
  allowed: readonly Call[],
  denied: readonly [string, Call][],
  resourcePolicy?: PolicyDocument,
): Matrix {
  const ask = (call: Call): Simulated => ({ ...use(role, call), resourcePolicy });
  return {
    subject: `${role.name}: calls`,
    allowed: allowed.map((call) => ({ title: `${call.action} ${call.resource}`, asked: ask(call) })),
    denied: denied.map(([title, call]) => ({ title, asked: ask(call) })),
  };
}

/** Who gets a role by IRSA: one service account of one cluster, with a token for STS. */
export function irsaTrust(role: DeployedRole, namespace: string, serviceAccount: string): Matrix {
  const right: Token = { issuer, namespace, serviceAccount, audience: 'sts.amazonaws.com' };
  const wrong: Record<string, Token> = {
    'another namespace': { ...right, namespace: 'default' },
    'another service account': { ...right, serviceAccount: 'default' },
    'a service account whose name goes on': { ...right, serviceAccount: `${serviceAccount}-2` },
    'another cluster': { ...right, issuer: otherIssuer },
    'no audience': { ...right, audience: undefined },
    'the audience of the API server': { ...right, audience: 'https://kubernetes.default.svc' },
    'the audience of Pod Identity': { ...right, audience: 'pods.eks.amazonaws.com' },
  };
  const question = (title: string, token: Token): Question => ({ title, asked: exchange(role, token) });
  return {
    subject: `${role.name}: trust by IRSA`,
    allowed: [question('the service account', right)],
    denied: Object.entries(wrong).map(([title, token]) => question(title, token)),
  };
}

export interface ServiceTrust {
  readonly service: string;
  readonly actions: readonly string[];
  /** Of the request that the service makes. */
  readonly context?: Readonly<Record<string, string>>;
  readonly wrong: Readonly<Record<string, ServiceRequest>>;
}

export interface ServiceRequest {
  readonly service?: string;
  readonly action?: string;
  readonly context?: Readonly<Record<string, string>>;
}

/** Who gets a role that a service assumes. */
export function serviceTrust(role: DeployedRole, trust: ServiceTrust): Matrix {
  const ask = ({ service = trust.service, action, context = trust.context ?? {} }: ServiceRequest): Simulated => ({
    principal: service,
    action: action ?? trust.actions[0] ?? '',
    resource: role.arn,
    context,
    resourcePolicy: role.trust,
    identityPolicies: [],
  });
  return {
    subject: `${role.name}: trust of ${trust.service}`,
    allowed: trust.actions.map((action) => ({ title: action, asked: ask({ action }) })),
    denied: Object.entries(trust.wrong).map(([title, request]) => ({ title, asked: ask(request) })),
  };
}

/** EKS gives the role to pods of one cluster of one account. */
export function podIdentityTrust(role: DeployedRole): Matrix {
  const context = { 'aws:SourceAccount': account, 'aws:SourceArn': clusterArn };
  return serviceTrust(role, {
    service: 'pods.eks.amazonaws.com',
    actions: ['sts:AssumeRole', 'sts:TagSession'],
    context,
    wrong: {
      'another cluster': { context: { ...context, 'aws:SourceArn': clusterArn.replace('-dev', '-prod') } },
      'a cluster of another region': {
        context: { ...context, 'aws:SourceArn': clusterArn.replace(region, otherRegion) },
      },
      'another account': {
        context: { 'aws:SourceAccount': otherAccount, 'aws:SourceArn': clusterArn.replace(account, otherAccount) },
      },
      'no source': { context: {} },
      'EC2 in place of EKS': { service: 'ec2.amazonaws.com' },
      'the capabilities of EKS': { service: 'capabilities.eks.amazonaws.com' },
      'a token of the cluster': { action: 'sts:AssumeRoleWithWebIdentity' },
    },
  });
}

/** Who may do what with a resource, by the policy of the resource alone. */
export function resourcePolicy(
  subject: string,
  policy: PolicyDocument,
  allowed: readonly ResourceCall[],
  denied: Readonly<Record<string, ResourceCall>>,
): Matrix {
  const ask = ({ principal, action, resource, context = {}, policies = [] }: ResourceCall): Simulated => ({
    principal,
    action,
    resource,
    context,
    resourcePolicy: policy,
    identityPolicies: policies.map((one, index) => ({ name: `policy-${index}`, policy: one })),
  });
  return {
    subject,
    allowed: allowed.map((call) => ({ title: `${call.principal} ${call.action}`, asked: ask(call) })),
    denied: Object.entries(denied).map(([title, call]) => ({ title, asked: ask(call) })),
  };
}

export interface ResourceCall extends Call {
  readonly principal: string;
  /** Those of the principal in its own account. */
  readonly policies?: readonly PolicyDocument[];
}

/** The matrix as text: a line for each role or policy. */
export function printed(judged: readonly Judged[]): string {
  const right = (answers: readonly Answer[], wanted: (decision: Decision) => boolean) =>
    `${answers.filter(({ decision }) => wanted(decision)).length}/${answers.length}`;
  const lines = judged.map(
    ({ subject, allowed, denied }) =>
      `| ${subject} | ${right(allowed, isAllowed)} | ${right(denied, isDenied)} | ${denied.map(({ title }) => title).join(', ')} |`,
  );
  return ['| Subject | Allowed as it must | Denied as it must | Near misses |', '|---|---|---|---|', ...lines, ''].join(
    '\n',
  );
}

export function isAllowed(decision: Decision): boolean {
  return decision === 'Allowed';
}

export function isDenied(decision: Decision): boolean {
  return decision === 'ImplicitlyDenied' || decision === 'ExplicitlyDenied';
}
