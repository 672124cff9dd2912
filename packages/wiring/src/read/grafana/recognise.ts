import type { Node } from '../../text';
import { at, itemsAt, mapAt, stringAt } from '../access';

/** Words that every dashboard has, for a first look at a text. */
export function mayBeDashboard(text: string): boolean {
  return (
    text.includes('"panels"') &&
    (text.includes('"schemaVersion"') || text.includes('"templating"') || text.includes('"__inputs"'))
  );
}

/**
 * The model of a dashboard in what Grafana exports, what its API takes and answers (`{dashboard: …}`), and what its newer
 * API keeps (`dashboard.grafana.app/v1`); `undefined`: it is none.
 */
export function dashboardModel(document: Node): Node | undefined {
  const inner = mapAt(document, 'dashboard');
  if (inner && isModel(inner)) return inner;
  if (isResource(document)) return isModel(at(document, 'spec')) ? at(document, 'spec') : undefined;
  return isModel(document) ? document : undefined;
}

/** An object of Grafana's own API, which is not one of a cluster. */
export function isResource(document: Node | undefined): boolean {
  return (
    stringAt(document, 'kind') === 'Dashboard' &&
    (stringAt(document, 'apiVersion')?.startsWith('dashboard.grafana.app/') ?? false)
  );
}

/** The schema in which a dashboard has elements and a layout. */
export function isSecondSchema(document: Node | undefined): boolean {
  return isResource(document) && mapAt(document, 'spec', 'elements') !== undefined;
}

function isModel(node: Node | undefined): boolean {
  if (at(node, 'apiVersion') || at(node, 'kind')) return false;
  const hasPanels = at(node, 'panels')?.kind === 'list' || itemsAt(node, 'rows').some((row) => at(row, 'panels'));
  return hasPanels && ['schemaVersion', 'templating', '__inputs'].some((key) => at(node, key) !== undefined);
}
