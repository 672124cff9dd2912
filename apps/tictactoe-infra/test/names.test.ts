import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { App } from 'cdk8s';
import { awsApp } from '../src/aws/app';
import { objectsOf } from '../src/cluster/gitops';
import { Installation } from '../src/cluster/installation';
import { environment, overlays } from '../src/environment';

interface KubernetesObject {
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly annotations?: Record<string, string>;
  };
  readonly spec?: { readonly template?: { readonly metadata: { readonly labels: Record<string, string> } } };
}

const objects = Object.fromEntries(
  overlays.map((overlay) => [overlay.name, objectsOf(new Installation(new App(), overlay)) as KubernetesObject[]]),
);

/** What a kubectl command of the document selects: object kind as kubectl abbreviates it, name, namespace, label. */
interface Selection {
  readonly kind: 'workspace' | 'pods' | 'configmap' | 'sa';
  readonly namespace: string;
  readonly name?: string;
  readonly app?: string;
}

function select({ kind, namespace, name, app }: Selection, from: KubernetesObject[]): KubernetesObject[] {
  const kinds = {
    workspace: ['Workspace'],
    pods: ['Deployment', 'DaemonSet'],
    configmap: ['ConfigMap'],
    sa: ['ServiceAccount'],
  };
  return from.filter(
    (object) =>
      kinds[kind].includes(object.kind) &&
      object.metadata.namespace === namespace &&
      (name === undefined || object.metadata.name === name) &&
      (app === undefined || object.spec?.template?.metadata.labels.app === app),
  );
}

// The commands of the document that this environment implements; its readers type them as they are printed there.
const commands: [string, Selection][] = [
  ['kubectl get workspace -n ack-system', { kind: 'workspace', namespace: 'ack-system' }],
  [
    'kubectl describe workspace eks-metrics -n ack-system',
    { kind: 'workspace', namespace: 'ack-system', name: 'eks-metrics' },
  ],
  [
    'kubectl get pods -n monitoring -l app=grafana-alloy',
    { kind: 'pods', namespace: 'monitoring', app: 'grafana-alloy' },
  ],
  ['kubectl get pods -n monitoring -l app=fluent-bit', { kind: 'pods', namespace: 'monitoring', app: 'fluent-bit' }],
  ['kubectl logs -n monitoring -l app=grafana-alloy', { kind: 'pods', namespace: 'monitoring', app: 'grafana-alloy' }],
  ['kubectl logs -n monitoring -l app=fluent-bit', { kind: 'pods', namespace: 'monitoring', app: 'fluent-bit' }],
  [
    'kubectl get configmap -n monitoring grafana-alloy-config -o yaml',
    { kind: 'configmap', namespace: 'monitoring', name: 'grafana-alloy-config' },
  ],
  ['kubectl describe sa fluent-bit -n monitoring', { kind: 'sa', namespace: 'monitoring', name: 'fluent-bit' }],
];

describe.each(overlays)('overlay $name', (overlay) => {
  test.each(commands)('%s selects exactly one object', (_, selection) => {
    expect(select(selection, objects[overlay.name])).toHaveLength(1);
  });

  test('the service accounts name the roles that the stack makes', () => {
    const outdir = fs.mkdtempSync(path.join(os.tmpdir(), 'names-'));
    const { template } = awsApp(outdir).synth().getStackByName(overlay.stack);
    fs.rmSync(outdir, { recursive: true });
    const made = Object.values(template.Resources as Record<string, { Type: string; Properties: { RoleName: string } }>)
      .filter(({ Type }) => Type === 'AWS::IAM::Role')
      .map(({ Properties }) => `arn:aws:iam::${environment.account}:role/${Properties.RoleName}`);
    const named = objects[overlay.name]
      .filter(({ kind }) => kind === 'ServiceAccount')
      .map(({ metadata }) => metadata.annotations?.['eks.amazonaws.com/role-arn']);
    expect(named.sort()).toEqual(made.sort());
  });
});

test('aws logs describe-log-groups --log-group-name-prefix /eks/tictactoe finds the group of every overlay', () => {
  expect(overlays.filter(({ logGroup }) => logGroup.name.startsWith('/eks/tictactoe'))).toHaveLength(overlays.length);
});

test('no file but environment.ts types a name of the environment', () => {
  const src = path.resolve(__dirname, '../src');
  const leaves = (value: unknown): string[] =>
    typeof value === 'object' && value !== null ? Object.values(value).flatMap(leaves) : [String(value)];
  // Words that are also ordinary code.
  const ordinary = new Set(['aws', 'main', 'default', 'monitoring', 'dev', 'staging', 'prod', 'fluent-bit', 'Grafana']);
  const names = [...new Set([...leaves(environment), ...leaves(overlays)])].filter(
    (name) => !ordinary.has(name) && name.length > 3 && !/^\d{1,5}$/.test(name),
  );
  expect(names).toContain('grafana-alloy');
  const files = fs.readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  const typedElsewhere = files
    .filter((file) => file !== 'environment.ts')
    .flatMap((file) => {
      const text = fs.readFileSync(path.join(src, file), 'utf8');
      return names.filter((name) => text.includes(`'${name}'`)).map((name) => `${file}: ${name}`);
    });
  expect(typedElsewhere).toEqual([]);
});
