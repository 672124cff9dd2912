import type { Engine } from './engine';

const version = '12.3.0';

/** Reads graphs in Mermaid's language, in a browser, as the sites do that show them. */
export const mermaid: Engine = {
  name: 'mermaid',
  version,
  source: {
    kind: 'npm-files',
    package: 'mermaid',
    version,
    files: ['dist/mermaid.min.js'],
    integrity: 'sha512-4113TdXeLAsMruJ79OpFL5O8+LTFXhQqZ260rF3tgUmiNAtRm4Uume04I+65PRN6yZ69J4f8rVYWW8zRk65UYw==',
  },
  check: { file: 'dist/mermaid.min.js', contains: 'globalThis["mermaid"]' },
};
