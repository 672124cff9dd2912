import { textOf, type Value } from '../../model';
import { type Hop, HopBuilder } from '../path';
import type { GrafanaPlace } from './grafana';
import type { ResolvedSource } from './resolved-source';

export const CORE = 'prometheus';
export const AMAZON = 'grafana-amazonprometheus-datasource';
/** What the constructs write where the plugin is to be chosen by the version of Grafana. */
export const BY_VERSION = 'amp';

/** Grafana's own plugin for Prometheus, and those that are made of it. */
export function isPrometheus(type: string): boolean {
  return type === CORE || type === BY_VERSION || /^grafana-[0-9a-z]+prometheus-datasource$/.test(type);
}

/** From this version of Amazon Managed Grafana on the core plugin does not sign (AMG user guide, prometheus-manually-adding). */
const WITHOUT_CORE_SIGV4 = 12;

/** The plugin that is chosen for a version of Grafana; itself where nobody says the version. */
export function chosenPlugin(version: Value | undefined): string {
  const major = majorOf(version);
  if (major === undefined) return BY_VERSION;
  return major < WITHOUT_CORE_SIGV4 ? CORE : AMAZON;
}

function majorOf(version: Value | undefined): number | undefined {
  const [digits] = /^\d+/.exec((version && textOf(version)) ?? '') ?? [];
  return digits === undefined ? undefined : Number(digits);
}

/** Can the plugin speak with Amazon Managed Service for Prometheus in this Grafana? */
export function pluginHop({ source }: ResolvedSource, place: GrafanaPlace): Hop {
  const type = source.type && textOf(source.type);
  const hop = new HopBuilder('plugin', source.label, type ?? 'a plugin');
  if (type === undefined) return hop.lacks({ kind: 'value', what: `the type of ${source.label}` }).build();
  if (source.fitsVersion) return hop.saw('its plugin is chosen by the version of Grafana', source.span).build();
  if (type !== CORE) return hop.saw(`${source.label} is read by plugin ${type}`, source.type?.span).build();
  const { workspace } = place;
  if (!workspace) {
    return hop.saw(`${source.label} is read by Grafana's own plugin for Prometheus`, source.type?.span).build();
  }
  const version = workspace.version && textOf(workspace.version);
  const major = majorOf(workspace.version);
  if (major === undefined) {
    const what = `the version of ${workspace.label}: from ${WITHOUT_CORE_SIGV4} on, plugin ${CORE} does not sign`;
    return hop.lacks({ kind: 'version', what, help: `take plugin ${AMAZON}` }).build();
  }
  if (major < WITHOUT_CORE_SIGV4)
    return hop.saw(`plugin ${CORE} signs requests in Grafana ${version}`, workspace.version?.span).build();
  return hop
    .breaks({
      claim: 'plugin-signs',
      message: `${source.label} is of type ${CORE}, which does not sign requests in Grafana ${version}`,
      span: source.type?.span ?? source.span,
      related: [
        { span: workspace.version?.span ?? workspace.span, message: `${workspace.label} has version ${version}` },
      ],
      help: `take type ${AMAZON}`,
    })
    .build();
}
