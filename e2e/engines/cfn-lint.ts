import type { Engine } from './engine';

/** CloudFormation's linter, the Python one: it validates templates against the registry's resource schemas. */
export const cfnLint: Engine = {
  name: 'cfn-lint',
  version: '1.58.0',
  source: { kind: 'pypi', requirement: 'cfn-lint==1.58.0', program: 'cfn-lint' },
  check: { arguments: ['--version'], prints: /^cfn-lint 1\.58\.0/ },
};
