import type { Engine } from './engine';

/** In no registry: where a machine has it, the suites use it. */
export const alloy: Engine = {
  name: 'alloy',
  version: 'any',
  source: { kind: 'path', program: 'alloy', variable: 'SIGHTLINE_ALLOY' },
  check: { arguments: ['--version'], prints: /^alloy,? version/ },
};

/** In no registry: where a machine has it, the suites use it. */
export const fluentBit: Engine = {
  name: 'fluent-bit',
  version: 'any',
  source: { kind: 'path', program: 'fluent-bit', variable: 'SIGHTLINE_FLUENT_BIT' },
  check: { arguments: ['--version'], prints: /^Fluent Bit v\d/ },
};
