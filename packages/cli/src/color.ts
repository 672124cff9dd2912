import type { Host } from './host';

/** Colour is for people, and for those who want it (https://no-color.org). */
export function colorOn({ env: { NO_COLOR }, stdoutIsTerminal }: Pick<Host, 'env' | 'stdoutIsTerminal'>): boolean {
  return stdoutIsTerminal && (NO_COLOR === undefined || NO_COLOR === '');
}
