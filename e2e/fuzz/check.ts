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

/** A secret that must stand in no report. */
const planted = 'c2lnaHRsaW5lLXBsYW50ZWQ=';
const secret = `apiVersion: v1
kind: Secret
metadata: {name: planted, namespace: default}
data: {token: ${planted}}
stringData: {token: sightline-planted}
`;

/** The files of one case; the same for the same number. */
export function filesOf(number: number): Files {
  const random = new Random(number);
  const files: Record<string, string> = { ...random.pick(seeds), 'planted.yaml': secret };
  const names = Object.keys(files).filter((name) => name !== 'planted.yaml');
  for (let turn = 0; turn < 1 + random.below(2); turn += 1) {
    const name = random.pick(names);
    files[name] = damaged(files[name] ?? '', random);
  }
  return files;
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
  if (reports.some((report) => report.includes(planted) || report.includes('sightline-planted'))) {
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
  for (const { rule, location, related } of findings) {
    for (const place of [location, ...related]) {
      if (place?.file !== undefined && place.line !== undefined) {
        const lines = files[place.file]?.split(/\r\n|\r|\n/).length ?? 0;
        if (place.line < 1 || place.line > lines) {
          return `${rule} points at line ${place.line} of ${place.file}, which has ${lines}`;
        }
      }
    }
  }
  return undefined;
}
