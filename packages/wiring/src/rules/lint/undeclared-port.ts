import { type Container, labelOf } from '../../model';
import { example } from '../example';
import { METRICS } from '../examples/metrics';
import type { LintRule } from './lint-rule';

const SCRAPE = 'prometheus.io/scrape';
const PORT = 'prometheus.io/port';
/** Where a port is named for its metrics, a path breaks, which says more. */
const METRICS_NAME = /(?:^|-)(?:metrics?|prom|prometheus|exporter|telemetry)(?:-|$)/;
/** Side-cars that are put into the pod later: Istio's, Linkerd's. */
const INJECTED = new Set(['15020', '15090', '4191']);

export const undeclaredPort: LintRule = {
  id: 'metrics/undeclared-port',
  severity: 'info',
  summary: 'a pod asks to be scraped on a port that none of its containers declares',
  why: 'where nobody listens there, every scrape fails: connection refused',
  help: 'name the port that serves metrics, and declare it in the container',
  example: example(METRICS, {
    file: 'shop.yaml',
    good: 'prometheus.io/port: "9113"',
    bad: 'prometheus.io/port: metrics',
  }),
  check: ({ world }) =>
    world.cluster.workloads.flatMap(({ object, pod }) => {
      const said = pod.annotations.get(PORT);
      if (!said || pod.annotations.get(SCRAPE)?.value !== 'true') return [];
      const label = labelOf(object);
      if (!/^\d+$/.test(said.value)) {
        if (/[$<{]/.test(said.value) || said.value.includes(',')) return [];
        return [
          {
            subject: label,
            message: `${PORT} of ${label} is ${JSON.stringify(said.value)}, which is no number`,
            span: said.span,
          },
        ];
      }
      const serving = pod.containers.filter(({ role }) => role !== 'init');
      const ports = serving.flatMap((container) => container.ports);
      const isMentioned = serving.some((container) => mentions(container, said.value));
      const isTold = !isMentioned && ports.some(({ name }) => METRICS_NAME.test(name ?? ''));
      const isClear =
        ports.length > 0 &&
        !isTold &&
        !ports.some(({ number }) => `${number}` === said.value) &&
        !INJECTED.has(said.value);
      if (!isClear) return [];
      const message = `${label} asks to be scraped on port ${said.value}, and its containers declare ${ports.map(({ number }) => number).join(', ')}`;
      return [
        {
          subject: label,
          message,
          span: said.span,
          related: [{ span: ports[0].span, message: `port ${ports[0].number} is declared here` }],
        },
      ];
    }),
};

/** The number stands somewhere else in the container: a flag, a variable, a probe. */
function mentions({ arguments: words, env, envFrom, probes }: Container, port: string): boolean {
  const word = new RegExp(`(?<!\\d)${port}(?!\\d)`);
  return (
    envFrom.length > 0 ||
    words.some(({ value }) => word.test(value)) ||
    env.some(({ source }) => source.kind === 'value' && word.test(source.value)) ||
    probes.some((probe) => probe.port === port)
  );
}
