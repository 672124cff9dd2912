import { textOf } from '../../model';
import { type AlloyStatement, attributeOf, blocksOf, componentId, evaluateAlloy, plainValue } from '../../read/alloy';
import type { Break } from '../path';
import { isNear } from './prometheus/accepted';
import { secondsOf } from './prometheus/durations';

/** Components on a signal's way; a name that is all but one of them is a slip, any other may be one of Alloy's many. */
const COMPONENTS = [
  'discovery.kubernetes',
  'discovery.relabel',
  'local.file_match',
  'loki.process',
  'loki.relabel',
  'loki.source.file',
  'loki.source.kubernetes',
  'loki.write',
  'prometheus.operator.podmonitors',
  'prometheus.operator.servicemonitors',
  'prometheus.relabel',
  'prometheus.remote_write',
  'prometheus.scrape',
];

/** What Alloy refuses when it loads a configuration that it could parse. */
export function alloyFault(body: readonly AlloyStatement[]): Break | undefined {
  for (const block of body) {
    if (block.kind !== 'block' || COMPONENTS.includes(block.name)) continue;
    const meant = COMPONENTS.find((name) => isNear(block.name, name));
    if (meant) return refused(`it has no component ${block.name}`, block.nameSpan, `write ${meant}`);
  }
  for (const scrape of blocksOf(body, 'prometheus.scrape')) {
    const [interval, timeout] = ['scrape_interval', 'scrape_timeout'].map((name) => {
      const attribute = attributeOf(scrape.body, name);
      const text =
        attribute && textOf(plainValue(evaluateAlloy(attribute.value, { env: none, hasComponent: () => true })));
      return { span: attribute?.value.span, seconds: text === undefined ? undefined : secondsOf(text) };
    });
    // Without them: a minute, and ten seconds.
    if (timeout.span && (timeout.seconds ?? 0) > (interval.seconds ?? 60)) {
      return refused(
        `the timeout of ${componentId(scrape)} is longer than its interval`,
        timeout.span,
        'shorten the timeout',
      );
    }
  }
  return undefined;
}

function none() {
  return { kind: 'unknown', missing: { kind: 'value', what: 'a variable' } } as const;
}

function refused(what: string, span: Break['span'], help: string): Break {
  return {
    claim: 'config-is-accepted',
    message: `Alloy does not load its configuration: ${what}`,
    related: [],
    help,
    ...(span && { span }),
  };
}
