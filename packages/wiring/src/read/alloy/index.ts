export { expandDeclared } from './declare';
export { evaluateAlloy } from './evaluate';
export { parseAlloy } from './parser';
export type { AlloyScope } from './scope';
export {
  type AlloyAttribute,
  type AlloyBlock,
  type AlloyComment,
  type AlloyExpression,
  type AlloyFile,
  type AlloyStatement,
  attributeOf,
  blocksOf,
  componentId,
} from './syntax';
export {
  type AlloyEntry,
  type AlloyList,
  type AlloyObject,
  type AlloyReference,
  type AlloyValue,
  nameOfReference,
  plainValue,
} from './value';
