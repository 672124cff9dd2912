export { type Counts, type Estate, type EstateProblem, type LoadOptions, loadEstate } from './load';
