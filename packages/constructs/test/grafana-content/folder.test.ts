import { CfnParameter, RemovalPolicy } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { GrafanaWorkspaceFolder, type GrafanaWorkspaceFolderProps } from '../../src';
import { agnosticStack, stackIn } from '../support/stack';
import { existing, only, WORKSPACE } from './support';

const TYPE = 'Custom::GrafanaFolder';

function make(props: Partial<GrafanaWorkspaceFolderProps> = {}, stack = stackIn()) {
  new GrafanaWorkspaceFolder(stack, 'Folder', { workspace: existing(stack), title: 'Games', ...props });
  return only(stack, TYPE);
}

test('has a title and a UID of its own', () => {
  expect(make()).toMatchObject({
    Kind: 'Folder',
    WorkspaceId: WORKSPACE,
    WorkspaceRegion: 'ap-northeast-2',
    Title: 'Games',
    Uid: expect.stringMatching(/^stack-folder-[0-9a-f]{8}$/),
    AdoptExisting: 'false',
  });
});

test('takes a UID, and what exists', () => {
  expect(make({ uid: 'games', adoptExisting: true })).toMatchObject({ Uid: 'games', AdoptExisting: 'true' });
});

test('may be in another, which is made before', () => {
  const stack = stackIn();
  const workspace = existing(stack);
  const parent = new GrafanaWorkspaceFolder(stack, 'Parent', { workspace, title: 'All' });

  const child = new GrafanaWorkspaceFolder(stack, 'Child', { workspace, title: 'Games', parent });

  Template.fromStack(stack).hasResourceProperties(TYPE, {
    Title: 'Games',
    ParentUid: stack.resolve(parent.uid),
  });
  expect(stack.resolve(child.uid)).toEqual({ 'Fn::GetAtt': [expect.stringMatching(/^Child/), 'Uid'] });
});

test('goes with the stack, or stays', () => {
  const stack = stackIn();
  const workspace = existing(stack);
  new GrafanaWorkspaceFolder(stack, 'Goes', { workspace, title: 'Goes' });
  new GrafanaWorkspaceFolder(stack, 'Stays', { workspace, title: 'Stays', removalPolicy: RemovalPolicy.RETAIN });

  const template = Template.fromStack(stack);
  template.hasResource(TYPE, { Properties: { Title: 'Goes' }, DeletionPolicy: 'Delete' });
  template.hasResource(TYPE, { Properties: { Title: 'Stays' }, DeletionPolicy: 'Retain' });
});

test('comes after the policy that allows it, and so goes before it', () => {
  const stack = stackIn();
  new GrafanaWorkspaceFolder(stack, 'Folder', { workspace: existing(stack), title: 'Games' });

  const template = Template.fromStack(stack);
  const [policy] = Object.keys(
    template.findResources('AWS::IAM::Policy', {
      Properties: {
        PolicyDocument: {
          Statement: [{ Resource: `arn:aws:grafana:ap-northeast-2:111122223333:/workspaces/${WORKSPACE}` }],
        },
      },
    }),
  );
  template.hasResource(TYPE, { DependsOn: [policy] });
  template.hasResource('Custom::GrafanaServiceAccount', { DependsOn: [policy] });
});

test.each<[string, Partial<GrafanaWorkspaceFolderProps>, string]>([
  ['UID', { uid: 'a b' }, 'uid is "a b"; it must be 1 to 40 letters, digits or any of - _. It is what dashboards and'],
  ['UID', { uid: 'x'.repeat(41) }, `uid is "${'x'.repeat(41)}"; it must be 1 to 40 letters`],
  ['title', { title: ' ' }, 'title is " "; it must be 1 to 189 characters. It is what people see in Grafana.'],
  ['title', { title: 'x'.repeat(190) }, 'it must be 1 to 189 characters'],
])('is refused with a %s that Grafana would not take', (_, props, message) => {
  expect(() => make(props)).toThrow(`Stack/Folder: ${props.title?.startsWith('xx') ? 'title' : message.slice(0, 9)}`);
  expect(() => make(props)).toThrow(message);
});

test('may have a title and a UID that only the deployment knows', () => {
  const stack = agnosticStack();
  const title = new CfnParameter(stack, 'Title').valueAsString;
  const uid = new CfnParameter(stack, 'Uid').valueAsString;

  expect(make({ title, uid }, stack)).toMatchObject({
    Title: { Ref: 'Title' },
    Uid: { Ref: 'Uid' },
    WorkspaceRegion: { Ref: 'AWS::Region' },
  });
});
