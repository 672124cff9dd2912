export { Exit, type ExitCode } from './exit';
export type { Host } from './host';
export { run } from './run';
