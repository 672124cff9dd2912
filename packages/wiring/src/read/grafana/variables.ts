import type { DashboardVariable } from '../../model';
import type { Node, ScalarNode } from '../../text';
import { at, booleanAt, itemsAt, mapAt, scalarAt, stringAt } from '../access';
import { located } from '../kubernetes';
import { readRef } from './panels';

/** What a dashboard asks its readers for, or fills in by itself. */
export function readVariables(model: Node): readonly DashboardVariable[] {
  return itemsAt(model, 'templating', 'list').flatMap((node) => {
    const name = stringAt(node, 'name');
    const type = stringAt(node, 'type');
    if (name === undefined || type === undefined) return [];
    const dataSource = readRef(at(node, 'datasource'));
    const query = queryOf(node);
    const regex = located(node, 'regex');
    const constant = constantOf(node, type);
    return [
      {
        name,
        type,
        span: scalarAt(node, 'name')?.span ?? node.span,
        ...(dataSource && { dataSource }),
        ...(query && { query }),
        ...(regex?.value && { regex }),
        ...(constant !== undefined && { constant }),
      },
    ];
  });
}

/** A text in older versions, an object with the text in it since. */
function queryOf(node: Node): ScalarNode | undefined {
  const found = scalarAt(node, 'query') ?? scalarAt(mapAt(node, 'query'), 'query') ?? scalarAt(node, 'definition');
  return typeof found?.value === 'string' && found.value !== '' ? found : undefined;
}

/** Readers can choose among the values of all others. */
function constantOf(node: Node, type: string): string | undefined {
  const text = stringAt(node, 'query');
  if (type === 'constant') return text;
  if (type !== 'custom' || text === undefined || text.includes(',') || text.includes(' : ')) return undefined;
  return booleanAt(node, 'includeAll') || booleanAt(node, 'multi') ? undefined : text.trim();
}
