import { type Missing, textOf } from '../../../model';
import { at, mapAt, scalarAt } from '../../../read/access';
import type { Node } from '../../../text';
import type { Break } from '../../path';
import type { MetricsSink, Setting, Signing } from '../metrics-plan';
import { externalLabels } from '../prometheus/external-labels';
import type { Settings } from '../prometheus/settings';
import { component, componentsOf, enabledExtensions, typeOf } from './service';

const HOW =
  'add an extension sigv4auth with service aps, enable it in service.extensions, and name it as auth.authenticator';

/** The exporters that write by Prometheus' remote write; ADOT before 0.31 had one of its own that signed itself. */
export function remoteWriters(root: Node, settings: Settings): readonly MetricsSink[] {
  const own = componentsOf(root, 'exporters', 'prometheusremotewrite');
  const old = componentsOf(root, 'exporters', 'awsprometheusremotewrite');
  return [...own, ...old].flatMap(({ name, key, node }, index) => {
    const url = settings.setting(node, 'endpoint');
    if (!url) return [];
    const auth = typeOf(name) === 'awsprometheusremotewrite' ? oldAuth(node, settings) : authOf(root, node, settings);
    const labels = externalLabels(at(node, 'external_labels'), settings);
    const addsSuffixes = textOf(settings.value(node, 'add_metric_suffixes')) !== 'false';
    const names = { externalLabels: labels, addsSuffixes };
    return [{ component: name, index, url, rules: [], howToSign: HOW, span: key, ...names, ...auth }];
  });
}

/** Before the exporter has an endpoint it does not start; found by its pipelines. */
export function withoutEndpoint(root: Node): readonly { readonly name: string; readonly broken: Break }[] {
  return componentsOf(root, 'exporters', 'prometheusremotewrite')
    .filter(({ node }) => !scalarAt(node, 'endpoint')?.value)
    .map(({ name, key }) => ({
      name,
      broken: {
        claim: 'config-is-accepted',
        message: `the collector does not load its configuration: exporter ${name} has no endpoint`,
        span: key,
        related: [],
      },
    }));
}

interface Auth {
  readonly signing?: Signing;
  readonly otherAuth?: string;
  readonly broken?: Break;
  readonly missing?: readonly Missing[];
}

function oldAuth(node: Node, settings: Settings): Auth {
  const auth = mapAt(node, 'aws_auth');
  if (!auth) return {};
  const [region, service, roleArn] = ['region', 'service', 'role_arn'].map((key) => settings.setting(auth, key));
  return {
    signing: {
      span: auth.span,
      ...given('region', region),
      ...given('service', service),
      ...given('roleArn', roleArn),
    },
  };
}

function authOf(root: Node, exporter: Node, settings: Settings): Auth {
  const setting = settings.setting(exporter, 'auth', 'authenticator');
  const name = setting && textOf(setting.value);
  if (!setting) return at(exporter, 'headers', 'Authorization') ? { otherAuth: 'a header Authorization' } : {};
  if (name === undefined) return { missing: [{ kind: 'value', what: 'the authenticator of the exporter' }] };
  const extension = component(root, 'extensions', name);
  if (!extension) {
    const [near] = componentsOf(root, 'extensions', 'sigv4auth');
    return {
      broken: {
        claim: 'component-exists',
        message: `an exporter authenticates with ${name}, which extensions does not have`,
        span: setting.span,
        related: near ? [{ span: near.key, message: `extensions has ${near.name}` }] : [],
        help: `declare ${name} in extensions, or name one that is there`,
      },
      signing: { span: setting.span, isFromUrl: true },
    };
  }
  const enabled = enabledExtensions(root);
  const isEnabled = enabled.some((other) => other.name === name);
  const broken: Break | undefined = isEnabled
    ? undefined
    : {
        claim: 'extension-is-enabled',
        message: `an exporter authenticates with ${name}, which service.extensions does not start`,
        span: setting.span,
        related: [
          { span: extension.key, message: `${name} is declared here` },
          ...(enabled[0] ? [{ span: enabled[0].span, message: 'extensions that are started' }] : []),
        ],
        help: `add ${name} to service.extensions`,
      };
  if (typeOf(name) !== 'sigv4auth') return { otherAuth: name, ...(broken && { broken }) };
  const { node, key } = extension;
  const [region, service] = [settings.setting(node, 'region'), settings.setting(node, 'service')];
  const roleArn = settings.setting(node, 'assume_role', 'arn');
  return {
    signing: {
      span: key,
      isFromUrl: true,
      ...given('region', region),
      ...given('service', service),
      ...given('roleArn', roleArn),
    },
    ...(broken && { broken }),
  };
}

/** An empty text is as good as none. */
function given<K extends 'region' | 'service' | 'roleArn'>(
  key: K,
  setting: Setting | undefined,
): Partial<Record<K, Setting>> {
  return setting && textOf(setting.value) !== '' ? ({ [key]: setting } as Record<K, Setting>) : {};
}
