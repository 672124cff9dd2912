import type { Host } from '../host';

/** Quick work stays silent. */
const PATIENCE_MS = 1000;
const INTERVAL_MS = 100;

export interface Progress {
  readonly step: (what: string) => void;
  readonly end: () => void;
}

/** One line on stderr that is overwritten, and only on a terminal: logs and pipes stay clean. */
export function progressOn(host: Host, now: () => number = Date.now): Progress {
  if (!host.stderrIsTerminal) return { step: () => {}, end: () => {} };
  const started = now();
  let last = started + PATIENCE_MS - INTERVAL_MS;
  let shown = false;
  return {
    step: (what) => {
      const time = now();
      if (time - last < INTERVAL_MS) return;
      last = time;
      shown = true;
      host.stderr(`\r\u001b[K${what.slice(0, 78)}`);
    },
    end: () => {
      if (shown) host.stderr('\r\u001b[K');
    },
  };
}
