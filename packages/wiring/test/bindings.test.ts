import { SourceText } from '../src';
import { readSightlineConfig } from '../src/read/sightline-json';
import { OPENTELEMETRY } from '../src/rules/examples/opentelemetry';
import { edited, type Files, verifyFiles } from './support/estate';

const OUTPUT = 'Store.WorkspaceId';
const ID = 'ws-0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9';

/** The workspace of a stack, whose id is written into the ConfigMap after the deployment. */
function files(binding: object, more: Files = {}): Files {
  const config = JSON.parse(OPENTELEMETRY['sightline.json']);
  config.worlds.dev.templates.push('out/Store.template.json');
  Object.assign(config.worlds.dev, binding);
  const stack = {
    Resources: { Shop: { Type: 'AWS::APS::Workspace', Properties: { Tags: [{ Key: 'stage', Value: 'dev' }] } } },
    Outputs: {
      WorkspaceId: { Value: { 'Fn::GetAtt': ['Shop', 'WorkspaceId'] } },
      Url: { Value: { 'Fn::Join': ['', ['https://x/', { 'Fn::GetAtt': ['Shop', 'WorkspaceId'] }, '/']] } },
    },
  };
  return {
    ...OPENTELEMETRY,
    'sightline.json': JSON.stringify(config),
    'out/Store.template.json': JSON.stringify(stack),
    'store.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: workspace, namespace: observe}\n',
    ...more,
  };
}

const bindings = [{ configMap: 'observe/workspace', key: 'id', output: OUTPUT }];

function statuses(input: Files) {
  const { findings, paths } = verifyFiles(input);
  expect(findings).toEqual([]);
  return paths.map(({ status }) => status);
}

describe('values that a deployment writes into the cluster', () => {
  it('a key that is bound to an output of a stack proves the join before there is an id', () => {
    expect(statuses(files({ bindings }))).toEqual(['proven']);
  });

  it('a key that nobody writes and nobody binds is a fault', () => {
    expect(verifyFiles(files({})).findings.map(({ rule }) => rule)).toEqual(['gitops/missing-config-map-key']);
  });

  it('an output that no template has is unknown', () => {
    expect(statuses(files({ bindings: [{ ...bindings[0], output: 'Store.Id' }] }))).toEqual(['unknown']);
  });

  it.each(['WorkspaceId', 'Url'])('the file of outputs makes a copied id known, also by %s', (output) => {
    const text = output === 'Url' ? `https://x/${ID}/` : ID;
    const deployed = { 'bindings/dev.json': JSON.stringify({ Store: { [output]: text } }) };
    const copied = files({ outputs: ['bindings/dev.json'] }, deployed);
    const literal = edited(copied, [{ file: 'collector.yaml', find: '${env:WORKSPACE}', replace: ID }]);
    expect(statuses(literal)).toEqual(['proven']);
    const other = edited(copied, [
      { file: 'collector.yaml', find: '${env:WORKSPACE}', replace: ID.replace('0a1b', 'ffff') },
    ]);
    expect(statuses(other)).toEqual(['unknown']);
  });

  it('a workspace that is said to exist is one, and another id is not', () => {
    const copied = edited(files({ workspaces: [ID] }), [
      { file: 'collector.yaml', find: '${env:WORKSPACE}', replace: ID },
    ]);
    const withoutStore: Files = {
      ...copied,
      'out/Store.template.json': '{"Resources": {"Topic": {"Type": "AWS::SNS::Topic"}}}',
    };
    // Nobody says which tags it has, and the role asks for one.
    expect(statuses(withoutStore)).toEqual(['unknown']);
    const role = withoutStore['role.template.yaml'].replace(/\n +Condition:\n +StringEquals:\n +aws:Res.*\n/, '\n');
    const anyTag = { ...withoutStore, 'role.template.yaml': role };
    expect(statuses(anyTag)).toEqual(['proven']);
    const other = { file: 'collector.yaml', find: ID, replace: ID.replace('0a1b', 'ffff') };
    expect(statuses(edited(anyTag, [other]))).toEqual(['unknown']);
  });

  it('a file of outputs that is not there yet changes nothing', () => {
    expect(statuses(files({ bindings, outputs: ['bindings/dev.json'] }))).toEqual(['proven']);
  });

  it.each([
    ['a binding without an output', { configMap: 'a/b', key: 'c' }],
    ['an output without a stack', { configMap: 'a/b', key: 'c', output: 'Id' }],
    ['a setting that is none', { configMap: 'a/b', key: 'c', output: 'A.B', value: 1 }],
    ['no object', 'a/b'],
  ])('%s is refused with what is right', (_, binding) => {
    const text = JSON.stringify({ worlds: { dev: { manifests: ['.'], bindings: [binding] } } });
    const { config, problems } = readSightlineConfig(new SourceText('sightline.json', text));
    expect(config).toBeUndefined();
    expect(problems[0].message).toMatch(/item of "bindings" of world "dev"/);
    expect(problems[0].help).toMatch(/configMap/);
  });
});
