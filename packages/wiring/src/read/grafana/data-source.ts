import { createHash } from 'node:crypto';
import {
  type DataSource,
  type DataSourceSetting,
  type GrafanaOwner,
  known,
  type Located,
  textOf,
  type Value,
  type ValueFrom,
  written,
} from '../../model';
import type { Node, ScalarNode, Span } from '../../text';
import { at, booleanAt, mapAt, scalarAt } from '../access';

/** Where a data source is written, and what only that form of it has. */
export interface DataSourceForm {
  readonly owner: GrafanaOwner;
  readonly span: Span;
  /** Wins over the one in the model. */
  readonly uid?: Located<string>;
  /** What Grafana takes when there is no UID; absent: one that no file shows. */
  readonly uidOf?: (name: string) => string;
  readonly valuesFrom?: readonly ValueFrom[];
  readonly fitsVersion?: boolean;
  /** What the text of a field stands for. @default - itself, and what is to be filled in is unknown */
  readonly toValue?: (scalar: ScalarNode) => Value;
}

/** A data source as Grafana's API and its files of provisioning write it; `undefined`: it names no plugin. */
export function readDataSource(model: Node | undefined, form: DataSourceForm): DataSource | undefined {
  if (model?.kind !== 'map' || !scalarAt(model, 'type')) return undefined;
  const { owner, valuesFrom = [], fitsVersion = false, toValue = plain } = form;
  const value = (...path: readonly string[]): Value | undefined => {
    const scalar = scalarAt(model, ...path);
    return scalar && scalar.value !== null && scalar.value !== '' ? toValue(scalar) : undefined;
  };
  const name = value('name');
  const uid = (form.uid && plainText(form.uid)) ?? value('uid') ?? chosen(name, form.uidOf);
  const [type, url] = [value('type'), value('url')];
  const jsonData = at(model, 'jsonData');
  const shown = textOf(name) ?? textOf(uid);
  return {
    label: shown === undefined ? 'a data source' : `data source "${shown}"`,
    owner,
    fitsVersion,
    valuesFrom,
    isDefault: booleanAt(model, 'isDefault') ?? false,
    settings: settingsOf(jsonData, toValue),
    secrets: new Set(mapAt(model, 'secureJsonData')?.entries.keys()),
    span: scalarAt(model, 'name')?.span ?? form.span,
    ...(jsonData && { settingsSpan: jsonData.span }),
    ...(uid && { uid }),
    ...(name && { name }),
    ...(type && { type }),
    ...(url && { url }),
  };
}

/** The UID that Grafana makes of the name of a data source in a file of provisioning. */
export function provisionedUid(name: string): string {
  return `P${createHash('sha256').update(name, 'utf8').digest('hex').slice(0, 16).toUpperCase()}`;
}

function chosen(name: Value | undefined, uidOf: DataSourceForm['uidOf']): Value | undefined {
  const text = name && textOf(name);
  return text !== undefined && uidOf ? known(uidOf(text), name?.span) : undefined;
}

function settingsOf(
  jsonData: Node | undefined,
  toValue: (scalar: ScalarNode) => Value,
): ReadonlyMap<string, DataSourceSetting> {
  const found = new Map<string, DataSourceSetting>();
  for (const [name, { key, value }] of jsonData?.kind === 'map' ? jsonData.entries : []) {
    if (value.kind === 'scalar' && value.value !== null) found.set(name, { value: toValue(value), key });
  }
  return found;
}

function plain({ value, span }: ScalarNode): Value {
  return typeof value === 'string' ? written(value, span) : known(value, span);
}

function plainText({ value, span }: Located<string>): Value | undefined {
  return value === '' ? undefined : written(value, span);
}
