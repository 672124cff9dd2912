import { existsSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { BROKEN, ESTATE } from './estate';
import { Sandbox } from './host';

let sandbox: Sandbox;
beforeEach(() => {
  sandbox = new Sandbox();
});
afterEach(() => sandbox.remove());

describe('exit codes', () => {
  it('is 0 where nothing is broken, although hops are unknown', async () => {
    const { code, stderr } = await sandbox.write(ESTATE).run(['verify']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });

  it('is 1 for a finding, and the report names it', async () => {
    const { code, stdout } = await sandbox.write(BROKEN).run(['verify', '.']);
    expect(code).toBe(1);
    expect(stdout).toContain('error[identity/missing-service-account]');
    expect(stdout).toContain('--> manifests/meter.yaml:');
  });

  it('is 0 for a finding under --fail-on never', async () => {
    expect((await sandbox.write(BROKEN).run(['verify', '--fail-on', 'never'])).code).toBe(0);
  });

  it('is 1 under --require-proven while a path is not proven', async () => {
    expect((await sandbox.write(ESTATE).run(['verify', '--require-proven'])).code).toBe(1);
  });

  it.each([
    ['an unknown option', ['verify', '--colour']],
    ['an unknown command', ['prove']],
    ['an unknown format', ['verify', '--format', 'xml']],
    ['a saved page that is not there', ['verify', '.', '--metrics-catalog', 'metrics.prom']],
    ['an unknown threshold', ['verify', '--fail-on', 'info']],
    ['a configuration that is not there', ['verify', '--config', 'other.json']],
    ['a world that is not there', ['verify', '--overlay', 'prod']],
  ])('is 2 for %s, with a word on it', async (_, argv) => {
    const { code, stdout, stderr } = await sandbox.write(ESTATE).run(argv);
    expect(code).toBe(2);
    expect(stdout + stderr).toMatch(/error|unknown/);
  });

  it('is 2 for a saved page that is none, with its line and how to mend it', async () => {
    const files = { ...ESTATE, 'web.prom': '# TYPE orders_total counter\norders_total three\n' };
    const { code, stdout } = await sandbox.write(files).run(['verify', '.', '--metrics-catalog', 'web.prom']);
    expect(code).toBe(2);
    expect(stdout).toContain('error[input/broken-metrics-page]');
    expect(stdout).toContain('web.prom:2:14');
    expect(stdout).toContain('a line is name{label="value"} number');
    const good = { 'web.prom': 'orders_total{zone="eu"} 3 1700000000\n# EOF\n' };
    expect((await sandbox.write(good).run(['verify', '--metrics-catalog', 'web.prom'])).code).toBe(0);
  });

  it('is 3 for a fault of the program, with the way to report it', async () => {
    const { code, stderr } = await sandbox.write(ESTATE).run(['verify'], {
      stdout: () => {
        throw new Error('a fault');
      },
    });
    expect(code).toBe(3);
    expect(stderr).toMatch(/^internal error: a fault\n/);
    expect(stderr).toContain('/issues');
  });

  it('is 0 for a warning by default, and 1 where warnings count', async () => {
    const files = { ...ESTATE, 'manifests/meter.yaml': ESTATE['manifests/meter.yaml'].replace(':v1.18.1', ':latest') };
    const { code, stdout } = await sandbox.write(files).run(['verify']);
    expect(code).toBe(0);
    expect(stdout).toContain('warning[versions/floating-image]');
    expect((await sandbox.run(['verify', '--fail-on', 'warning'])).code).toBe(1);
  });

  it('is 0 for --help and --version', async () => {
    const help = await sandbox.run(['verify', '--help']);
    expect(help.code).toBe(0);
    expect(help.stdout).toContain('Exit codes:');
    const version = await sandbox.run(['--version']);
    expect(version).toMatchObject({ code: 0, stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) });
  });
});

describe('input that cannot be read', () => {
  const cases: readonly [string, Readonly<Record<string, string | Buffer>>, readonly string[], string][] = [
    [
      'a syntax error in a manifest',
      { 'manifests/bad.yaml': 'apiVersion: v1\nkind: Pod\nmetadata: [\n' },
      ['.'],
      'input/broken-yaml',
    ],
    [
      'broken JSON in a template',
      { 'other.template.json': '{"Resources": {"A": {"Type": "AWS::SNS::Topic"}}' },
      ['.'],
      'input/broken-json',
    ],
    ['a path that is not there', {}, ['.', 'nowhere'], 'input/missing-path'],
    ['a binary file that is named', { 'x.bin': Buffer.from([1, 0, 2]) }, ['.', 'x.bin'], 'input/not-text'],
    [
      'a file of something else that is named',
      { 'compose.yaml': 'services: {}\n' },
      ['.', 'compose.yaml'],
      'input/not-recognised',
    ],
    [
      'a chart source that is named',
      { 'c/templates/a.yaml': 'apiVersion: v1\nkind: Pod\nname: {{ .Values.a }}\n' },
      ['.', 'c/templates/a.yaml'],
      'input/not-recognised',
    ],
    [
      'a document 20,000 deep',
      { 'manifests/deep.yaml': `apiVersion: v1\nkind: ConfigMap\nx: ${'['.repeat(20_000)}` },
      ['.'],
      'input/too-deep',
    ],
    [
      'a JSON document 20,000 deep',
      { 'deep.json': `{"apiVersion": "v1", "kind": "List", "items": ${'['.repeat(20_000)}` },
      ['.'],
      'input/too-deep',
    ],
  ];

  it.each(cases)('%s gives exit code 2 and a finding; the rest is still judged', async (_, files, paths, rule) => {
    const { code, stdout } = await sandbox.write({ ...BROKEN, ...files }).run(['verify', ...paths, '--format', 'json']);
    const report = JSON.parse(stdout) as { findings: { rule: string; message: string }[]; paths: unknown[] };
    expect(code).toBe(2);
    const rules = report.findings.map((finding) => finding.rule);
    expect(rules.filter((each) => each.startsWith('input/'))).toEqual([rule]);
    expect(report.paths).toHaveLength(1);
  });

  it('an empty directory gives exit code 2 and a word on it, unless that is fine', async () => {
    const { code, stderr } = await sandbox.run(['verify', '.']);
    expect(code).toBe(2);
    expect(stderr).toContain('no signal path found in .');
    expect((await sandbox.run(['verify', '.', '--allow-empty'])).code).toBe(0);
  });

  it('inside a directory, binaries, chart sources and other YAML are skipped and counted', async () => {
    const { code, stdout } = await sandbox
      .write({
        ...ESTATE,
        'x.bin': Buffer.from([1, 0, 2]),
        'binary.yaml': Buffer.from([97, 0, 98]),
        'chart/templates/a.yaml': 'apiVersion: v1\nkind: Pod\nmetadata:\n  {{- include "x" . }}\n',
        'compose.yaml': 'services: {}\n',
        'node_modules/x/broken.yaml': 'apiVersion: v1\nkind: [',
        '.git/broken.yaml': 'apiVersion: v1\nkind: [',
      })
      .run(['verify']);
    expect(code).toBe(0);
    expect(stdout).toContain('1 manifest and 1 template read, 4 other files skipped');
  });

  it('a link that leads in a circle is not followed', async () => {
    sandbox.write(ESTATE);
    symlinkSync('..', join(sandbox.root, 'manifests', 'loop'));
    expect((await sandbox.run(['verify'])).code).toBe(0);
  });

  it('a broken sightline.json is told with its line, and nothing is judged', async () => {
    const { code, stderr, stdout } = await sandbox
      .write({ ...ESTATE, 'sightline.json': '{\n  "worlds": {"dev": {"manifest": []}}\n}' })
      .run(['verify']);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('sightline.json:2:22: world "dev" has no setting "manifest"');
  });
});

describe('the report', () => {
  it('goes to a file as a whole, and nothing to stdout', async () => {
    const { stdout } = await sandbox.write(ESTATE).run(['verify', '--format', 'json', '--output', 'report.json']);
    expect(stdout).toBe('');
    expect(JSON.parse(readFileSync(join(sandbox.root, 'report.json'), 'utf8'))).toMatchObject({ schemaVersion: 1 });
    expect(readdirSync(sandbox.root).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  it('that cannot be written leaves nothing behind, exit code 2', async () => {
    const { code, stderr } = await sandbox.write(ESTATE).run(['verify', '--output', 'no/where.txt']);
    expect(code).toBe(2);
    expect(stderr).toContain('the report cannot be written to');
    expect(existsSync(join(sandbox.root, 'no'))).toBe(false);
  });

  it.each([
    ['sarif', /"version": "2.1.0"/],
    ['html', /^<!doctype html>/],
    ['json', /^\{\n {2}"schemaVersion": 1/],
  ])('can be %s, with the exit code of the findings', async (format, expected) => {
    const { code, stdout, stderr } = await sandbox.write(BROKEN).run(['verify', '--format', format]);
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    expect(stdout).toMatch(expected);
    expect(stdout).toContain('identity/missing-service-account');
  });

  it.each([
    ['a terminal', { stdoutIsTerminal: true, env: {} }, true],
    ['a terminal with NO_COLOR', { stdoutIsTerminal: true, env: { NO_COLOR: '1' } }, false],
    ['a pipe', { stdoutIsTerminal: false, env: {} }, false],
  ])('on %s: colour is as people want it', async (_, host, colored) => {
    const { stdout } = await sandbox.write(BROKEN).run(['verify'], host);
    expect(stdout.includes('\u001b[')).toBe(colored);
  });
});

describe('the configuration', () => {
  it('is found above the path, as far as the working directory', async () => {
    const { stdout } = await sandbox.write(ESTATE).run(['verify', 'manifests', '--format', 'json']);
    expect(JSON.parse(stdout)).toMatchObject({ worlds: [{ name: 'dev', account: '111122223333' }] });
    const inner = await sandbox.run(['verify', '--format', 'json'], { cwd: join(sandbox.root, 'manifests') });
    expect(JSON.parse(inner.stdout).worlds).toEqual([{ name: 'manifests', account: '111122223333' }]);
  });

  it('can be told, from anywhere', async () => {
    sandbox.write({
      ...Object.fromEntries(Object.entries(ESTATE).map(([k, v]) => [`app/${k}`, v])),
      'empty/x.txt': '',
    });
    const { stdout } = await sandbox.run([
      'verify',
      'app',
      '--config',
      'app/sightline.json',
      '--overlay',
      'dev',
      '--format',
      'json',
    ]);
    expect(JSON.parse(stdout).worlds.map(({ name }: { name: string }) => name)).toEqual(['dev']);
  });

  it('of two places at once is refused', async () => {
    const two = Object.fromEntries(['a', 'b'].flatMap((d) => Object.entries(ESTATE).map(([k, v]) => [`${d}/${k}`, v])));
    const { code, stderr } = await sandbox.write(two).run(['verify', 'a', 'b']);
    expect(code).toBe(2);
    expect(stderr).toContain('a/sightline.json and b/sightline.json');
  });
});
