import type { Rule } from './rule';

/** Input that cannot be read is told as a finding too; it makes the exit code 2. */
const RULES: Readonly<Record<string, Rule>> = {
  'yaml-syntax': input(
    'broken-yaml',
    'a manifest is not valid YAML',
    'nothing in the document is judged',
    'mend the syntax',
  ),
  'json-syntax': input('broken-json', 'a file is not valid JSON', 'nothing in the file is judged', 'mend the syntax'),
  'too-deep': input(
    'too-deep',
    'a document is nested too deeply',
    'nothing in the document is judged',
    'leave the file out',
  ),
  'too-many-aliases': input(
    'too-many-aliases',
    'aliases expand without end',
    'nothing in the document is judged',
    'write the values out',
  ),
  'too-large': input('too-large', 'a file is too large', 'nothing in the file is judged', 'leave the file out'),
  'missing-path': input('missing-path', 'a path does not exist', 'what it should hold is not judged', 'check the path'),
  'not-text': input('not-text', 'a file is not text', 'it cannot be judged', 'give manifests or templates'),
  'not-recognised': input(
    'not-recognised',
    'a file is none that can be judged',
    'it is left out',
    'give manifests or templates',
  ),
  'no-overlay': input('missing-world', 'there is no world of that name', 'nothing is judged', 'name one that is there'),
  config: input('broken-config', 'sightline.json is not as it should be', 'nothing is judged', 'mend sightline.json'),
};

/** The build fails, but nothing is unreadable: what is wrong is the wiring of a patch. */
const PATCH: Rule = {
  id: 'gitops/patch-without-target',
  severity: 'error',
  summary: 'a patch is for an object that does not exist',
  why: 'kustomize refuses to build, so nothing of the overlay is applied',
  help: 'apiVersion, kind, name and namespace of the patch must be those of an object',
};

const DUPLICATE: Rule = {
  id: 'gitops/duplicate-object',
  severity: 'error',
  summary: 'two objects of a build are the same one',
  why: 'kustomize refuses to build, so nothing of the overlay is applied',
  help: 'give each object a name of its own; a namespace transformer renames every Namespace',
};

/** What a kustomization that cannot be built means. Readers of it have codes of their own. */
const BUILD = input(
  'broken-kustomization',
  'a kustomization cannot be built',
  'its objects are judged as far as they were built',
  'run "kustomize build" and mend what it says',
);

export const NOT_FOLLOWED: Rule = {
  id: 'input/not-followed',
  severity: 'info',
  summary: 'a part of the input is not followed',
  why: 'what it would add is unknown',
  help: 'render it and give the output',
};

const WIRING: Readonly<Record<string, Rule>> = {
  'kustomize-patch-target': PATCH,
  'kustomize-duplicate-object': DUPLICATE,
};

export function inputRule(code: string): Rule {
  return WIRING[code] ?? RULES[code] ?? BUILD;
}

export const inputRules: readonly Rule[] = [...Object.values(RULES), BUILD, PATCH, DUPLICATE, NOT_FOLLOWED];

function input(thing: string, summary: string, why: string, help: string): Rule {
  return { id: `input/${thing}`, severity: 'error', summary, why, help };
}
