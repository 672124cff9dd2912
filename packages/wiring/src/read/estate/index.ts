export { type Counts, type Estate, type LoadOptions, loadEstate } from './load';
