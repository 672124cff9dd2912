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

/** In no registry: where a machine has it, the suites use it. Of the OpenTelemetry operator. */
export const targetAllocator: Engine = {
  name: 'target-allocator',
  version: 'any',
  source: { kind: 'path', program: 'target-allocator', variable: 'SIGHTLINE_TARGET_ALLOCATOR' },
  check: { arguments: ['--help'], prints: /config-file/ },
};

/** Only of use with the charts, which are in no registry of programs: where a machine has it, the suites use it. */
export const helm: Engine = {
  name: 'helm',
  version: 'any',
  source: { kind: 'path', program: 'helm', variable: 'SIGHTLINE_HELM' },
  check: { arguments: ['version'], prints: /Version:"v\d/ },
};
