import type { Engine } from './engine';

/** A browser, to look at pages as a person would. Any version that Debian has will do. */
export const chromium: Engine = {
  name: 'chromium',
  version: 'any',
  source: {
    kind: 'debian',
    packages: ['chromium', 'chromium-common'],
    program: 'usr/lib/chromium/chromium',
    libraries: true,
  },
  check: { arguments: ['--version'], prints: /^Chromium \d+/ },
};
