import type { MapNode, Node, SourceText } from '../../text';
import { mapAt, scalarAt, stringAt } from '../access';

/** A CloudFormation template as it was read; nothing in it is evaluated yet. */
export interface Template {
  readonly source: SourceText;
  readonly resources: ReadonlyMap<string, TemplateResource>;
  readonly parameters: MapNode | undefined;
  readonly mappings: MapNode | undefined;
  readonly conditions: MapNode | undefined;
  readonly outputs: MapNode | undefined;
}

export interface TemplateResource {
  readonly logicalId: string;
  readonly type: string;
  readonly properties: MapNode | undefined;
  /** Name of the template's condition under which the resource is made. */
  readonly condition?: string;
  /** From CDK's metadata: `Observability-dev/Writer/Role/Resource`. */
  readonly constructPath?: string;
  /** What happens to the resource when its stack is deleted, as it is written. */
  readonly deletionPolicy?: string;
  readonly node: MapNode;
}

/** `undefined`: the document is no template. A template is known by its resources, whose types have `::` in them. */
export function readTemplate(document: Node, source: SourceText): Template | undefined {
  const found = mapAt(document, 'Resources');
  if (!found) return undefined;
  const resources = new Map<string, TemplateResource>();
  for (const [logicalId, { value }] of found.entries) {
    const type = stringAt(value, 'Type');
    if (value.kind !== 'map' || !type?.includes('::')) continue;
    const condition = stringAt(value, 'Condition');
    const constructPath = stringAt(value, 'Metadata', 'aws:cdk:path');
    const deletionPolicy = stringAt(value, 'DeletionPolicy');
    resources.set(logicalId, {
      logicalId,
      type,
      properties: mapAt(value, 'Properties'),
      node: value,
      ...(condition && { condition }),
      ...(constructPath && { constructPath }),
      ...(deletionPolicy && { deletionPolicy }),
    });
  }
  if (resources.size === 0 && !scalarAt(document, 'AWSTemplateFormatVersion')) return undefined;
  return {
    source,
    resources,
    parameters: mapAt(document, 'Parameters'),
    mappings: mapAt(document, 'Mappings'),
    conditions: mapAt(document, 'Conditions'),
    outputs: mapAt(document, 'Outputs'),
  };
}
