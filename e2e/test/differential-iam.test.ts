import { known, type Truth } from '@eks-sightline/wiring/lib/model';
import { decide } from '@eks-sightline/wiring/lib/trace/iam';
import { Chance, howMany, randomCases, told } from '../kit/differential/cases';
import { contextOf, read } from '../kit/differential/iam/ours';
import { type PolicyCase, policyCase } from '../kit/differential/iam/policies';
import { provider, type TrustCase, trustCase } from '../kit/differential/iam/trusts';
import { shrunk } from '../kit/differential/shrink';
import { type Decision, type Simulated, simulate } from '../kit/iam';

/** Our judgement of IAM policies against an evaluator that is not ours. */
const COUNT = howMany(400);

const answers: Readonly<Record<string, Truth>> = {
  Allowed: 'yes',
  ImplicitlyDenied: 'no',
  ExplicitlyDenied: 'no',
};

const asked = ({ action, resource, context, policies }: PolicyCase): Simulated => ({
  principal: 'arn:aws:iam::111122223333:role/Collector',
  action,
  resource,
  context,
  identityPolicies: policies.map((policy, index) => ({ name: `${index}`, policy })),
});

describe(`${COUNT} random identity policies and requests`, () => {
  const cases = randomCases(COUNT, policyCase);
  let decisions: readonly Decision[];

  beforeAll(async () => {
    decisions = await simulate(cases.map(asked));
  }, 600_000);

  test('the evaluator knows every case', () => {
    expect(decisions.filter((decision) => !(decision in answers)).slice(0, 3)).toEqual([]);
  });

  test('what we know is what it says', async () => {
    const got = cases.map((one) => ours(one));
    const different = cases.filter((_, index) => differ(got[index], decisions[index]));
    told('IAM, identity policies', '@cloud-copilot/iam-simulate', {
      cases: COUNT,
      allowed: decisions.filter((decision) => decision === 'Allowed').length,
      differences: different.length,
      unknown: got.filter((truth) => truth === 'unknown').length,
    });
    const least = await Promise.all(different.slice(0, 12).map((one) => shrunk(one, stillDiffer)));
    expect(least.map((one) => `${ours(one)}: ${JSON.stringify(one)}`)).toEqual([]);
  }, 600_000);

  test('with keys that nobody tells, we say nothing that they could change', () => {
    const random = new Chance(1);
    const got = cases.map((one) => {
      const keys = Object.keys(one.context).map((key) => key.toLowerCase());
      return ours(one, new Set(random.subset(keys, 0.4)));
    });
    const different = cases.filter((_, index) => differ(got[index], decisions[index]));
    told('IAM, some keys hidden from us', '@cloud-copilot/iam-simulate', {
      cases: COUNT,
      differences: different.length,
      unknown: got.filter((truth) => truth === 'unknown').length,
    });
    expect(different.slice(0, 1)).toEqual([]);
  });
});

describe(`${COUNT} random trust policies and tokens of pods`, () => {
  const cases = randomCases(COUNT, trustCase);

  test('what we know is what the evaluator says', async () => {
    const decisions = await simulate(cases.map(exchanged));
    expect(decisions.filter((decision) => !(decision in answers)).slice(0, 3)).toEqual([]);
    const got = cases.map(assumed);
    const different = cases.filter((_, index) => differ(got[index], decisions[index]));
    told('IAM, trust policies', '@cloud-copilot/iam-simulate', {
      cases: COUNT,
      allowed: decisions.filter((decision) => decision === 'Allowed').length,
      differences: different.length,
      unknown: got.filter((truth) => truth === 'unknown').length,
    });
    expect(different.slice(0, 5).map((one) => `${assumed(one)}: ${JSON.stringify(one)}`)).toEqual([]);
  }, 600_000);
});

const subjectOf = ({ namespace, account }: TrustCase) => `system:serviceaccount:${namespace}:${account}`;
const ROLE = 'arn:aws:iam::111122223333:role/Collector';

function tokenOf(one: TrustCase): PolicyCase['context'] {
  return { [`${one.issuer}:sub`]: subjectOf(one), [`${one.issuer}:aud`]: one.audience };
}

function exchanged(one: TrustCase): Simulated {
  return {
    principal: provider(one.issuer),
    action: 'sts:AssumeRoleWithWebIdentity',
    resource: ROLE,
    context: tokenOf(one),
    resourcePolicy: one.trust,
    identityPolicies: [],
  };
}

function assumed(one: TrustCase): Truth {
  const principal = { type: 'Federated', value: known(provider(one.issuer)) } as const;
  const request = { action: 'sts:AssumeRoleWithWebIdentity', principal, context: contextOf(tokenOf(one)) };
  return decide([read(one.trust)], request).truth;
}

function ours({ action, resource, context, policies }: PolicyCase, hidden?: ReadonlySet<string>): Truth {
  const request = { action, resource: known(resource), context: contextOf(context, hidden) };
  return decide(policies.map(read), request).truth;
}

/** Unknown differs from nothing. */
function differ(got: Truth | undefined, decision: Decision | undefined): boolean {
  const wanted = answers[decision ?? ''];
  return got !== 'unknown' && wanted !== undefined && got !== wanted;
}

async function stillDiffer(many: readonly PolicyCase[]): Promise<readonly boolean[]> {
  const whole = many.filter(({ action, resource, context, policies }) => action && resource && context && policies);
  const decisions = await simulate(whole.map(asked));
  const yes = new Set(whole.filter((one, index) => differ(ours(one), decisions[index])));
  return many.map((one) => yes.has(one));
}
