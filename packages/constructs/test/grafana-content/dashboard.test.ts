import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { GrafanaWorkspaceDashboard, type GrafanaWorkspaceDashboardProps, GrafanaWorkspaceFolder } from '../../src';
import { stackIn } from '../support/stack';
import { existing, GAME, only } from './support';

const TYPE = 'Custom::GrafanaDashboard';
const folder = mkdtempSync(join(tmpdir(), 'dashboards-'));

function make(props: Partial<GrafanaWorkspaceDashboardProps> = {}) {
  const stack = stackIn();
  new GrafanaWorkspaceDashboard(stack, 'Game', { workspace: existing(stack), file: GAME, ...props });
  return stack;
}

function file(name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

test('is an asset; the template has its hash and the UID of the file', () => {
  const properties = only(make(), TYPE);

  expect(properties).toMatchObject({
    Uid: 'tictactoe',
    Bucket: 'cdk-hnb659fds-assets-111122223333-ap-northeast-2',
    Key: expect.stringMatching(/^[0-9a-f]{64}\.json$/),
    AdoptExisting: 'false',
  });
  expect(JSON.stringify(properties)).not.toContain('Tic-tac-toe');
});

test('may have another UID, and be in a folder', () => {
  const stack = stackIn();
  const workspace = existing(stack);
  const games = new GrafanaWorkspaceFolder(stack, 'Games', { workspace, title: 'Games' });

  const dashboard = new GrafanaWorkspaceDashboard(stack, 'Game', {
    workspace,
    file: GAME,
    uid: 'game-2',
    folder: games,
  });

  expect(only(stack, TYPE)).toMatchObject({ Uid: 'game-2', FolderUid: stack.resolve(games.uid) });
  expect(stack.resolve(dashboard.url)).toEqual({
    'Fn::Join': [
      '',
      ['https://g-0123456789.grafana-workspace.ap-northeast-2.amazonaws.com/d/', stack.resolve(dashboard.uid)],
    ],
  });
});

test('of any size makes no template larger', () => {
  const panels = Array.from({ length: 20_000 }, (_, id) => ({ id, type: 'timeseries', title: `panel ${id}` }));
  const path = file('large.json', JSON.stringify({ uid: 'large', title: 'Large', panels }));

  const template = JSON.stringify(Template.fromStack(make({ file: path })).toJSON());

  expect(template.length).toBeLessThan(20_000);
});

test('is read by the provider, which may read JSON of the bucket of assets and nothing else of it', () => {
  const policies = Object.values(Template.fromStack(make()).findResources('AWS::IAM::Policy'));
  const statements = policies.flatMap(({ Properties }) => Properties.PolicyDocument.Statement);

  expect(statements.filter(({ Action }) => String(Action).startsWith('s3:'))).toEqual([
    {
      Action: 's3:GetObject',
      Effect: 'Allow',
      Resource: {
        'Fn::Join': [
          '',
          ['arn:', { Ref: 'AWS::Partition' }, ':s3:::cdk-hnb659fds-assets-111122223333-ap-northeast-2/*.json'],
        ],
      },
    },
  ]);
});

test('with the same UID as another one of the workspace is refused, and as one of another workspace is not', () => {
  const stack = stackIn(undefined, 'Stack', new App());
  const workspace = existing(stack);
  new GrafanaWorkspaceDashboard(stack, 'One', { workspace, file: GAME });

  expect(
    () => new GrafanaWorkspaceDashboard(stack, 'Two', { workspace: existing(stack, 'Again'), file: GAME }),
  ).toThrow(
    'Stack/Two: uid is "tictactoe"; it must be the UID of a dashboard that no other construct of the workspace has. ' +
      "Stack/One has it already: two owners would undo each other's changes.",
  );
});

test.each<[string, () => Partial<GrafanaWorkspaceDashboardProps>, RegExp]>([
  [
    'no file',
    () => ({ file: 'none.json' }),
    /^Stack\/Game: file is "none.json"; it must be a file of JSON. ENOENT.*relative to/,
  ],
  [
    'a file that is no JSON',
    () => ({ file: file('bad.json', '{') }),
    /file is ".*bad.json"; it must be a file of JSON/,
  ],
  [
    'a file without a title',
    () => ({ file: file('untitled.json', '{"uid":"x"}') }),
    /which has a title. Export it in Grafana/,
  ],
  [
    'an answer of the HTTP API',
    () => ({ uid: 'x', file: file('answer.json', '{"dashboard":{"title":"x"},"meta":{}}') }),
    /which has a title. The file holds what the HTTP API answers: give what is inside of its field dashboard./,
  ],
  ['a list', () => ({ uid: 'x', file: file('list.json', '[]') }), /which has a title/],
  ['null', () => ({ uid: 'x', file: file('null.json', 'null') }), /which has a title/],
  [
    'a file without a UID',
    () => ({ file: file('anonymous.json', '{"title":"x"}') }),
    /uid is undefined; it must be given, because/,
  ],
  [
    'another ending',
    () => ({ file: file('game.txt', '{"title":"x","uid":"x"}') }),
    /it must be a name that ends in .json. Rename/,
  ],
  ['a UID that is none', () => ({ uid: 'a b' }), /uid is "a b"; it must be 1 to 40 letters/],
])('is refused with %s', (_, props, message) => {
  expect(() => make(props())).toThrow(message);
});
