import { type Missing, textOf } from '../../../model';
import { itemsAt, mapAt, scalarAt } from '../../../read/access';
import type { Node, ScalarNode } from '../../../text';
import type { MetricsSink, Signing } from '../metrics-plan';
import { relabelRules } from './rules';
import type { Settings } from './settings';

const OTHER_AUTH = [
  'basic_auth',
  'authorization',
  'oauth2',
  'azuread',
  'google_iam',
  'bearer_token',
  'bearer_token_file',
];

const HOW = 'add "sigv4: {region: <region of the workspace>}" to the remote write';

/** The places that a list `remote_write` names. */
export function remoteWrites(list: readonly Node[], settings: Settings): readonly MetricsSink[] {
  return list.flatMap((node, index) => {
    const url = settings.setting(node, 'url');
    if (!url) return [];
    const name = settings.text(node, 'name');
    const component = name ? `remote_write ${name}` : list.length > 1 ? `remote_write ${index + 1}` : 'remote_write';
    const otherAuth = OTHER_AUTH.find((key) => node.kind === 'map' && isGiven(node.entries.get(key)?.value));
    const signing = signingOf(node, settings);
    return [
      {
        component,
        index,
        url,
        rules: relabelRules(node, 'write_relabel_configs', component, settings),
        howToSign: HOW,
        span: url.span,
        ...(signing && { signing }),
        ...(otherAuth && { otherAuth }),
      },
    ];
  });
}

function isGiven(node: Node | undefined): boolean {
  return node !== undefined && !(node.kind === 'scalar' && node.value === null);
}

/** A key `sigv4` without a value is no setting at all, `sigv4: {}` is the default chain. */
function signingOf(node: Node, settings: Settings): Signing | undefined {
  const sigv4 = mapAt(node, 'sigv4');
  if (!sigv4) return undefined;
  const [region, roleArn] = [settings.setting(sigv4, 'region'), settings.setting(sigv4, 'role_arn')];
  const service = settings.setting(sigv4, 'service_name');
  return {
    span: node.kind === 'map' ? (node.entries.get('sigv4')?.key ?? sigv4.span) : sigv4.span,
    ...(region && textOf(region.value) !== '' && { region }),
    ...(roleArn && textOf(roleArn.value) !== '' && { roleArn }),
    ...(service && { service }),
  };
}

/** Files that hold further scrapes, which nothing of the input shows. */
export function fileGaps(root: Node, settings: Settings): readonly Missing[] {
  const files = itemsAt(root, 'scrape_config_files').flatMap((item) => settings.text(item) ?? []);
  return files.map((file) => ({
    kind: 'not-examined',
    what: `not examined by this version: scrape_config_files ${file}`,
  }));
}

export function textScalar(node: Node | undefined, ...path: readonly string[]): ScalarNode | undefined {
  const scalar = scalarAt(node, ...path);
  return typeof scalar?.value === 'string' ? scalar : undefined;
}
