import { dataOf, known, type PolicyDocument, symbol, type Value } from '../../src/model';
import { readJson } from '../../src/read/json';
import { readPolicy } from '../../src/read/policy';
import { MappedText, SourceText } from '../../src/text';
import { decide, type KeyValue, managedPolicy, type Request } from '../../src/trace/iam';

function policy(...statements: readonly object[]): PolicyDocument {
  const text = JSON.stringify({ Version: '2012-10-17', Statement: statements });
  const { value } = readJson(MappedText.whole(new SourceText('p.json', text)));
  const document = value && readPolicy(dataOf(value), 'the policy');
  if (!document) throw new Error('no policy');
  return document;
}

const WORKSPACE = 'arn:aws:aps:eu-west-1:111122223333:workspace/ws-1';

function request(
  keys: Readonly<Record<string, Value | readonly Value[] | 'unknown'>> = {},
  resource: Value = known(WORKSPACE),
): Request {
  const context = (key: string): KeyValue => {
    const found = keys[key];
    if (found === undefined) return { kind: 'absent' };
    if (found === 'unknown') return { kind: 'unknown', missing: { kind: 'context', what: key } };
    return { kind: 'present', values: Array.isArray(found) ? found : [found as Value] };
  };
  return { action: 'aps:RemoteWrite', resource, context };
}

const allow = (more: object = {}) => ({ Effect: 'Allow', Action: 'aps:RemoteWrite', Resource: '*', ...more });

describe('statements', () => {
  it.each<[string, object[], string]>([
    ['an allow', [allow()], 'yes'],
    ['nothing', [], 'no'],
    ['actions without regard to case, with wildcards', [allow({ Action: ['APS:remote*'] })], 'yes'],
    ['another action', [allow({ Action: 'aps:QueryMetrics' })], 'no'],
    ['NotAction without it', [{ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }], 'yes'],
    ['NotAction with it', [{ Effect: 'Allow', NotAction: 'aps:*', Resource: '*' }], 'no'],
    ['its resource', [allow({ Resource: ['arn:aws:s3:::x', WORKSPACE] })], 'yes'],
    ['another resource', [allow({ Resource: 'arn:aws:aps:eu-west-1:111122223333:workspace/ws-2' })], 'no'],
    ['NotResource with it', [{ Effect: 'Allow', Action: '*', NotResource: WORKSPACE }], 'no'],
    ['NotResource with another', [{ Effect: 'Allow', Action: '*', NotResource: 'arn:aws:s3:::*' }], 'yes'],
    ['a deny beside the allow', [allow(), { Effect: 'Deny', Action: 'aps:*', Resource: '*' }], 'no'],
    ['a deny of something else', [allow(), { Effect: 'Deny', Action: 's3:*', Resource: '*' }], 'yes'],
    ['no resource at all', [{ Effect: 'Allow', Action: '*' }], 'no'],
    ['a statement that cannot be read', [{ Effect: 'Maybe', Action: '*', Resource: '*' }], 'unknown'],
  ])('%s', (_, statements, truth) => {
    expect(decide([policy(...statements)], request()).truth).toBe(truth);
  });

  it('a deny whose condition is unknown leaves it open', () => {
    const deny = {
      Effect: 'Deny',
      Action: '*',
      Resource: '*',
      Condition: { StringEquals: { 'aws:SourceVpc': 'vpc-1' } },
    };
    expect(decide([policy(allow(), deny)], request({ 'aws:sourcevpc': 'unknown' })).truth).toBe('unknown');
  });
});

describe('conditions', () => {
  const tag = 'aws:resourcetag/stage';
  it.each<[string, object, Parameters<typeof request>[0], string]>([
    ['StringEquals that holds', { StringEquals: { 'aws:ResourceTag/stage': 'dev' } }, { [tag]: known('dev') }, 'yes'],
    [
      'keys without regard to case',
      { StringEquals: { 'AWS:resourcetag/Stage': 'dev' } },
      { [tag]: known('dev') },
      'yes',
    ],
    ['StringEquals that fails', { StringEquals: { 'aws:ResourceTag/stage': 'prod' } }, { [tag]: known('dev') }, 'no'],
    [
      'one of several values',
      { StringEquals: { 'aws:ResourceTag/stage': ['a', 'dev'] } },
      { [tag]: known('dev') },
      'yes',
    ],
    ['an absent key', { StringEquals: { 'aws:ResourceTag/stage': 'dev' } }, {}, 'no'],
    ['an absent key, IfExists', { StringEqualsIfExists: { 'aws:ResourceTag/stage': 'dev' } }, {}, 'yes'],
    [
      'a present key, IfExists',
      { StringEqualsIfExists: { 'aws:ResourceTag/stage': 'dev' } },
      { [tag]: known('x') },
      'no',
    ],
    ['an absent key, negated', { StringNotEquals: { 'aws:ResourceTag/stage': 'dev' } }, {}, 'yes'],
    [
      'a negated one of several',
      { StringNotEquals: { 'aws:ResourceTag/stage': ['a', 'dev'] } },
      { [tag]: known('dev') },
      'no',
    ],
    [
      'a wildcard under StringEquals',
      { StringEquals: { 'aws:ResourceTag/stage': 'd*' } },
      { [tag]: known('dev') },
      'no',
    ],
    ['a wildcard under StringLike', { StringLike: { 'aws:ResourceTag/stage': 'd*' } }, { [tag]: known('dev') }, 'yes'],
    ['StringNotLike', { StringNotLike: { 'aws:ResourceTag/stage': 'd*' } }, { [tag]: known('dev') }, 'no'],
    [
      'case under StringEqualsIgnoreCase',
      { StringEqualsIgnoreCase: { 'aws:ResourceTag/stage': 'DEV' } },
      { [tag]: known('dev') },
      'yes',
    ],
    ['case under StringEquals', { StringEquals: { 'aws:ResourceTag/stage': 'DEV' } }, { [tag]: known('dev') }, 'no'],
    ['an unknown key', { StringEquals: { 'aws:SourceVpc': 'vpc-1' } }, { 'aws:sourcevpc': 'unknown' }, 'unknown'],
    ['a symbol against text', { StringEquals: { k: 'x' } }, { k: symbol('a', 'b') }, 'unknown'],
    ['Null, the key present', { Null: { 'aws:ResourceTag/stage': 'true' } }, { [tag]: known('dev') }, 'no'],
    ['Null, the key absent', { Null: { 'aws:ResourceTag/stage': 'true' } }, {}, 'yes'],
    ['Bool', { Bool: { 'aws:SecureTransport': 'true' } }, { 'aws:securetransport': known('true') }, 'yes'],
    [
      'ArnLike',
      { ArnLike: { k: 'arn:aws:eks:*:111122223333:cluster/*' } },
      { k: known('arn:aws:eks:eu-west-1:111122223333:cluster/a') },
      'yes',
    ],
    [
      'ArnLike does not reach over a colon',
      { ArnLike: { k: 'arn:aws:eks:*:cluster/a' } },
      { k: known('arn:aws:eks:eu-west-1:111122223333:cluster/a') },
      'unknown',
    ],
    [
      'ForAnyValue with one that fits',
      { 'ForAnyValue:StringEquals': { k: ['b'] } },
      { k: [known('a'), known('b')] },
      'yes',
    ],
    [
      'ForAllValues with one that does not',
      { 'ForAllValues:StringEquals': { k: ['b'] } },
      { k: [known('a'), known('b')] },
      'no',
    ],
    ['ForAllValues with no values', { 'ForAllValues:StringEquals': { k: ['b'] } }, {}, 'yes'],
    ['NumericLessThan', { NumericLessThan: { k: '5' } }, { k: known('4') }, 'yes'],
    [
      'an operator that is not evaluated',
      { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } },
      { 'aws:sourceip': known('10.1.1.1') },
      'unknown',
    ],
    [
      'a policy variable',
      { StringEquals: { k: '${aws:PrincipalAccount}' } },
      { k: known('1'), 'aws:principalaccount': known('1') },
      'yes',
    ],
    [
      'two conditions, one of which fails',
      { StringEquals: { k: 'a', l: 'b' } },
      { k: known('a'), l: known('x') },
      'no',
    ],
  ])('%s', (_, Condition, keys, truth) => {
    expect(decide([policy(allow({ Condition }))], request(keys)).truth).toBe(truth);
  });
});

describe('principals', () => {
  const trust = (Principal: unknown) => policy({ Effect: 'Allow', Action: 'aps:RemoteWrite', Principal });
  const provider = 'arn:aws:iam::111122223333:oidc-provider/x';
  const asked = (document: PolicyDocument) => {
    const { action, context } = request();
    return decide([document], { action, context, principal: { type: 'Federated', value: known(provider) } }).truth;
  };

  it.each<[string, unknown, string]>([
    ['the provider', { Federated: provider }, 'yes'],
    ['one of several', { Federated: ['x', provider] }, 'yes'],
    ['another provider', { Federated: `${provider}y` }, 'no'],
    ['everybody', '*', 'yes'],
    ['a service', { Service: 'eks.amazonaws.com' }, 'no'],
    ['the same text of another type', { AWS: provider }, 'no'],
  ])('%s', (_, principal, truth) => {
    expect(asked(trust(principal))).toBe(truth);
  });

  it('NotPrincipal turns it round', () => {
    expect(asked(policy({ Effect: 'Allow', Action: '*', NotPrincipal: { Federated: provider } }))).toBe('no');
  });
});

describe("AWS's own policies", () => {
  it.each([
    ['arn:aws:iam::aws:policy/AmazonPrometheusRemoteWriteAccess', 'yes'],
    ['arn:aws-cn:iam::aws:policy/AmazonPrometheusFullAccess', 'yes'],
    ['arn:aws:iam::aws:policy/AmazonPrometheusQueryAccess', 'no'],
    ['arn:aws:iam::aws:policy/AdministratorAccess', 'yes'],
  ])('%s: %s', (arn, truth) => {
    const document = managedPolicy(known(arn));
    expect(document && decide([document], request()).truth).toBe(truth);
  });

  it('one that is not in the table is not guessed', () => {
    expect(managedPolicy(known('arn:aws:iam::aws:policy/SomethingNew'))).toBeUndefined();
    expect(managedPolicy(known('arn:aws:iam::111122223333:policy/AdministratorAccess'))).toBeUndefined();
  });
});

describe('what an evaluator that is not ours showed', () => {
  const judged = (statement: object, keys: Parameters<typeof request>[0] = {}) =>
    decide([policy(allow(statement))], request(keys)).truth;
  const when = (operator: string, key: string, value: unknown) => ({ Condition: { [operator]: { [key]: value } } });
  const tag = 'aws:PrincipalTag/workspace';
  const asTag = (value: string) => ({ 'aws:principaltag/workspace': known(value) });

  it.each<[string, object, Parameters<typeof request>[0], string]>([
    [
      'ForAnyValue fails without the key, negated too',
      when('ForAnyValue:StringNotEquals', 'aws:CalledVia', 'x'),
      {},
      'no',
    ],
    [
      'ForAnyValue with IfExists is not documented',
      when('ForAnyValue:StringEqualsIfExists', 'aws:CalledVia', 'x'),
      {},
      'unknown',
    ],
    ['a variable stands for its value', { Resource: `arn:aws:aps:*:*:workspace/\${${tag}}` }, asTag('ws-1'), 'yes'],
    ['a wildcard in a value is none', { Resource: `arn:aws:aps:*:*:workspace/\${${tag}}` }, asTag('*'), 'no'],
    ['a wildcard that is escaped is none', { Resource: 'arn:aws:aps:*:*:workspace/ws-${?}' }, {}, 'no'],
    ['and fits itself', when('StringLike', tag, 'a${*}'), asTag('a*'), 'yes'],
    ['a variable has a default', { Resource: `arn:aws:aps:*:*:workspace/\${${tag}, 'ws-1'}` }, {}, 'yes'],
    [
      'a variable without a value is not judged',
      when('StringNotEquals', tag, '${aws:PrincipalTag/x}'),
      asTag('a'),
      'unknown',
    ],
    [
      'a variable before the fifth colon is not judged',
      { Resource: 'arn:aws:aps:${aws:RequestedRegion}:1:x' },
      {},
      'unknown',
    ],
    ['half an ARN is completed', { Resource: 'arn:aws:aps' }, {}, 'yes'],
    ['half an ARN of another service', { Resource: 'arn:aws:logs' }, {}, 'no'],
  ])('%s', (_, statement, keys, truth) => expect(judged(statement, keys)).toBe(truth));

  it('knows variables from version 2012-10-17 on', () => {
    const statement = allow({ Resource: `arn:aws:aps:*:*:workspace/\${${tag}}` });
    const { withoutVariables: _, ...current } = policy(statement);
    const older = { ...current, withoutVariables: true as const };
    expect([current, older].map((one) => decide([one], request(asTag('ws-1'))).truth)).toEqual(['yes', 'no']);
  });

  it.each([
    ['Allow', { AWS: '*' }, 'unknown'],
    ['Allow', { AWS: '111122223333' }, 'no'],
    ['Deny', { AWS: '111122223333' }, 'unknown'],
    ['Deny', { AWS: 'arn:aws:iam::111122223333:role/x' }, 'yes'],
  ])('%s of %j, asked by a token of an issuer', (Effect, Principal, truth) => {
    const action = 'sts:AssumeRoleWithWebIdentity';
    const federated = 'arn:aws:iam::111122223333:oidc-provider/issuer';
    const trust = policy(
      ...(Effect === 'Deny' ? [{ Effect: 'Allow', Action: action, Principal: { Federated: federated } }] : []),
      { Effect, Action: action, Principal },
    );
    const principal = { type: 'Federated', value: known(federated) } as const;
    expect(decide([trust], { action, principal, context: () => ({ kind: 'absent' }) }).truth).toBe(truth);
  });
});
