import { JsonFile, type Project } from 'projen';

const sources = [
  'src/**',
  'rosetta/**',
  'package.json',
  'tsconfig.json',
  '.projen/tasks.json',
  'README.md',
  '.npmignore',
];

/** The graph of tasks across packages. Inputs are listed by hand: an input that is missing here is a stale green. */
export class Turbo {
  constructor(project: Project) {
    new JsonFile(project, 'turbo.json', {
      marker: false,
      obj: {
        $schema: 'https://turborepo.com/schema.json',
        ui: 'stream',
        globalDependencies: ['pnpm-workspace.yaml', 'data/**'],
        globalPassThroughEnv: ['JSII_*', 'TURBO_*', 'NODE_OPTIONS', 'CDK_*'],
        tasks: {
          build: { dependsOn: ['compile', 'post-compile', 'package', 'synth'] },
          compile: {
            dependsOn: ['^compile'],
            inputs: [...sources, 'handlers/**'],
            outputs: ['lib/**', '.jsii', 'assets/**', 'tsconfig.tsbuildinfo'],
          },
          // Checks types only.
          '@eks-sightline/e2e#compile': {
            dependsOn: ['^compile'],
            inputs: [...sources, 'engines/**', 'kit/**', 'test/**', 'full/**', 'mutation/**', 'fuzz/**'],
            outputs: [],
          },
          'post-compile': { dependsOn: ['compile'], inputs: [...sources], outputs: ['API.md'] },
          test: {
            dependsOn: ['compile', '^compile', '@eks-sightline/cli#compile'],
            inputs: [
              ...sources,
              'handlers/**',
              'test/**',
              'fixtures/**',
              'schema/**',
              'workload/**',
              // The committed tree is tested against what renders now; out of this list, an edit there would stay green.
              'gitops/**',
              'dashboards/**',
              'sightline.json',
              'tsconfig.dev.json',
              // Its examples are compiled by a test of the app.
              '$TURBO_ROOT$/README.md',
            ],
            env: ['SIGHTLINE_*'],
            outputs: ['test-reports/**'],
          },
          synth: {
            dependsOn: ['compile'],
            inputs: [...sources, 'workload/**', 'dashboards/**', 'cdk.json'],
            outputs: ['cdk.out/**', 'dist/rendered/**'],
          },
          // Mirrors what was rendered into the committed tree: never cached, or a hand edit would survive.
          sync: { dependsOn: ['synth'], cache: false },
          package: { dependsOn: ['compile', 'post-compile'], inputs: [...sources], outputs: ['dist/js/**'] },
        },
      },
    });
    project.gitignore.addPatterns('/.turbo/');
  }
}
