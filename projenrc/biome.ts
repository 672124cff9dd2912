import { javascript } from 'projen';
import { versions } from './versions';

/**
 * One Biome at the root checks every package in a second: format, lint, and the arrows of the architecture
 * (docs/architecture.md). An import that the architecture does not know fails the build.
 */
export class Biome {
  constructor(project: javascript.NodeProject) {
    const biome = new javascript.Biome(project, {
      version: versions['@biomejs/biome'],
      ignoreGeneratedFiles: false,
      mergeArraysInConfiguration: false,
      biomeConfig: {
        root: true,
        files: { includes: ['**/*.ts', '!**/lib', '!**/dist', '!**/cdk.out', '!**/*.d.ts', '!**/src/data/*.ts'] },
        vcs: { enabled: true, clientKind: javascript.biome_config.VcsClientKind.GIT, useIgnoreFile: true },
        formatter: { lineWidth: 120, indentStyle: javascript.biome_config.IndentStyle.SPACE },
        javascript: { formatter: { quoteStyle: javascript.biome_config.QuoteStyle.SINGLE } },
        linter: { rules: rules() },
        overrides: [
          // A test may lean on what the workspace has; a library may not.
          {
            includes: ['**/test/**', 'e2e/**', 'scripts/**', 'projenrc/**', '.projenrc.ts'],
            linter: { rules: { correctness: { noUndeclaredDependencies: 'off' } } },
          },
          // Nobody but a terminal program talks to a terminal or ends the process.
          {
            includes: ['packages/{constructs,k8s-charts,wiring}/src/**'],
            linter: {
              rules: {
                suspicious: { noConsole: 'error' },
                style: {
                  noProcessEnv: 'error',
                  noRestrictedImports: restricted('the libraries import none of each other', []),
                },
              },
            },
          },
          {
            includes: ['packages/cli/src/**'],
            linter: {
              rules: {
                style: { noRestrictedImports: restricted('the CLI stands on wiring alone', ['@eks-sightline/wiring']) },
              },
            },
          },
          {
            includes: ['apps/**/src/**', 'examples/**/src/**'],
            linter: {
              rules: {
                style: {
                  noRestrictedImports: restricted('an app consumes the libraries as a stranger would', [
                    '@eks-sightline/constructs',
                    '@eks-sightline/k8s-charts',
                  ]),
                },
              },
            },
          },
        ],
      } as javascript.biome_config.BiomeConfiguration,
    });
    // projen's task writes, and runs as part of the tests; linting is a task of its own here.
    project.testTask.reset();
    project.removeTask(biome.task.name);
  }
}

function rules() {
  return {
    correctness: { noUndeclaredDependencies: 'error', noUnusedImports: 'error', noUnusedVariables: 'error' },
    // GitHub's expressions and Fluent Bit's variables look like template strings in the wrong quotes.
    suspicious: { noImportCycles: 'error', noExplicitAny: 'error', noTemplateCurlyInString: 'off' },
    complexity: {
      // Namespaced imports and static factories are the habit of CDK libraries.
      noStaticOnlyClass: 'off',
    },
    style: { noNonNullAssertion: 'error', useImportType: 'error' },
  };
}

/** Forbids deep imports of our packages, and all of our packages but `allowed`. */
function restricted(why: string, allowed: string[]) {
  const folders = ['constructs', 'k8s-charts', 'wiring', 'cli', 'e2e', 'tictactoe-infra'];
  const ours = folders.map((name) => `@eks-sightline/${name}`);
  const forbidden = ours.filter((name) => !allowed.includes(name));
  return {
    level: 'error',
    options: {
      paths: Object.fromEntries(forbidden.map((name) => [name, `Not allowed here: ${why} (docs/architecture.md).`])),
      patterns: [
        { group: ['@eks-sightline/*/**'], message: 'Import a package by its name, not a file inside it.' },
        {
          group: folders.flatMap((name) => [`../**/${name}/src/**`, `../**/${name}/lib/**`]),
          message: 'No relative import across packages.',
        },
      ],
    },
  };
}
