import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { engine, optionalEngine } from '../engines';
import { run } from '../engines/run';
import { buildObjects, only } from '../kit/objects';
import { overlayFolder, overlays } from '../kit/rendered';
import { temporaryFolder } from '../kit/temporary';

const configs = new Map<string, string>();

beforeAll(async () => {
  for (const overlay of overlays) {
    const { data } = only(await buildObjects(overlayFolder(overlay)), 'ConfigMap', 'grafana-alloy-config');
    configs.set(overlay, (data as Record<string, string>)['config.alloy'] ?? '');
  }
});

describe("Alloy's own parser", () => {
  test.each(overlays)('takes the configuration of %s', async (overlay) => {
    expect(await parse(configs.get(overlay) ?? '')).toEqual({ status: 0, stdout: '', stderr: '' });
  });

  test('refuses a block that is not closed', async () => {
    const { status, stderr } = await parse('logging {\n');
    expect(status).toBe(1);
    expect(stderr).toContain('expected }');
  });

  function parse(text: string) {
    return run([...engine('alloy-syntax').command, file(text)], { timeout: 30_000 });
  }
});

const alloy = optionalEngine('alloy');
const reason = alloy ? '' : ' (skipped: no alloy on PATH or in SIGHTLINE_ALLOY)';

(alloy ? describe : describe.skip)(`alloy validate${reason}`, () => {
  test.each(overlays)('takes the configuration of %s', async (overlay) => {
    const { status, stderr } = await validate(configs.get(overlay) ?? '');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });

  test('finds the configuration formatted as alloy fmt does', async () => {
    const text = configs.get('dev') ?? '';
    const { stdout } = await run([...(alloy?.command ?? []), 'fmt', file(text)], { timeout: 60_000 });
    expect(stdout).toBe(text);
  });

  test('refuses an attribute that the component does not have', async () => {
    const { status, stderr } = await validate((configs.get('dev') ?? '').replace('scrape_interval', 'scrape_every'));
    expect(status).not.toBe(0);
    expect(stderr).toContain('unrecognized attribute name "scrape_every"');
  });

  test('refuses a reference to a component that is not there', async () => {
    const { status, stderr } = await validate(
      (configs.get('dev') ?? '').replace('prometheus.remote_write "amp"', 'prometheus.remote_write "other"'),
    );
    expect(status).not.toBe(0);
    expect(stderr).toContain('prometheus.remote_write.amp.receiver');
  });

  function validate(text: string) {
    return run([...(alloy?.command ?? []), 'validate', file(text)], { timeout: 60_000 });
  }
});

function file(text: string): string {
  const path = join(temporaryFolder(), 'config.alloy');
  writeFileSync(path, text);
  return path;
}
