import type { Engine } from './engine';

/** Prometheus' own relabelling behind a program of eighty lines (`relabel-oracle/main.go`). */
export const relabelOracle: Engine = {
  name: 'relabel-oracle',
  version: '0.314.0',
  source: { kind: 'go-folder', folder: 'relabel-oracle' },
  check: { arguments: ['--version'], prints: /^github\.com\/prometheus\/prometheus v0\.314\.0/ },
};
