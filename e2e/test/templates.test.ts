import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { engine } from '../engines';
import { run } from '../engines/run';
import { type Template, templates } from '../kit/rendered';
import { ServiceSpec } from '../kit/service-spec';
import { temporaryFolder } from '../kit/temporary';

const all = templates();
const stacks = all.map((template) => [template.stack, template] as const);
const spec = new ServiceSpec();

test('there is a stack for Grafana and one for each overlay', () => {
  expect(all.map((template) => template.stack)).toEqual([
    'Grafana',
    'Observability-dev',
    'Observability-prod',
    'Observability-staging',
  ]);
});

describe('cfn-lint', () => {
  test('finds nothing in any template', async () => {
    const { stdout, status } = await lint(all.map((template) => template.file));
    expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
  });

  test('finds a property that does not exist', async () => {
    // GIVEN
    const file = join(temporaryFolder(), 'broken.template.json');
    const group = { Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName: '/x', RetentionDays: 14 } };
    writeFileSync(file, JSON.stringify({ Resources: { Group: group } }));
    // WHEN
    const { stdout, status } = await lint([file]);
    // THEN
    expect(status).not.toBe(0);
    expect(stdout).toContain('RetentionDays');
  });

  function lint(files: readonly string[]) {
    const flags = ['--regions', 'ap-northeast-2', '--format', 'parseable', '--'];
    return run([...engine('cfn-lint').command, ...flags, ...files], { timeout: 120_000 });
  }
});

describe('the CloudFormation specification', () => {
  test.each(stacks)('knows every property of %s', (_, template) => {
    expect(faults(template)).toEqual([]);
  });

  test('refuses an unknown property, one of another type, a missing one and an unknown type', () => {
    const group = { Type: 'AWS::Logs::LogGroup', Properties: { RetentionDays: 14, RetentionInDays: 'two weeks' } };
    expect(spec.faults('Group', group)).toEqual([
      expect.stringMatching(/^Group: RetentionDays is no property; there are .*LogGroupName/),
      'Group: RetentionInDays is "two weeks", which is no integer',
    ]);
    expect(spec.faults('Role', { Type: 'AWS::IAM::Role', Properties: {} })).toEqual([
      'Role: AssumeRolePolicyDocument is required',
    ]);
    expect(spec.faults('Group', { Type: 'AWS::Logs::Group' })).toEqual([
      'Group: CloudFormation has no resource type AWS::Logs::Group',
    ]);
  });

  function faults(template: Template): string[] {
    return Object.entries(template.body.Resources).flatMap(([id, resource]) => spec.faults(id, resource));
  }
});
