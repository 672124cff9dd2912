import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BROKEN, ESTATE } from './estate';
import { Sandbox } from './host';

let sandbox: Sandbox;
beforeEach(() => {
  sandbox = new Sandbox();
});
afterEach(() => sandbox.remove());

describe('sightline graph', () => {
  it.each([
    [[], /^flowchart LR\n/],
    [['--format', 'mermaid'], /--x\|"✕ metrics: service-account broken"\|/],
    [['--format', 'dot'], /^digraph sightline \{/],
    [['--format', 'json'], /^\{\n {2}"schemaVersion": 1/],
    [['--format', 'html'], /^<!doctype html>/],
  ])('%j draws; a broken path is no failure', async (flags, expected) => {
    const { code, stdout, stderr } = await sandbox.write(BROKEN).run(['graph', ...flags]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(expected);
  });

  it('writes into a file', async () => {
    const { stdout } = await sandbox.write(ESTATE).run(['graph', '--output', 'graph.mmd', '--overlay', 'dev']);
    expect(stdout).toBe('');
    expect(readFileSync(join(sandbox.root, 'graph.mmd'), 'utf8')).toMatch(/^flowchart/);
  });

  it('exits 2 where there is nothing to draw, or something cannot be read', async () => {
    expect((await sandbox.run(['graph'])).code).toBe(2);
    expect((await sandbox.run(['graph', '--allow-empty'])).code).toBe(0);
    sandbox.write({ ...ESTATE, 'manifests/bad.yaml': 'apiVersion: v1\nkind: Pod\nmetadata: [\n' });
    expect((await sandbox.run(['graph'])).code).toBe(2);
    expect((await sandbox.run(['graph', '--format', 'png'])).code).toBe(2);
  });
});
