import { cpSync, existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type RunResult, run } from '../engines/run';
import { type DeployedRole, deployedRoles } from '../kit/cloudformation';
import { elements, Moto } from '../kit/moto';
import { repository, templates, worldOf } from '../kit/rendered';
import { temporaryFolder } from '../kit/temporary';

/**
 * Templates, deployed by the CDK toolkit as a user would: bootstrap, publish, change sets. moto makes the resources. What it
 * makes nothing of, it passes over: those types are named below, and `templates.test.ts` holds them against the specification.
 * It tells no outputs of stacks that came from change sets, and evaluates neither rules nor permissions.
 */
const ignored = ['AWS::Grafana::Workspace'];

const all = templates();
const world = worldOf('dev');
const stacks = all.map(({ stack }) => stack);
const overlayOf = (stack: string) => stack.replace('Observability-', '');

let moto: Moto;
let before: RunResult;
let first: RunResult;

beforeAll(async () => {
  moto = await Moto.start(world.account, world.region);
  before = await toolkit(['deploy', 'Observability-dev', '--require-approval', 'never']);
  const { status, stdout, stderr } = await toolkit(['bootstrap', `aws://${world.account}/${world.region}`]);
  if (status !== 0) {
    throw new Error(`cdk bootstrap: ${stdout}${stderr}`);
  }
  first = await toolkit(['deploy', '--all', '--require-approval', 'never']);
}, 170_000);

afterAll(() => moto?.stop());

test('the toolkit deploys every stack', async () => {
  expect({ status: first.status, output: first.status === 0 ? '' : first.stderr }).toEqual({ status: 0, output: '' });
  const xml = await moto.query('cloudformation', { Action: 'DescribeStacks', Version: '2010-05-15' });
  expect(elements(xml, 'StackName').sort()).toEqual(['CDKToolkit', ...stacks].sort());
  expect(new Set(elements(xml, 'StackStatus'))).toEqual(new Set(['CREATE_COMPLETE']));
});

test('it deploys them again without a change', async () => {
  const { status, stderr, stdout } = await toolkit(['deploy', '--all', '--require-approval', 'never']);
  expect(status).toBe(0);
  expect((stdout + stderr).match(/\(no changes\)/g)).toHaveLength(stacks.length);
});

test('of all resource types moto passes over those that this suite names', () => {
  const ours = all.flatMap(({ body }) => Object.values(body.Resources).map(({ Type }) => Type));
  expect(moto.ignoredTypes().filter((type) => ours.includes(type))).toEqual(ignored);
});

describe.each(all.map((template) => [template.stack, template] as const))('%s', (stack, template) => {
  const roles = deployedRoles(template, world);

  test.each(roles.map((role) => [role.name, role] as const))(
    'makes %s with its trust and its grants',
    async (_, role) => {
      const made = await roleFromApi(role.name);
      expect(withoutStar(made)).toEqual(withoutStar(role));
    },
  );

  test('makes no other role', async () => {
    const resources = await moto.query('cloudformation', {
      Action: 'DescribeStackResources',
      StackName: stack,
      Version: '2010-05-15',
    });
    expect(elements(resources, 'ResourceType').filter((type) => type === 'AWS::IAM::Role')).toHaveLength(roles.length);
  });
});

describe.each(stacks.filter((stack) => stack.startsWith('Observability-')))('%s', (stack) => {
  test('makes the log group, with its retention and the tag of its overlay', async () => {
    const group = Object.values(all.find((one) => one.stack === stack)?.body.Resources ?? {}).find(
      ({ Type }) => Type === 'AWS::Logs::LogGroup',
    );
    const { LogGroupName: name, RetentionInDays: days } = { ...group?.Properties } as Record<string, unknown>;
    const { logGroups } = await moto.json<{ logGroups: { logGroupName: string; retentionInDays?: number }[] }>(
      'logs',
      'Logs_20140328.DescribeLogGroups',
      { logGroupNamePrefix: name },
    );
    expect(logGroups.filter(({ logGroupName }) => logGroupName === name)).toEqual([
      expect.objectContaining({ retentionInDays: days }),
    ]);
    const tags = await moto.json<{ tags: object }>('logs', 'Logs_20140328.ListTagsLogGroup', { logGroupName: name });
    expect(tags.tags).toMatchObject({ 'sightline-overlay': overlayOf(stack) });
  });

  test('marks its roles with the tag of its overlay', async () => {
    const template = all.find((one) => one.stack === stack);
    for (const { name } of template ? deployedRoles(template, world) : []) {
      const xml = await moto.query('iam', { Action: 'GetRole', RoleName: name, Version: '2010-05-08' });
      expect([elements(xml, 'Key'), elements(xml, 'Value')]).toEqual([['sightline-overlay'], [overlayOf(stack)]]);
    }
  });
});

test('an account that was not bootstrapped gets nothing', () => {
  expect(before.status).not.toBe(0);
  expect(before.stdout + before.stderr).toMatch(/Has the environment been bootstrapped\?/i);
});

/** The CDK toolkit on a copy of the assembly: it writes beside what it deploys. */
function toolkit(words: readonly string[], assembly = copyOfAssembly()): Promise<RunResult> {
  const program = join(repository, 'apps', 'tictactoe-infra', 'node_modules', '.bin', 'cdk');
  if (!existsSync(program)) {
    throw new Error(`there is no ${program}; install it with: npm start`);
  }
  const home = join(dirname(assembly), 'home');
  mkdirSync(home, { recursive: true });
  const env = { PATH: process.env.PATH, HOME: home, CI: 'true', CDK_DISABLE_CLI_TELEMETRY: 'true' };
  return run([program, ...words, '--app', assembly, '--no-notices', '--no-color'], {
    cwd: home,
    env: { ...env, ...moto.environment() },
    timeout: 120_000,
  });
}

function copyOfAssembly(): string {
  const copy = join(temporaryFolder(), 'cdk.out');
  cpSync(join(repository, 'apps', 'tictactoe-infra', 'cdk.out'), copy, { recursive: true });
  return copy;
}

async function roleFromApi(name: string): Promise<DeployedRole> {
  const ask = (action: string, more: Record<string, string> = {}) =>
    moto.query('iam', { Action: action, RoleName: name, Version: '2010-05-08', ...more });
  const role = await ask('GetRole');
  const document = <T>(xml: string, element: string) =>
    JSON.parse(decodeURIComponent(elements(xml, element)[0] ?? '')) as T;
  const names = elements(await ask('ListRolePolicies'), 'member');
  const policies = names.map(async (policy) =>
    document(await ask('GetRolePolicy', { PolicyName: policy }), 'PolicyDocument'),
  );
  return {
    name,
    arn: elements(role, 'Arn')[0] ?? '',
    trust: document(role, 'AssumeRolePolicyDocument'),
    policies: (await Promise.all(policies)) as DeployedRole['policies'],
    managedPolicies: elements(await ask('ListAttachedRolePolicies'), 'PolicyArn'),
  };
}

/** For a log group's ARN, moto returns it without the star that CloudFormation has at its end. */
function withoutStar(role: DeployedRole): DeployedRole {
  return JSON.parse(JSON.stringify(role).replace(/(:log-group:[^":*]+):\*"/g, '$1"')) as DeployedRole;
}
