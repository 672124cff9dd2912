import { copyLabel, type RelabelRule } from './relabel-rule';

const META = '__meta_kubernetes_pod_';
const PORT = '__tmp_port';

/** 1 to 65535, without leading zeros. */
const PORT_NUMBER = '[1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5]';

/** The rules that turn discovered pods into targets by the annotation contract of `PodDiscovery.annotations`. */
export function annotationRules(defaultPort: number): RelabelRule[] {
  return [
    { action: 'keep', sourceLabels: [`${META}annotation_prometheus_io_scrape`], regex: 'true' },
    // A pod that has ended keeps its annotations and its address, which another pod may have by now.
    { action: 'keep', sourceLabels: [`${META}phase`], regex: 'Running' },
    { action: 'drop', sourceLabels: [`${META}container_init`], regex: 'true' },

    // A port that is missing, named or out of range leaves the default in place: the failing scrape is then seen as
    // `up == 0`, whereas a target that was dropped would be seen by nobody.
    { action: 'replace', targetLabel: PORT, replacement: String(defaultPort) },
    copyLabel(`${META}annotation_prometheus_io_port`, `(${PORT_NUMBER})`, PORT),
    {
      action: 'replace',
      sourceLabels: [`${META}ip`, PORT],
      separator: ';',
      regex: '([0-9.]+);(.+)',
      targetLabel: '__address__',
      replacement: '$1:$2',
    },
    {
      action: 'replace',
      sourceLabels: [`${META}ip`, PORT],
      separator: ';',
      regex: '([0-9a-fA-F]*:[0-9a-fA-F:.]*);(.+)',
      targetLabel: '__address__',
      replacement: '[$1]:$2',
    },

    copyLabel(`${META}annotation_prometheus_io_path`, '(.+)', '__metrics_path__'),
    copyLabel(`${META}annotation_prometheus_io_scheme`, '(https?)', '__scheme__'),

    copyLabel('__meta_kubernetes_namespace', '(.+)', 'namespace'),
    copyLabel(`${META}name`, '(.+)', 'pod'),
    // The last rule that finds something wins: `app` before `app.kubernetes.io/name`.
    copyLabel(`${META}label_app_kubernetes_io_name`, '(.+)', 'app'),
    copyLabel(`${META}label_app`, '(.+)', 'app'),

    // Discovery makes one target of each declared port of each container. All of them have the same address by now; without
    // what tells them apart they are one target.
    { action: 'labeldrop', regex: `${META}container_.+` },
  ];
}
