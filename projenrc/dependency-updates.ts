import { JsonFile, type Project } from 'projen';

/** Renovate reads and writes the versions table; projen then carries a version into every package.json. */
export class DependencyUpdates {
  constructor(project: Project) {
    new JsonFile(project, 'renovate.json', {
      marker: false,
      obj: {
        $schema: 'https://docs.renovatebot.com/renovate-schema.json',
        extends: ['config:recommended', ':semanticCommits', 'helpers:pinGitHubActionDigests'],
        // package.json files are generated: a change there would be undone by the next `npx projen`.
        npm: { enabled: false },
        customManagers: [
          {
            customType: 'regex',
            managerFilePatterns: ['/^projenrc/versions\\.ts$/'],
            matchStrings: ["\\n  '?(?<depName>[@\\w/.-]+?)'?: '(?<currentValue>[~^]?\\d[^']*)'"],
            datasourceTemplate: 'npm',
            versioningTemplate: 'npm',
          },
        ],
        packageRules: [
          {
            description: 'jsii, its tools and the TypeScript that they bundle move together',
            matchPackageNames: ['jsii*', 'typescript'],
            groupName: 'jsii toolchain',
          },
          { matchPackageNames: ['aws-cdk-lib', 'aws-cdk', 'constructs', 'cdk8s'], groupName: 'construct libraries' },
        ],
        postUpgradeTasks: {
          commands: ['npx --yes pnpm@{{{devDependencies.pnpm}}} install --no-frozen-lockfile', 'npx projen'],
          fileFilters: ['**/*'],
          executionMode: 'branch',
        },
      },
    });
  }
}
