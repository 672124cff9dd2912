import type { Span } from '../../../text';
import type { Collector } from '../find';

export interface FlagFault {
  readonly what: string;
  readonly span: Span;
  readonly help: string;
}

const AGENT = /^(?:--agent|--enable-feature=(?:.*,)?agent(?:,.*)?)$/;
/** Flags that exist in one mode only; in the other Prometheus ends at its start (cmd/prometheus/main.go). */
const OF_AGENT = /^--storage\.agent\./;
const OF_SERVER = /^--(?:storage\.tsdb|storage\.remote\.read|query|rules|alertmanager)[.-]/;

/** The flag by which Prometheus is an agent. */
export function agentFlag({ container }: Collector): { readonly span: Span } | undefined {
  return container.arguments.find(({ value }) => AGENT.test(value));
}

/** Flags that the mode does not have, and a configuration that the chart does not mount. */
export function* flagFaults(collector: Collector): Iterable<FlagFault> {
  const { arguments: words } = collector.container;
  // A shell, or a program that only reads the same configuration, has words of its own.
  if (!words.some(({ value }) => value.startsWith('--config.file'))) return;
  const agent = agentFlag(collector);
  for (const { value, span } of words) {
    const [name] = value.split('=');
    if (agent && OF_SERVER.test(value)) {
      yield { what: `${name} is no flag of an agent`, span, help: `leave it out, or use the flag of --storage.agent` };
    } else if (!agent && OF_AGENT.test(value)) {
      yield { what: `${name} is a flag of agents only`, span, help: 'add --agent, or use the flag of --storage.tsdb' };
    }
  }
  yield* lostInChart(collector);
}

/** Where the chart mounts its ConfigMap, and the file in it that Prometheus is meant to load. */
const CHART = '/etc/config';

function* lostInChart({ container, workload }: Collector): Iterable<FlagFault> {
  const files = workload.object.inline?.files;
  if (!files) return;
  for (const { value, span } of container.arguments) {
    const file = /^--config\.file=\/etc\/config\/([^/]+)$/.exec(value)?.[1];
    if (file !== undefined && !files.includes(file)) {
      yield {
        what: `the chart gives ${CHART}/prometheus.yml, and no ${CHART}/${file}`,
        span,
        help: `load ${CHART}/prometheus.yml`,
      };
    }
  }
}
