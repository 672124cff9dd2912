import type { Engine } from './engine';

/** Alloy's own published parser behind a program of thirty lines (`alloy-syntax/main.go`); it knows no components. */
export const alloySyntax: Engine = {
  name: 'alloy-syntax',
  version: '0.1.0',
  source: { kind: 'go-folder', folder: 'alloy-syntax' },
  check: { arguments: ['--version'], prints: /^github\.com\/grafana\/alloy\/syntax v0\.1\.0/ },
};
