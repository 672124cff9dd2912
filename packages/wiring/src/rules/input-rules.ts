import { type Example, example, type Files } from './example';
import { BUILD } from './examples/build';
import { METRICS } from './examples/metrics';
import type { Rule } from './rule';

const METRICS_WITH_OTHER: Files = { ...METRICS, 'compose.yaml': 'services: {}\n' };
const MORE = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: more}\ndata: {}\n';
const KUSTOMIZATION = 'overlays/dev/kustomization.yaml';

/** More aliases than anybody needs: 9 times 9 times 9 … */
const BOMB = ['a', 'b', 'c', 'd', 'e', 'f', 'g']
  .map(
    (name, i, all) =>
      `${name}: &${name} [${Array(9)
        .fill(i === 0 ? 'x' : `*${all[i - 1]}`)
        .join(', ')}]\n`,
  )
  .join('');

/** Input that cannot be read is told as a finding too; it makes the exit code 2. */
const RULES: Readonly<Record<string, Rule>> = {
  'yaml-syntax': input(
    'broken-yaml',
    'a manifest is not valid YAML',
    'nothing in the document is judged',
    'mend the syntax',
    example(METRICS, { file: 'store.yaml', good: '{stage: dev}', bad: '{stage: dev' }),
  ),
  'json-syntax': input(
    'broken-json',
    'a file is not valid JSON',
    'nothing in the file is judged',
    'mend the syntax',
    example(
      { ...METRICS, 'more.json': '{"apiVersion": "v1", "kind": "List", "items": []}\n' },
      { file: 'more.json', good: '[]}', bad: '[}' },
    ),
  ),
  'too-deep': input(
    'too-deep',
    'a document is nested too deeply',
    'nothing in the document is judged',
    'leave the file out',
    example(METRICS, {
      file: 'store.yaml',
      good: '{stage: dev}',
      bad: `{stage: ${'['.repeat(600)}${']'.repeat(600)}}`,
    }),
  ),
  'too-many-aliases': input(
    'too-many-aliases',
    'aliases expand without end',
    'nothing in the document is judged',
    'write the values out',
    example({ ...METRICS, 'more.yaml': MORE }, { file: 'more.yaml', good: 'data: {}\n', bad: BOMB }),
  ),
  'too-large': input('too-large', 'a file is too large', 'nothing in the file is judged', 'leave the file out'),
  'missing-path': input(
    'missing-path',
    'a path does not exist',
    'what it should hold is not judged',
    'check the path',
    example(METRICS, { file: 'sightline.json', good: '"store.yaml"', bad: '"store.yaml", "stores.yaml"' }),
  ),
  'not-text': input('not-text', 'a file is not text', 'it cannot be judged', 'give manifests or templates', {
    ...example({ ...METRICS, 'more.yaml': MORE }, { file: 'more.yaml', good: 'apiVersion', bad: '\0apiVersion' }),
    paths: ['', 'more.yaml'],
  }),
  'not-recognised': input(
    'not-recognised',
    'a file is none that can be judged',
    'it is left out',
    'give manifests or templates',
    example(METRICS_WITH_OTHER, { file: 'sightline.json', good: '"store.yaml"', bad: '"store.yaml", "compose.yaml"' }),
  ),
  'metric-page': input(
    'broken-metrics-page',
    'a saved /metrics page is none',
    'what the target serves is unknown, so that queries of it are not judged',
    'save the page again: curl http://<target>:<port>/metrics > page',
    example(
      {
        ...METRICS,
        'sightline.json': METRICS['sightline.json'].replace(
          '"manifests"',
          '"metrics": [{"file": "page.prom"}], "manifests"',
        ),
        'page.prom': 'orders_total 3\n',
      },
      { file: 'page.prom', good: 'orders_total 3', bad: 'orders_total three' },
    ),
  ),
  'no-overlay': input(
    'missing-world',
    'there is no world of that name',
    'nothing is judged',
    'name one that is there',
    {
      ...example(METRICS, { file: 'sightline.json', good: '"dev"', bad: '"prod"' }),
      overlay: 'dev',
    },
  ),
};

/** The build fails, but nothing is unreadable: what is wrong is the wiring of a patch. */
const PATCH: Rule = {
  id: 'gitops/patch-without-target',
  severity: 'error',
  summary: 'a patch is for an object that does not exist',
  why: 'kustomize refuses to build, so nothing of the overlay is applied',
  help: 'apiVersion, kind, name and namespace of the patch must be those of an object',
  example: example(BUILD, { file: 'overlays/dev/replicas.yaml', good: 'name: web', bad: 'name: website' }),
};

const DUPLICATE: Rule = {
  id: 'gitops/duplicate-object',
  severity: 'error',
  summary: 'two objects of a build are the same one',
  why: 'kustomize refuses to build, so nothing of the overlay is applied',
  help: 'give each object a name of its own; a namespace transformer renames every Namespace',
  example: example(BUILD, {
    file: 'base/kustomization.yaml',
    good: '- shop.yaml\n',
    bad: '- shop.yaml\n  - ./shop.yaml\n',
  }),
};

const DUPLICATE_KEY: Rule = {
  id: 'gitops/duplicate-key',
  severity: 'warning',
  summary: 'a key is given twice in one map',
  why: 'kubectl and kustomize refuse it; Helm and Argo CD take the last value, and the first is lost without a word',
  help: 'keep one of them',
  example: example(METRICS, {
    file: 'store.yaml',
    good: '  alias: shop-dev\n',
    bad: '  alias: shop\n  alias: shop-dev\n',
  }),
};

/** What a kustomization that cannot be built means. Readers of it have codes of their own. */
const BUILD_FAULT = input(
  'broken-kustomization',
  'a kustomization cannot be built',
  'its objects are judged as far as they were built',
  'run "kustomize build" and mend what it says',
  example(BUILD, { file: KUSTOMIZATION, good: 'patches:', bad: 'patch:' }),
);

export const NOT_FOLLOWED: Rule = {
  id: 'input/not-followed',
  severity: 'info',
  summary: 'a part of the input is not followed',
  why: 'what it would add is unknown',
  help: 'render it and give the output',
  example: example(BUILD, {
    file: KUSTOMIZATION,
    good: '  - ../../base\n',
    bad: '  - ../../base\n  - https://github.com/example/more//base?ref=v1\n',
  }),
};

const WIRING: Readonly<Record<string, Rule>> = {
  'kustomize-patch-target': PATCH,
  'kustomize-duplicate-object': DUPLICATE,
  'yaml-duplicate-key': DUPLICATE_KEY,
};

export function inputRule(code: string): Rule {
  return WIRING[code] ?? RULES[code] ?? BUILD_FAULT;
}

export const inputRules: readonly Rule[] = [
  ...Object.values(RULES),
  BUILD_FAULT,
  PATCH,
  DUPLICATE,
  DUPLICATE_KEY,
  NOT_FOLLOWED,
];

function input(thing: string, summary: string, why: string, help: string, of?: Example): Rule {
  return { id: `input/${thing}`, severity: 'error', summary, why, help, ...(of && { example: of }) };
}
