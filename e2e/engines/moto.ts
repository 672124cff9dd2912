import type { Engine } from './engine';

/** Stands for AWS where CloudFormation's own engine is wanted: it makes the resources of a template, by its own code. */
export const moto: Engine = {
  name: 'moto',
  version: '5.2.5',
  source: { kind: 'pypi', requirement: 'moto[server]==5.2.5', program: 'moto_server' },
  check: { arguments: ['--help'], prints: /usage: moto_server/ },
};
