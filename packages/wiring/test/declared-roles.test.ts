import { METRICS } from '../src/rules/examples/metrics';
import { EXAMPLE_ISSUER } from '../src/rules/examples/parts';
import { edited, type Files, lineOf, verifyFiles } from './support/estate';

const trust = {
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Action: 'sts:AssumeRoleWithWebIdentity',
      Principal: { Federated: `arn:aws:iam::111122223333:oidc-provider/${EXAMPLE_ISSUER}` },
      Condition: {
        StringEquals: {
          [`${EXAMPLE_ISSUER}:sub`]: 'system:serviceaccount:observe:meter',
          [`${EXAMPLE_ISSUER}:aud`]: 'sts.amazonaws.com',
        },
      },
    },
  ],
};
const write = {
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Allow', Action: 'aps:RemoteWrite', Resource: 'arn:aws:aps:eu-west-1:111122223333:workspace/*' },
  ],
};

/** The shop of the examples, whose role somebody made by hand: its policies are files of JSON. */
const BY_HAND: Files = {
  ...Object.fromEntries(Object.entries(METRICS).filter(([file]) => file !== 'role.template.yaml')),
  'sightline.json': METRICS['sightline.json'].replace(
    '"templates": ["role.template.yaml"]',
    '"roles": [{"name": "Meter", "trust": "iam/trust.json", "policies": ["iam/write.json"]}]',
  ),
  'iam/trust.json': JSON.stringify(trust, undefined, 2),
  'iam/write.json': JSON.stringify(write, undefined, 2),
};

test('a role whose policies are files is judged as one of a template', () => {
  const verdict = verifyFiles(BY_HAND);
  expect(verdict.findings).toEqual([]);
  expect(verdict.paths.map(({ status }) => status)).toEqual(['proven']);
});

test.each([
  ['another account', 'iam/trust.json', 'observe:meter', 'observe:meters', 'identity/untrusted-subject'],
  ['another action', 'iam/write.json', 'aps:RemoteWrite', 'aps:QueryMetrics', 'identity/missing-action'],
])('%s breaks the path, and the finding points into the file', (_, file, find, replace, rule) => {
  const files = edited(BY_HAND, [{ file, find, replace }]);
  const [finding] = verifyFiles(files).findings;
  expect(finding?.rule).toBe(rule);
  const places = [finding?.location, ...(finding?.related ?? [])];
  expect(places).toContainEqual(expect.objectContaining({ file, line: lineOf(files, file, replace) }));
});

test.each([
  ['that is not there', { 'iam/write.json': undefined }, 'there is no iam/write.json, which sightline.json names'],
  ['that is none', { 'iam/write.json': '{}' }, 'iam/write.json, which sightline.json names as a policy, is none'],
])('a policy %s is told', (_, change, message) => {
  const files = Object.fromEntries(
    Object.entries({ ...BY_HAND, ...change }).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
  expect(verifyFiles(files).findings.map((finding) => finding.message)).toContain(message);
});
