import {
  concat,
  type DataSource,
  known,
  labelBy,
  labelOf,
  textOf,
  unknown,
  type Value,
  type ValueFrom,
  type World,
  written,
} from '../../model';
import type { Span } from '../../text';
import { exportedTo } from '../bindings';
import type { Break } from '../path';
import { grafanaOf } from './grafana';
import { chosenPlugin } from './plugins';

/** A data source with the values that whoever makes it fills in. */
export interface ResolvedSource {
  readonly source: DataSource;
  readonly url?: Value;
  /** Why it is never made as it is meant. */
  readonly broken?: Break;
  /** Where values come from, for a report. */
  readonly origins: readonly { readonly span: Span; readonly message: string }[];
}

const kept = new WeakMap<World, readonly ResolvedSource[]>();

/** Every data source of a world; they are asked for with each panel. */
export function sourcesOf(world: World): readonly ResolvedSource[] {
  const seen = kept.get(world);
  if (seen) return seen;
  const found = world.grafana.dataSources.map((source) => resolved(source, world));
  kept.set(world, found);
  return found;
}

function resolved(source: DataSource, world: World): ResolvedSource {
  const { valuesFrom, owner } = source;
  const read = valuesFrom.map((from) => ({ from, ...keyValue(from, source, world) }));
  const broken = read.find((one) => one.broken)?.broken;
  const filled = (field: string, value: Value | undefined) =>
    value && owner.kind === 'operator' ? fill(value, field, read) : value;
  const settings = new Map(
    [...source.settings].map(([name, setting]) => [
      name,
      { ...setting, value: filled(`jsonData.${name}`, setting.value) ?? setting.value },
    ]),
  );
  const { workspace } = source.fitsVersion ? grafanaOf(owner, world) : {};
  const type = source.fitsVersion ? known(chosenPlugin(workspace?.version), source.type?.span) : source.type;
  const [url, uid, name] = [filled('url', source.url), filled('uid', source.uid), filled('name', source.name)];
  return {
    source: { ...source, settings, ...(uid && { uid }), ...(name && { name }), ...(type && { type }) },
    origins: read.map(({ from }) => ({
      span: from.key.span,
      message: `\${${from.key.value}} comes from ${from.kind === 'secret' ? 'Secret' : 'ConfigMap'} ${from.name.value}`,
    })),
    ...(url && { url }),
    ...(broken && { broken }),
  };
}

interface Filling {
  readonly from: ValueFrom;
  readonly value: Value;
}

/** The operator replaces `${key}` and `$key` in the field that is named. */
function fill(value: Value, field: string, fillings: readonly Filling[]): Value {
  const text = textOf(value);
  const byKey = new Map(fillings.filter(({ from }) => from.target === field).map((one) => [one.from.key.value, one]));
  if (text === undefined || !text.includes('$') || byKey.size === 0) return value;
  const parts: Value[] = [];
  let from = 0;
  for (const found of text.matchAll(/\$(?:\{([^}]+)\}|([\w.-]+))/g)) {
    const filling = byKey.get(found[1] ?? found[2]);
    if (!filling) continue;
    parts.push(known(text.slice(from, found.index)), filling.value);
    from = found.index + found[0].length;
  }
  return concat([...parts, known(text.slice(from))], value.span);
}

/** What a key of a ConfigMap holds, or will hold. */
function keyValue(from: ValueFrom, source: DataSource, world: World): { value: Value; broken?: Break } {
  const { name, key, namespace, kind } = from;
  const open = (what: string) => unknown(kind === 'secret' ? 'secret' : 'config-map-key', what, undefined, key.span);
  const place = `ConfigMap ${namespace ? `${namespace.value}/` : ''}${name.value}`;
  if (kind === 'secret') return { value: open(`key ${key.value} of Secret ${name.value}`) };
  const configMap = world.cluster.configMap(namespace, name.value);
  const exported = exportedTo(world, namespace, name.value, key.value);
  if (exported && (configMap || !world.closedManifests)) {
    if ('value' in exported) return exported;
    return { value: open(`key ${key.value} of ${place}`), broken: exported.broken };
  }
  const scalar = configMap?.data.get(key.value);
  if (scalar) return { value: written(`${scalar.value}`, scalar.span) };
  const value = open(configMap ? `key ${key.value} of ${place}` : place);
  if (!world.closedManifests || configMap?.unreadable.has(key.value)) return { value };
  const who = source.owner.kind === 'operator' ? labelOf(source.owner.object) : source.label;
  const message = configMap
    ? `${who} takes ${from.target} from key ${key.value} of ${place}, which nothing writes`
    : `${who} takes ${from.target} from ${place}, which does not exist`;
  return {
    value,
    broken: {
      claim: configMap ? 'config-map-has-key' : 'config-map-exists',
      message,
      span: configMap ? key.span : name.span,
      related: configMap ? [{ span: configMap.object.name.span, message: `${place} is declared here` }] : [],
      subject: labelBy('ConfigMap', namespace, name),
    },
  };
}
