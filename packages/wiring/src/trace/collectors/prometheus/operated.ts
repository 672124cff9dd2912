import { type Missing, textOf } from '../../../model';
import { at, itemsAt, mapAt } from '../../../read/access';
import type { Node } from '../../../text';
import type { Collector } from '../find';
import type { MetricsPlan, MetricsSink, Signing } from '../metrics-plan';
import { relabelRules } from './rules';
import { asWritten, Settings } from './settings';

const OTHER_AUTH = ['basicAuth', 'authorization', 'oauth2', 'azureAd', 'bearerToken', 'bearerTokenFile'];
/** What chooses the objects that say what is scraped. */
const SELECTORS = ['podMonitorSelector', 'serviceMonitorSelector', 'probeSelector', 'scrapeConfigSelector'];

/** Where a Prometheus of the operator writes. What it scrapes stands in monitors, which this version names and does not follow. */
export function operatedPlan({ workload }: Collector): MetricsPlan {
  const spec = workload.object.inline?.node;
  const settings = new Settings(asWritten);
  const sinks = itemsAt(spec, 'remoteWrite').flatMap((node, index) => sinkOf(node, index, settings) ?? []);
  return { program: 'Prometheus', sinks, pipelines: [], gaps: monitors(spec) };
}

function sinkOf(node: Node, index: number, settings: Settings): MetricsSink | undefined {
  const url = settings.setting(node, 'url');
  if (!url) return undefined;
  const name = settings.text(node, 'name');
  const component = name ? `remoteWrite ${name}` : 'remoteWrite';
  const otherAuth = OTHER_AUTH.find((key) => at(node, key) !== undefined);
  const signing = signingOf(node, settings);
  return {
    component,
    index,
    url,
    rules: relabelRules(node, 'writeRelabelConfigs', component, settings),
    howToSign: 'add "sigv4: {region: <region of the workspace>}" to the remote write',
    span: url.span,
    ...(signing && { signing }),
    ...(otherAuth && { otherAuth }),
  };
}

function signingOf(node: Node, settings: Settings): Signing | undefined {
  const sigv4 = mapAt(node, 'sigv4');
  if (!sigv4) return undefined;
  const [region, roleArn] = [settings.setting(sigv4, 'region'), settings.setting(sigv4, 'roleArn')];
  return {
    span: sigv4.span,
    ...(region && textOf(region.value) !== '' && { region }),
    ...(roleArn && textOf(roleArn.value) !== '' && { roleArn }),
  };
}

function monitors(spec: Node | undefined): readonly Missing[] {
  const chosen = SELECTORS.filter((key) => at(spec, key));
  const what = chosen.length > 0 ? chosen.join(', ') : 'its monitors';
  return [{ kind: 'not-examined', what: `not examined by this version: what is scraped by ${what}` }];
}
