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
  const ids = new Set(body.flatMap((block) => (block.kind === 'block' ? [componentId(block)] : [])));
  for (const block of body) {
    if (block.kind !== 'block' || COMPONENTS.includes(block.name)) continue;
    const meant = COMPONENTS.find((name) => isNear(block.name, name));
    if (meant) return refused(`it has no component ${block.name}`, block.nameSpan, `write ${meant}`);
  }
  for (const scrape of blocksOf(body, 'prometheus.scrape')) {
    const [interval, timeout] = ['scrape_interval', 'scrape_timeout'].map((name) => {
      const attribute = attributeOf(scrape.body, name);
      const text = attribute && textOf(plainValue(evaluated(attribute, ids)));
      const isBare = /^\d+(?:\.\d+)?$/.test(text ?? '') && Number(text) !== 0;
      return {
        name,
        text,
        isBare,
        span: attribute?.value.span,
        seconds: text === undefined ? undefined : secondsOf(text),
      };
    });
    const bare = [interval, timeout].find(({ isBare }) => isBare);
    if (bare) return refused(`${bare.name} of ${componentId(scrape)} has no unit`, bare.span, `write "${bare.text}s"`);
    // Without them: a minute, and ten seconds.
    if (timeout.span && (timeout.seconds ?? 0) > (interval.seconds ?? 60)) {
      return refused(
        `the timeout of ${componentId(scrape)} is longer than its interval`,
        timeout.span,
        'shorten the timeout',
      );
    }
  }
  return roleFault(body, ids) ?? exportFault(body, ids);
}

const ROLES = ['pod', 'service', 'endpoints', 'endpointslice', 'ingress', 'node'];

function roleFault(body: readonly AlloyStatement[], ids: ReadonlySet<string>): Break | undefined {
  for (const block of blocksOf(body, 'discovery.kubernetes')) {
    const attribute = attributeOf(block.body, 'role');
    const role = attribute && textOf(plainValue(evaluated(attribute, ids)));
    if (attribute && role !== undefined && !ROLES.includes(role)) {
      return refused(
        `${role} is no role of ${componentId(block)}`,
        attribute.value.span,
        `roles are ${ROLES.join(', ')}`,
      );
    }
  }
  return undefined;
}

/** What takes samples or targets of another component, by name, and what of that component it takes. */
const TAKES: readonly (readonly [name: string, what: RegExp, part: string])[] = [
  ['forward_to', /^prometheus\.(?:remote_write|relabel)\./, 'receiver'],
  ['targets', /^discovery\.(?:relabel)\./, 'output'],
  ['targets', /^discovery\.(?!relabel\.)/, 'targets'],
];

/** A whole component where one of its exports is meant has the wrong type. */
function exportFault(body: readonly AlloyStatement[], ids: ReadonlySet<string>): Break | undefined {
  for (const block of body) {
    if (block.kind !== 'block') continue;
    for (const [name, what, part] of TAKES) {
      const attribute = attributeOf(block.body, name);
      const value = attribute && evaluated(attribute, ids);
      const items = value?.kind === 'list' ? value.items : value ? [value] : [];
      for (const item of items) {
        if (item.kind !== 'reference' || item.path.length > 0 || !what.test(item.component ?? '')) continue;
        return refused(
          `${name} of ${componentId(block)} is ${item.component}`,
          item.span,
          `write ${item.component}.${part}`,
        );
      }
    }
  }
  return undefined;
}

function evaluated({ value }: NonNullable<ReturnType<typeof attributeOf>>, ids: ReadonlySet<string>) {
  return evaluateAlloy(value, { env: none, hasComponent: (id) => ids.has(id) });
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
