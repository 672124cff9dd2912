import type { Dashboard, DashboardInput, GrafanaOwner, KubeObject, Located } from '../../model';
import type { Node } from '../../text';
import { itemsAt, scalarAt, stringAt } from '../access';
import { located } from '../kubernetes';
import { readPanels } from './panels';
import { dashboardModel, isSecondSchema } from './recognise';
import { secondSchema } from './second-schema';
import { readVariables } from './variables';

/** How a dashboard comes into Grafana. */
export interface Delivery {
  readonly owner: GrafanaOwner;
  /** Nobody is asked for the inputs of an export. */
  readonly isProvisioned: boolean;
  /** Names of data sources by the inputs that they take the place of. */
  readonly given?: ReadonlyMap<string, Located<string>>;
  /** Wins over the one in the model. */
  readonly uid?: Located<string>;
  readonly configMap?: KubeObject;
  readonly folder?: Located<string>;
  /** It stands where nothing else than a dashboard can. */
  readonly isCertain?: boolean;
}

/** `undefined`: the document is no dashboard. */
export function readDashboard(document: Node, delivery: Delivery): Dashboard | undefined {
  const model = isSecondSchema(document) ? document : (dashboardModel(document) ?? certain(document, delivery));
  if (!model) return undefined;
  const content = model === document && isSecondSchema(document) ? secondSchema(document) : firstSchema(model);
  const { owner, isProvisioned, configMap, given, folder } = delivery;
  const uid = delivery.uid ?? content.uid ?? located(document, 'metadata', 'name');
  const { title } = content;
  return {
    ...content,
    label: `dashboard ${title ? `"${title}"` : (uid?.value ?? '')}`.trim(),
    owner,
    isProvisioned,
    inputs: withGiven(content.inputs, given),
    ...(uid && { uid }),
    ...(configMap && { configMap }),
    ...(folder && { folder }),
  };
}

function certain(document: Node, { isCertain }: Delivery): Node | undefined {
  return isCertain && document.kind === 'map' ? document : undefined;
}

/** What stands in the model itself. */
export type DashboardContent = Omit<Dashboard, 'label' | 'owner' | 'isProvisioned' | 'configMap' | 'folder'>;

function firstSchema(model: Node): DashboardContent {
  const title = stringAt(model, 'title')?.trim();
  const uid = located(model, 'uid');
  const refresh = located(model, 'refresh');
  return {
    inputs: readInputs(model),
    variables: readVariables(model),
    panels: readPanels(model),
    span: scalarAt(model, 'title')?.span ?? model.span,
    ...(title && { title }),
    ...(uid?.value && { uid }),
    ...(refresh && { refresh }),
  };
}

function readInputs(model: Node): ReadonlyMap<string, DashboardInput> {
  const found = new Map<string, DashboardInput>();
  for (const node of itemsAt(model, '__inputs')) {
    const name = stringAt(node, 'name');
    if (name === undefined || stringAt(node, 'type') !== 'datasource') continue;
    const plugin = stringAt(node, 'pluginId');
    found.set(name, { span: scalarAt(node, 'name')?.span ?? node.span, ...(plugin && { plugin }) });
  }
  return found;
}

function withGiven(
  inputs: ReadonlyMap<string, DashboardInput>,
  given: ReadonlyMap<string, Located<string>> = new Map(),
): ReadonlyMap<string, DashboardInput> {
  const found = new Map(inputs);
  for (const [name, dataSource] of given) {
    found.set(name, { span: dataSource.span, ...found.get(name), given: dataSource });
  }
  return found;
}
