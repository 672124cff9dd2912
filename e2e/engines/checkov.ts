import type { Engine } from './engine';

/** Security checks of manifests and templates. */
export const checkov: Engine = {
  name: 'checkov',
  version: '3.3.30',
  source: { kind: 'pypi', requirement: 'checkov==3.3.30', program: 'checkov' },
  check: { arguments: ['--version'], prints: /^3\.3\.30/ },
};
