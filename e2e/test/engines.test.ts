import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type RunResult, run } from '../engines/run';
import { temporaryFolder } from '../kit/temporary';

const root = join(__dirname, '..');

/** `npm run engines -- NAME` with a cache of its own. */
function engines(
  cache: string,
  names: readonly string[],
  env: NodeJS.ProcessEnv = {},
  progress?: (line: string) => void,
): Promise<RunResult> {
  const command = [join(root, 'node_modules', '.bin', 'tsx'), join(root, 'engines', 'main.ts'), ...names];
  return run(command, { env: { ...process.env, SIGHTLINE_ENGINES: cache, ...env }, timeout: 170_000, progress });
}

function homes(cache: string): string[] {
  return readdirSync(cache).sort();
}

describe('npm run engines', () => {
  test('run twice at once brings an engine once, and both end well', async () => {
    // GIVEN
    const cache = temporaryFolder();
    // WHEN
    const both = await Promise.all([engines(cache, ['alloy-syntax']), engines(cache, ['alloy-syntax'])]);
    // THEN
    expect(both.map(({ status }) => status)).toEqual([0, 0]);
    expect(homes(cache)).toEqual([expect.stringMatching(/^alloy-syntax-0\.1\.0-[0-9a-f]{12}$/)]);
  });

  test('waits for another process that is bringing the engine', async () => {
    // GIVEN
    const cache = temporaryFolder();
    await engines(cache, ['alloy-syntax']);
    const home = join(cache, homes(cache)[0] ?? '');
    rmSync(home, { recursive: true });
    writeFileSync(`${home}.lock`, String(process.pid));
    // WHEN
    const letGo = (line: string) =>
      line.includes(`process ${process.pid} is bringing it, waiting`) && rmSync(`${home}.lock`);
    const { status } = await engines(cache, ['alloy-syntax'], {}, letGo);
    // THEN
    expect(status).toBe(0);
    expect(homes(cache)).toHaveLength(1);
  });

  test('brings again what an interrupted run left behind, past the lock of a process that is gone', async () => {
    // GIVEN
    const cache = temporaryFolder();
    await engines(cache, ['alloy-syntax']);
    const home = join(cache, homes(cache)[0] ?? '');
    rmSync(home, { recursive: true });
    mkdirSync(join(home, 'bin'), { recursive: true });
    writeFileSync(join(home, 'bin', 'alloy-syntax'), 'half a program');
    const gone = (await run([process.execPath, '-p', 'process.pid'])).stdout.trim();
    writeFileSync(`${home}.lock`, gone);
    // WHEN
    const { status, stdout } = await engines(cache, ['alloy-syntax']);
    // THEN
    expect(status).toBe(0);
    expect(stdout).toMatch(/alloy-syntax .* ready\n/);
    expect(homes(cache)).toHaveLength(1);
  });

  test('tells that an engine which no registry has is absent, without failing', async () => {
    const without = { PATH: join(process.execPath, '..'), SIGHTLINE_FLUENT_BIT: '' };
    const { status, stdout } = await engines(temporaryFolder(), ['fluent-bit'], without);
    expect(status).toBe(0);
    expect(stdout).toContain('absent, the tests that need it are skipped');
  });

  test('fails when the variable of an engine names no program', async () => {
    const { status, stderr } = await engines(temporaryFolder(), ['fluent-bit'], {
      SIGHTLINE_FLUENT_BIT: '/nowhere/fluent-bit',
    });
    expect(status).toBe(1);
    expect(stderr).toContain('SIGHTLINE_FLUENT_BIT is "/nowhere/fluent-bit", which is no executable file');
  });

  test('fails when a program is there but is not the engine', async () => {
    const { status, stderr } = await engines(temporaryFolder(), ['fluent-bit'], {
      SIGHTLINE_FLUENT_BIT: process.execPath,
    });
    expect(status).toBe(1);
    expect(stderr).toContain('fluent-bit: --version ended with 0 and said');
  });

  test('names the engines there are when asked for another', async () => {
    const { status, stderr } = await engines(temporaryFolder(), ['kustomise']);
    expect(status).toBe(2);
    expect(stderr).toContain('no engine is named kustomise; there are crds-ack-prometheusservice,');
  });
});
