import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { KustomizeTree } from '@eks-sightline/k8s-charts';
import { App, type Chart } from 'cdk8s';
import { run } from '../engines/run';
import { pythonWith } from '../kit/python-package';
import { repository } from '../kit/rendered';
import { temporaryFolder } from '../kit/temporary';

/** What is used of the app, which is compiled but no package. */
interface Environment {
  readonly environment: object;
  readonly overlays: readonly { readonly name: string }[];
}
interface Installations {
  readonly Installation: new (
    app: App,
    overlay: object,
  ) => { readonly manifests: readonly { readonly file: string; readonly source: Chart }[] };
}

const app = join(repository, 'apps', 'tictactoe-infra', 'lib');
const program = join(__dirname, '..', 'fixtures', 'python', 'overlay_dev.py');

/** jsii tells of versions of Node that it likes better, unless it is told not to. */
const quiet = { ...process.env, JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: '20' };

let python: string;
let inPython: Map<string, string>;
let inTypeScript: Map<string, string>;

beforeAll(async () => {
  const names: Environment = require(join(app, 'environment.js'));
  const overlay = names.overlays.find(({ name }) => name === 'dev') ?? { name: 'none' };
  const folder = temporaryFolder();
  const file = join(folder, 'environment.json');
  writeFileSync(file, JSON.stringify({ environment: names.environment, overlay }));

  python = await pythonWith('k8s-charts');
  const { status, stderr } = await run([python, program, file, join(folder, 'python')], {
    env: quiet,
    timeout: 120_000,
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  inPython = filesBelow(join(folder, 'python'));

  renderInTypeScript(overlay, join(folder, 'typescript'));
  inTypeScript = filesBelow(join(folder, 'typescript'));
}, 400_000);

test('Python renders the collectors, the workspace and their namespace', () => {
  const rendered = [...inPython].filter(([file]) => file.startsWith('charts/')).map(([, text]) => text);
  const kinds = rendered.flatMap((text) => [...text.matchAll(/^kind: (\w+)$/gm)].map(([, kind]) => kind));
  expect(kinds).toEqual(expect.arrayContaining(['Workspace', 'FieldExport', 'Namespace', 'Deployment', 'DaemonSet']));
});

test('each file of a chart is the same, byte for byte, as the app renders it in TypeScript', () => {
  const charts = [...inPython.keys()].filter((file) => file.startsWith('charts/'));
  expect(charts).toHaveLength(4);
  for (const file of charts) {
    expect(`${file}\n${inPython.get(file)}`).toBe(`${file}\n${inTypeScript.get(file)}`);
  }
});

test('each file of the kustomize tree is the same, byte for byte', () => {
  const tree = (files: ReadonlyMap<string, string>) => [...files].filter(([file]) => file.startsWith('tree/'));
  expect(tree(inPython).length).toBeGreaterThan(4);
  expect(tree(inPython)).toEqual(tree(inTypeScript));
});

test('an error names the prop and the mend in Python too', async () => {
  const code = [
    'from cdk8s import App, Chart',
    'from eks_sightline_k8s_charts import AckLogGroup',
    "AckLogGroup(Chart(App(), 'c'), 'g', name='g', namespace='n', log_group_name='/eks/x', retention_days=2)",
  ];
  const { status, stderr } = await run([python, '-c', code.join('\n')], { env: quiet, timeout: 60_000 });
  expect(status).toBe(1);
  expect(stderr).toContain('AckLogGroupProps.retentionDays: got 2, allowed: 1, 3, 5');
});

/** The app's own charts; of the tree, those files that Python renders too. */
function renderInTypeScript(overlay: { readonly name: string }, folder: string): void {
  const { Installation }: Installations = require(join(app, 'cluster', 'installation.js'));
  const charts = new App({ outdir: join(folder, 'charts') });
  const { manifests } = new Installation(charts, overlay);
  charts.synth();
  const shared = manifests.filter(({ source }) => inPython.has(`charts/${source.node.id}.k8s.yaml`));
  const tree = new KustomizeTree({
    generatedBy: 'the suite',
    overlays: [{ name: overlay.name, manifests: [...shared] }],
  });
  for (const { path, text } of tree.files) {
    const file = join(folder, 'tree', path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}

function filesBelow(folder: string): Map<string, string> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const files = entries.map((entry) => join(entry.parentPath, entry.name)).sort();
  return new Map(files.map((file) => [file.slice(folder.length + 1), readFileSync(file, 'utf8')]));
}
