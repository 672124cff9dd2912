import * as library from '@eks-sightline/constructs';
import { type App, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { engine } from '../engines';
import { run } from '../engines/run';
import { ContentStack } from '../kit/aws/content-stack';
import { PeopleStack, RestStack } from '../kit/aws/rest-stack';
import { RolesStack } from '../kit/aws/roles-stack';
import { synthesized } from '../kit/aws/synthesized';
import { account, otherRegion, region } from '../kit/aws/world';
import { type Finding, findings, type Verdict } from '../kit/checkov';
import { polyglotStack } from '../kit/polyglot-app';
import { ServiceSpec } from '../kit/service-spec';

/** Templates of every construct of the library, with its options, by tools that are not ours. */
const env = { account, region };
const apps: App[] = [];
// Apps of their own: in one app a service account of a cluster has one identity.
const templates = [
  (app: App) => new RolesStack(app, 'Roles', { env }),
  (app: App) => new ContentStack(app, 'Content', { env }),
  (app: App) => new RestStack(app, 'Rest', { env }),
  polyglotStack,
  (app: App) => new PeopleStack(app, 'People', { env: { account, region: otherRegion } }),
].flatMap((make) =>
  synthesized((app) => {
    apps.push(app);
    return [make(app)];
  }),
);
const stacks = templates.map((template) => [template.stack, template] as const);

test('the stacks have every construct of the library', () => {
  const exported = Object.entries(library).filter(
    ([, one]) => 'prototype' in one && one.prototype instanceof Construct && !(one.prototype instanceof Stack),
  );
  const made = new Set(apps.flatMap((app) => app.node.findAll().map((node) => node.constructor.name)));
  expect(exported.length).toBeGreaterThanOrEqual(25);
  expect(exported.map(([name]) => name).filter((name) => !made.has(name))).toEqual([]);
});

test.each(stacks)('cfn-lint finds nothing in %s', async (stack, template) => {
  const where = stack === 'People' ? otherRegion : region;
  const flags = ['--regions', where, '--format', 'parseable', '--'];
  const { stdout, status } = await run([...engine('cfn-lint').command, ...flags, template.file], { timeout: 120_000 });
  expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
});

test.each(stacks)('the CloudFormation specification knows every property of %s', (_, template) => {
  const spec = new ServiceSpec();
  const resources = Object.entries(template.body.Resources).filter(([, { Type }]) => !Type.startsWith('Custom::'));
  expect(resources.flatMap(([id, resource]) => spec.faults(id, resource))).toEqual([]);
});

interface Accepted {
  readonly check: string;
  readonly on: readonly string[];
  readonly reason: string;
}

/** What checkov finds and we leave as it is. A finding that is not here fails, and so does a line that nothing needs. */
const accepted: readonly Accepted[] = [
  {
    check: 'CKV_AWS_158', // log groups with a KMS key
    on: ['AWS::Logs::LogGroup'],
    reason: 'CloudWatch encrypts with a key of its own; ContainerLogGroup takes one of yours as encryptionKey',
  },
  {
    check: 'CKV_AWS_33', // a wildcard for the principal of a key
    on: ['AWS::KMS::Key'],
    reason:
      'conditions on the account and on AMP narrow it: whoever makes the workspace is not known; near-misses proves it',
  },
  {
    check: 'CKV_AWS_149', // secrets with a KMS key
    on: ['AWS::SecretsManager::Secret'],
    reason: 'encrypted with the key of Secrets Manager; GrafanaServiceAccountToken takes one of yours as encryptionKey',
  },
  {
    check: 'CKV_AWS_26', // topics with a KMS key
    on: ['AWS::SNS::Topic'],
    reason: 'the topic of this suite; AlertReceiver extends the policy of a key when a topic has one',
  },
  {
    check: 'CKV_AWS_115', // functions with reserved concurrency
    on: ['AWS::Lambda::Function'],
    reason: 'reserved concurrency is taken from the account; the functions run at deployments and twice a day',
  },
  {
    check: 'CKV_AWS_116', // functions with a dead letter queue
    on: ['AWS::Lambda::Function'],
    reason: 'a failure fails the deployment that waits for it; of the rotation an alarm tells',
  },
  {
    check: 'CKV_AWS_117', // functions in a VPC
    on: ['AWS::Lambda::Function'],
    reason: 'GrafanaContentProvider takes a VPC, for workspaces that can be reached from there alone',
  },
  {
    check: 'CKV_AWS_173', // environment of functions with a KMS key
    on: ['AWS::Lambda::Function'],
    reason: 'names and ARNs, no secrets; AWS Lambda encrypts them with a key of its own',
  },
];

describe('checkov', () => {
  let verdict: Verdict;

  beforeAll(async () => {
    verdict = await findings(
      'cloudformation',
      templates.map(({ file }) => file),
    );
  }, 150_000);

  test('has looked', () => {
    expect(verdict.passed).toBeGreaterThan(100);
  });

  test.each(stacks)('finds in %s what is accepted', (_, template) => {
    const here = verdict.findings.filter(({ file }) => template.file.endsWith(file));
    expect(
      here
        .filter((finding) => !isAccepted(finding))
        .map(lineOf)
        .sort(),
    ).toEqual([]);
  });

  test('finds all that is accepted', () => {
    const found = new Set(verdict.findings.map((finding) => `${finding.check} ${typeOf(finding)}`));
    const lines = accepted.flatMap(({ check, on }) => on.map((type) => `${check} ${type}`));
    expect(lines.filter((line) => !found.has(line))).toEqual([]);
  });
});

function isAccepted(finding: Finding): boolean {
  return accepted.some(({ check, on }) => check === finding.check && on.includes(typeOf(finding)));
}

function typeOf({ resource }: Finding): string {
  return resource.split('.')[0] ?? '';
}

function lineOf({ check, name, resource }: Finding): string {
  return `${check} ${name}: ${resource}`;
}
