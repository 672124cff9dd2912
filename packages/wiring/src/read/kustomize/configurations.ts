import type { FieldSpec } from './field-spec';
import { isSelected } from './id';
import type { NameFields } from './name-fields';

/** The lists of fields that can be added to. */
export const FIELD_LISTS = [
  'namePrefix',
  'nameSuffix',
  'namespace',
  'commonLabels',
  'labels',
  'templateLabels',
  'commonAnnotations',
  'images',
  'replicas',
] as const;

/** Fields that `configurations` add to the ones that kustomize knows; they hold for this layer and the ones above. */
export interface Configurations {
  readonly fields: Record<(typeof FIELD_LISTS)[number], FieldSpec[]>;
  readonly nameReference: NameFields[];
}

export function noConfigurations(): Configurations {
  return {
    fields: {
      namePrefix: [],
      nameSuffix: [],
      namespace: [],
      commonLabels: [],
      labels: [],
      templateLabels: [],
      commonAnnotations: [],
      images: [],
      replicas: [],
    },
    nameReference: [],
  };
}

/** Takes over what another layer was configured with. */
export function addConfigurations(into: Configurations, from: Configurations): void {
  for (const list of FIELD_LISTS) into.fields[list] = withFields(into.fields[list], from.fields[list]);
  for (const added of from.nameReference) {
    if (!into.nameReference.includes(added)) into.nameReference.push(added);
  }
}

/** The known fields and the added ones. An added field that a known one covers already is left out. */
export function withFields(known: readonly FieldSpec[], added: readonly FieldSpec[]): FieldSpec[] {
  const result = [...known];
  for (const field of added) {
    const covered = result.some((each) => each.path === field.path && isSelected(gvkOfField(each), field));
    if (!covered) result.push(field);
  }
  return result;
}

function gvkOfField({ group = '', version = '', kind = '' }: FieldSpec) {
  return { group, version, kind };
}
