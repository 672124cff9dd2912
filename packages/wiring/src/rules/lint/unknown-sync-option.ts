import type { KubeObject, Located } from '../../model';
import { labelOf } from '../../model';
import { located } from '../../read/kubernetes';
import { nearestName } from '../../text';
import { example } from '../example';
import { DELIVERED } from '../examples/delivered';
import type { EstateRule } from './lint-rule';

/** Source: https://argo-cd.readthedocs.io/en/stable/user-guide/sync-options/; Argo CD compares the whole text. */
const OPTIONS = [
  ...['CreateNamespace', 'ServerSideApply', 'ApplyOutOfSyncOnly', 'RespectIgnoreDifferences', 'Prune', 'PruneLast'],
  ...['Delete', 'Replace', 'Force', 'Validate', 'SkipDryRunOnMissingResource', 'FailOnSharedResource'],
  ...['ClientSideApplyMigration', 'PrunePropagationPolicy', 'DisableClientSideApplyMigration'],
];
const VALUES: Readonly<Record<string, readonly string[]>> = {
  Prune: ['true', 'false', 'confirm'],
  Delete: ['true', 'false', 'confirm'],
  PrunePropagationPolicy: ['foreground', 'background', 'orphan'],
};
const BOOLEAN = ['true', 'false'];

export const unknownSyncOption: EstateRule = {
  id: 'gitops/unknown-sync-option',
  severity: 'warning',
  summary: 'a sync option is one that Argo CD does not know',
  why: 'options are compared letter by letter; one that is not known has no effect, and nobody is told',
  help: 'write <Option>=true, without spaces',
  example: example(DELIVERED, {
    file: 'argocd/shop.yaml',
    good: '- CreateNamespace=true',
    bad: '- CreateNamespace=true\n      - RespectIgnoreDifference=true',
  }),
  check: ({ worlds, gitOps }) => [
    ...gitOps.applications.flatMap(({ label, syncOptions }) => syncOptions.flatMap((option) => judged(label, option))),
    ...worlds.flatMap(({ objects }) => objects.flatMap(annotated)),
  ],
};

function annotated(object: KubeObject) {
  const text = located(object.node, 'metadata', 'annotations', 'argocd.argoproj.io/sync-options');
  if (!text) return [];
  return text.value.split(',').flatMap((option) => judged(labelOf(object), { ...text, value: option.trim() }));
}

/** Only what is a letter or two from an option, or gives one a value that it does not have: others may be new. */
function judged(label: string, { value: option, span }: Located<string>) {
  const [key, value, ...rest] = option.split('=');
  const known = OPTIONS.find((one) => one === key) ?? near(key.trim());
  if (known === undefined) return [];
  const values = VALUES[known] ?? BOOLEAN;
  if (known === key && rest.length === 0 && value !== undefined && values.includes(value)) return [];
  const meant = `${known}=${values.find((one) => one === value?.trim().toLowerCase()) ?? values[0]}`;
  return [
    {
      subject: `${label}: ${option}`,
      message: `${label} has sync option ${option}, which Argo CD does not know`,
      span,
      help: `write ${meant}`,
    },
  ];
}

function near(key: string): string | undefined {
  return OPTIONS.find((one) => one.toLowerCase() === key.toLowerCase()) ?? nearestName(key, OPTIONS);
}
