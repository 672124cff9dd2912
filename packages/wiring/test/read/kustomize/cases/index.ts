import type { KustomizeCase } from './case';
import { CONFIGURATIONS } from './configurations';
import { GENERATORS } from './generators';
import { IMAGES } from './images';
import { LABELS } from './labels';
import { MERGE_1 } from './merge-1';
import { MERGE_2 } from './merge-2';
import { NAMES } from './names';
import { NAMESPACE } from './namespace';
import { PATCHES } from './patches';
import { REPLACEMENTS } from './replacements';
import { RESOURCES_1 } from './resources-1';
import { RESOURCES_2 } from './resources-2';
import { TARGETS } from './targets';

export type { KustomizeCase } from './case';

/** All cases, by what they are about. */
export const CASES: Readonly<Record<string, readonly KustomizeCase[]>> = {
  resources: [...RESOURCES_1, ...RESOURCES_2],
  merge: [...MERGE_1, ...MERGE_2],
  targets: [...TARGETS],
  patches: [...PATCHES],
  namespace: [...NAMESPACE],
  names: [...NAMES],
  labels: [...LABELS],
  images: [...IMAGES],
  generators: [...GENERATORS],
  replacements: [...REPLACEMENTS],
  configurations: [...CONFIGURATIONS],
};
