import { type Project, YamlFile } from 'projen';
import { identity } from './identity';
import { peers, versions } from './versions';

// With the tags: the APIs are compared with those of the last one.
const checkout = { uses: 'actions/checkout@v5', with: { 'persist-credentials': false, 'fetch-depth': 0 } };
const node = (version: string) => ({ uses: 'actions/setup-node@v5', with: { 'node-version': version } });
const published = ['constructs', 'k8s-charts', 'wiring', 'cli'];
const jsii = ['constructs', 'k8s-charts'];

/** What GitHub runs: the tests on each change, and one release job per package and registry. */
export class Workflows {
  constructor(project: Project) {
    new YamlFile(project, '.github/workflows/build.yml', { obj: build() });
    new YamlFile(project, '.github/workflows/release.yml', { obj: release() });
  }
}

function build() {
  return {
    name: 'build',
    on: { push: { branches: [identity.branch] }, pull_request: {} },
    permissions: { contents: 'read' },
    concurrency: { group: '${{ github.workflow }}-${{ github.ref }}', 'cancel-in-progress': true },
    jobs: {
      test: {
        strategy: { matrix: { node: ['20', '22', '24'] } },
        'runs-on': 'ubuntu-latest',
        'timeout-minutes': 30,
        steps: [
          checkout,
          node('${{ matrix.node }}'),
          { name: 'npm start', run: 'npm start' },
          { name: 'npm test', run: 'npm test' },
          {
            name: 'Generated files are up to date',
            run: 'npx projen && npx projen docs && npx pnpm exec turbo build && git diff --exit-code && test -z "$(git status --porcelain)"',
          },
          { name: 'Lint', run: 'npx projen lint' },
        ],
      },
      'lowest-peers': lowestPeers(),
      engines: {
        'runs-on': 'ubuntu-latest',
        'timeout-minutes': 90,
        steps: [
          checkout,
          node('20'),
          { uses: 'actions/setup-go@v6', with: { 'go-version': 'stable', cache: false } },
          {
            uses: 'actions/cache@v4',
            with: { path: '~/.cache/sightline', key: "engines-${{ runner.os }}-${{ hashFiles('e2e/engines/**') }}" },
          },
          { name: 'Everything, on the real engines', run: '.ci/run' },
        ],
      },
    },
  };
}

/** The libraries' own tests against the lowest versions that their peer ranges allow; everything else runs on the newest. */
function lowestPeers() {
  const low = (name: keyof typeof peers) => `${name}@${peers[name].slice(1)}`;
  const test = (library: string, ...names: (keyof typeof peers)[]) => [
    `npx pnpm --filter @eks-sightline/${library} add --save-dev --save-exact ${names.map(low).join(' ')}`,
    `npx pnpm --filter @eks-sightline/${library} exec projen compile`,
    // cdk-nag asks for a newer CDK than the library does.
    `npx pnpm --filter @eks-sightline/${library} exec jest --testPathIgnorePatterns test/nag`,
  ];
  return {
    'runs-on': 'ubuntu-latest',
    'timeout-minutes': 20,
    steps: [
      checkout,
      node('20'),
      {
        run: [
          `npx --yes pnpm@${versions.pnpm} install --frozen-lockfile`,
          'npx pnpm --filter @eks-sightline/constructs remove cdk-nag',
          ...test('constructs', 'aws-cdk-lib', 'constructs'),
          ...test('k8s-charts', 'cdk8s', 'constructs'),
        ].join('\n'),
      },
    ],
  };
}

/** A release on GitHub named `<package>@<version>` publishes that package, and that one only. */
function release() {
  return {
    name: 'release',
    on: { release: { types: ['published'] } },
    permissions: { contents: 'read' },
    jobs: {
      package: packageJob(),
      npm: npmJob(),
      ...Object.fromEntries(languages.map((language) => [language.name, languageJob(language)])),
    },
  };
}

function packageJob() {
  return {
    'runs-on': 'ubuntu-latest',
    'timeout-minutes': 30,
    outputs: { package: '${{ steps.tag.outputs.package }}', version: '${{ steps.tag.outputs.version }}' },
    steps: [
      checkout,
      node('20'),
      {
        id: 'tag',
        name: 'Read package and version from the tag',
        env: { TAG: '${{ github.event.release.tag_name }}' },
        run: [
          `[[ "$TAG" =~ ^(${published.join('|')})@([0-9]+\\.[0-9]+\\.[0-9]+(-[0-9A-Za-z.-]+)?)$ ]] || { echo "tag '$TAG' is not <package>@<version> with package one of ${published.join(', ')}"; exit 1; }`,
          'echo "package=${BASH_REMATCH[1]}" >> "$GITHUB_OUTPUT"',
          'echo "version=${BASH_REMATCH[2]}" >> "$GITHUB_OUTPUT"',
          `grep -q "version: '\${BASH_REMATCH[2]}'" projenrc/identity.ts || { echo "projenrc/identity.ts does not say version \${BASH_REMATCH[2]}"; exit 1; }`,
        ].join('\n'),
      },
      { run: 'npm start' },
      { run: 'npm test' },
      { run: 'npx pnpm exec turbo run package --filter "@eks-sightline/${{ steps.tag.outputs.package }}"' },
      {
        name: 'Sources of the other languages',
        if: `contains(fromJSON('${JSON.stringify(jsii)}'), steps.tag.outputs.package)`,
        run: 'npx pnpm --filter "@eks-sightline/${{ steps.tag.outputs.package }}" exec projen package:code',
      },
      {
        uses: 'actions/upload-artifact@v4',
        with: { name: 'dist', path: 'packages/${{ steps.tag.outputs.package }}/dist', 'if-no-files-found': 'error' },
      },
    ],
  };
}

function npmJob() {
  return {
    needs: 'package',
    'runs-on': 'ubuntu-latest',
    environment: 'npm',
    // npm trusts this workflow by its identity: no token is stored.
    permissions: { 'id-token': 'write', contents: 'read' },
    steps: [
      node('24'),
      { uses: 'actions/download-artifact@v5', with: { name: 'dist', path: 'dist' } },
      { run: 'npm publish dist/js/*.tgz --provenance --access public' },
    ],
  };
}

interface Language {
  readonly name: string;
  readonly permissions?: Record<string, string>;
  readonly steps: object[];
}

const languages: Language[] = [
  {
    name: 'pypi',
    permissions: { 'id-token': 'write', contents: 'read' },
    steps: [
      { uses: 'actions/setup-python@v6', with: { 'python-version': '3.x' } },
      { run: 'pip install build && python -m build dist/python --outdir dist/pypi' },
      { uses: 'pypa/gh-action-pypi-publish@release/v1', with: { 'packages-dir': 'dist/pypi' } },
    ],
  },
  {
    name: 'maven',
    steps: [
      {
        uses: 'actions/setup-java@v5',
        with: {
          distribution: 'temurin',
          'java-version': '17',
          'server-id': 'central',
          'server-username': 'MAVEN_USERNAME',
          'server-password': 'MAVEN_PASSWORD',
        },
      },
      {
        run: 'mvn --batch-mode --file dist/java deploy',
        env: { MAVEN_USERNAME: '${{ secrets.MAVEN_USERNAME }}', MAVEN_PASSWORD: '${{ secrets.MAVEN_PASSWORD }}' },
      },
    ],
  },
  {
    name: 'nuget',
    steps: [
      { uses: 'actions/setup-dotnet@v5', with: { 'dotnet-version': '8.x' } },
      { run: 'dotnet pack dist/dotnet --configuration Release --output dist/nuget' },
      {
        run: 'dotnet nuget push "dist/nuget/*.nupkg" --api-key "$NUGET_API_KEY" --source nuget.org',
        env: { NUGET_API_KEY: '${{ secrets.NUGET_API_KEY }}' },
      },
    ],
  },
  {
    name: 'go',
    permissions: { contents: 'write' },
    steps: [
      checkout,
      {
        name: 'Push the module to its branch and tag it',
        env: {
          PACKAGE: '${{ needs.package.outputs.package }}',
          VERSION: '${{ needs.package.outputs.version }}',
          GH_TOKEN: '${{ github.token }}',
        },
        run: [
          'module="$(basename "$(dirname "$(find dist/go -name go.mod)")")"',
          'git config user.name github-actions && git config user.email github-actions@users.noreply.github.com',
          'gh auth setup-git',
          'git fetch origin go || true',
          'git worktree add --force -B go ../go "$(git rev-parse --verify --quiet origin/go || git rev-parse HEAD)"',
          'rm -rf "../go/$module" && cp -r "dist/go/$module" "../go/$module"',
          'cd ../go && git add "$module" && git commit -m "chore(go): $PACKAGE $VERSION" && git tag "$module/v$VERSION"',
          'git push origin HEAD:go "$module/v$VERSION"',
        ].join('\n'),
      },
    ],
  },
];

function languageJob(language: Language) {
  return {
    needs: 'package',
    if: `contains(fromJSON('${JSON.stringify(jsii)}'), needs.package.outputs.package)`,
    'runs-on': 'ubuntu-latest',
    environment: language.name,
    permissions: language.permissions ?? { contents: 'read' },
    steps: [{ uses: 'actions/download-artifact@v5', with: { name: 'dist', path: 'dist' } }, ...language.steps],
  };
}
