import type { MapNode, Node } from '../../../text';
import { sourceText } from './settings';

type Shape = 'list' | 'map' | 'scalar';

/** What each setting is in every version; those that are not here are anything. */
const LISTS = `scrape_configs rule_files scrape_config_files remote_write remote_read relabel_configs metric_relabel_configs
  write_relabel_configs kubernetes_sd_configs static_configs source_labels targets names selectors scrape_protocols`;
const MAPS =
  'global alerting external_labels labels params queue_config metadata_config sigv4 tls_config basic_auth headers';
const SCALARS = `job_name scrape_interval scrape_timeout evaluation_interval remote_timeout metrics_path scheme honor_labels
  honor_timestamps sample_limit target_limit label_limit role url target_label replacement regex separator action modulus
  region role_arn profile access_key secret_key capacity max_shards min_shards batch_send_deadline`;

const SHAPES: ReadonlyMap<string, Shape> = new Map(
  (
    [
      ['list', LISTS],
      ['map', MAPS],
      ['scalar', SCALARS],
    ] as const
  ).flatMap(([shape, keys]) => keys.split(/\s+/).map((key) => [key, shape] as const)),
);

const DURATIONS = new Set(
  'scrape_interval scrape_timeout evaluation_interval remote_timeout batch_send_deadline'.split(' '),
);
/** Prometheus' durations: each unit once, from the longest to the shortest. */
const DURATION = /^(?:0|(?:\d+y)?(?:\d+w)?(?:\d+d)?(?:\d+h)?(?:\d+m)?(?:\d+s)?(?:\d+ms)?)$/;

export interface Misshapen {
  readonly what: string;
  readonly node: Node;
}

/** Settings of a map that have the wrong shape: a text where a list belongs, a duration that is none. */
export function* misshapen({ entries }: MapNode, where: string): Iterable<Misshapen> {
  for (const [key, { value: node }] of entries) {
    const shape = SHAPES.get(key);
    if (!shape || (node.kind === 'scalar' && (node.value === null || isTemplate(sourceText(node))))) continue;
    if (node.kind !== shape)
      yield { what: `${key} of ${where} is a ${shape === 'scalar' ? 'single value' : shape}`, node };
    else if (node.kind === 'scalar' && DURATIONS.has(key) && !DURATION.test(sourceText(node))) {
      yield { what: `${JSON.stringify(sourceText(node))} is no duration, as ${key} of ${where} has to be`, node };
    }
  }
}

function isTemplate(text: string): boolean {
  return /[$]|\{\{|<\w/.test(text);
}
