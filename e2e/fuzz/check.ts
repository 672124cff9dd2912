import {
  MemoryFileTree,
  readSightlineConfig,
  renderHtml,
  renderJson,
  renderSarif,
  renderText,
  rules,
  type Verdict,
  verify,
} from '@eks-sightline/wiring';
import { damaged } from './damage';
import { Random } from './random';

type Files = Readonly<Record<string, string>>;

/** What is damaged: the good and the bad half of every rule's example. */
const seeds: readonly Files[] = rules.flatMap(({ example }) => (example ? [example.files] : []));

/** Secrets that must stand in no report, in the forms that they come in; whole, for nobody knows one that is not named so. */
const planted = ['c2lnaHRsaW5lLXBsYW50ZWQ=', 'sightline-planted'] as const;
const secrets: readonly Files[] = [
  {
    'planted.yaml': `apiVersion: v1
kind: Secret
metadata: {name: planted, namespace: default}
data: {token: ${planted[0]}, token: ${planted[0]}}
stringData: {token: ${planted[1]}}
`,
  },
  {
    'planted.json': JSON.stringify({
      apiVersion: 'v1',
      kind: 'List',
      items: [{ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'planted' }, data: { token: planted[0] } }],
    }),
  },
  { 'planted.yaml': `apiVersion: v1\nkind: Secret\nmetadata: {name: planted}\ndata: {token: [${planted[0]}\n` },
  {
    'planted.yaml': `apiVersion: apps/v1
kind: Deployment
metadata: {name: planted, namespace: default}
spec:
  template:
    spec:
      containers:
        - name: fluent-bit
          image: fluent/fluent-bit
          env: [{name: API_TOKEN, value: ${planted[1]}}, {name: URL, value: "https://me:${planted[0]}@example.com/"}]
          args: ["--password=${planted[1]}"]
`,
  },
  {
    'planted.yaml': `apiVersion: grafana.integreatly.org/v1beta1
kind: GrafanaDatasource
metadata: {name: planted, namespace: default}
spec:
  datasource:
    name: planted
    type: prometheus
    url: "https://me:${planted[1]}@example.com"
    secureJsonData: {httpHeaderValue1: "Bearer ${planted[0]}"}
`,
  },
  {
    'planted.template.json': JSON.stringify({
      Parameters: { Password: { Type: 'String', NoEcho: true, Default: planted[1] } },
      Resources: {
        Planted: { Type: 'AWS::SecretsManager::Secret', Properties: { SecretString: planted[0] } },
      },
    }),
  },
];

/** The files of one case; the same for the same number. */
export function filesOf(number: number): Files {
  const random = new Random(number);
  const files: Record<string, string> = { ...random.pick(seeds) };
  const names = Object.keys(files);
  for (let turn = 0; turn < 1 + random.below(2); turn += 1) {
    const name = random.pick(names);
    files[name] = damaged(files[name] ?? '', random);
  }
  return { ...files, ...random.pick(secrets) };
}

/**
 * What verify did wrong with one case; undefined when it did nothing wrong. It throws what verify throws.
 *
 * @param everyReport whether the long reports are rendered too
 */
export function faultOf(files: Files, everyReport = true): string | undefined {
  const tree = new MemoryFileTree(files);
  const source = tree.read('sightline.json');
  const config = source && readSightlineConfig(source).config;
  const verdict = verify({ files: tree, paths: [''], tool: { name: 'fuzz', version: '0' }, ...(config && { config }) });
  const reports = [
    renderJson(verdict),
    renderText(verdict, { color: false }),
    ...(everyReport ? [renderHtml(verdict), renderSarif(verdict)] : []),
  ];
  if (reports.some((report) => planted.some((secret) => report.includes(secret)))) {
    return 'a secret is in a report';
  }
  JSON.parse(reports[0] ?? '');
  return inconsistent(verdict, files);
}

function inconsistent({ paths, findings }: Verdict, files: Files): string | undefined {
  const errors = new Set(findings.filter(({ severity }) => severity === 'error').flatMap((finding) => finding.paths));
  const broken = paths.find(({ id, status }) => status === 'broken' && !errors.has(id));
  if (broken) {
    return `the path ${broken.id} is broken without an error`;
  }
  const proven = paths.find(({ status, hops }) => status === 'proven' && hops.some((hop) => hop.status !== 'proven'));
  if (proven) {
    return `the path ${proven.id} is proven, but a hop of it is not`;
  }
  const counts = new Map<string, number>();
  const linesOf = (file: string) => {
    const count = counts.get(file) ?? files[file]?.split(/\r\n|\r|\n/).length ?? 0;
    counts.set(file, count);
    return count;
  };
  for (const { rule, location, related } of findings) {
    for (const place of [location, ...related]) {
      if (place?.file !== undefined && place.line !== undefined) {
        const lines = linesOf(place.file);
        if (place.line < 1 || place.line > lines) {
          return `${rule} points at line ${place.line} of ${place.file}, which has ${lines}`;
        }
      }
    }
  }
  return undefined;
}
