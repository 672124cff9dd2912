import type { Node } from '../../text';
import { booleanAt, itemsAt, stringAt } from '../access';
import { addConfigurations, type Configurations, FIELD_LISTS, noConfigurations } from './configurations';
import type { Layer } from './context';
import { attempt, fault } from './fault';
import type { FieldSpec } from './field-spec';
import { documentsOfFile, loadFile } from './files';
import { rawText } from './nodes';

/** Reads the files that `configurations` names into the configuration of the layer. */
export function loadConfigurations(layer: Layer): void {
  for (const entry of itemsAt(layer.kustomization, 'configurations')) {
    attempt(layer.context.problems, entry.span, () => {
      const source = loadFile(layer, rawText(entry), entry.span);
      const [document] = source ? documentsOfFile(source, layer.context) : [];
      if (document) addConfigurations(layer.set.configurations, readConfigurations(document));
    });
  }
}

function readConfigurations(document: Node): Configurations {
  if (document.kind !== 'map') {
    throw fault('kustomize-configuration', 'a configuration is a map of lists of fields', document.span);
  }
  const result = noConfigurations();
  for (const [name, { key }] of document.entries) {
    const list = FIELD_LISTS.find((each) => each === name);
    if (list) result.fields[list] = itemsAt(document, name).map(readField);
    else if (name === 'nameReference') {
      result.nameReference.push(
        ...itemsAt(document, name).map((item) => ({ target: readGvk(item), fields: readFields(item) })),
      );
    } else if (name !== 'varReference') {
      throw fault('kustomize-configuration', `there is no configuration of "${name}"`, key);
    }
  }
  return result;
}

function readFields(item: Node): readonly FieldSpec[] {
  return itemsAt(item, 'fieldSpecs').map(readField);
}

function readField(node: Node): FieldSpec {
  return { ...readGvk(node), path: stringAt(node, 'path') ?? '', create: booleanAt(node, 'create') ?? false };
}

function readGvk(node: Node) {
  return { group: stringAt(node, 'group'), version: stringAt(node, 'version'), kind: stringAt(node, 'kind') };
}
