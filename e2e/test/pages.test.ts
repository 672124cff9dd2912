import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Browser } from '../kit/browser';
import { readMermaid } from '../kit/mermaid';
import { repository } from '../kit/rendered';
import { temporaryFolder } from '../kit/temporary';

let browser: Browser;

beforeAll(async () => {
  browser = await Browser.start();
}, 60_000);

afterAll(() => browser?.stop());

function written(html: string): string {
  const file = join(temporaryFolder(), 'page.html');
  writeFileSync(file, html);
  return file;
}

describe('the browser', () => {
  test('shows a page that needs nothing else, without asking for anything', async () => {
    const file = written('<!doctype html><title>One</title><p id="said"></p><script>said.textContent = 1 + 1</script>');
    const { page, requests, errors } = await browser.open(file);
    expect(await page.textContent('#said')).toBe('2');
    expect({ requests, errors }).toEqual({ requests: [], errors: [] });
  });

  test('notices what a page asks for, and gives it nothing', async () => {
    const file = written(
      '<!doctype html><script src="other.js"></script><img src="https://example.com/a.png"><script>fetch("http://127.0.0.1:9/")</script>',
    );
    const { page, requests } = await browser.open(file);
    await page.waitForTimeout(200);
    expect(requests.map((url) => url.replace(/^file:.*\//, 'file:')).sort()).toEqual([
      'file:other.js',
      'http://127.0.0.1:9/',
      'https://example.com/a.png',
    ]);
  });

  test('notices what a page throws', async () => {
    const { errors } = await browser.open(written('<!doctype html><script>throw new Error("broken")</script>'));
    expect(errors).toEqual(['broken']);
  });
});

describe('Mermaid', () => {
  test('reads a graph, and refuses what is none', async () => {
    const opened = await browser.open(written('<!doctype html>'));
    expect(await readMermaid(opened, 'flowchart LR\n  a["pod"] --> b["store"]')).toEqual({ kind: 'flowchart-v2' });
    expect((await readMermaid(opened, 'flowchart LR\n  a["pod" --> b')).error).toMatch(/^Parse error on line/);
  });
});

describe('what sightline shows of the rendered environment', () => {
  const app = join(repository, 'apps', 'tictactoe-infra');
  const cli = join(repository, 'packages', 'cli', 'lib', 'main.js');

  function sightline(...words: string[]): string {
    const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...words], { cwd: app, encoding: 'utf8' });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    return stdout;
  }

  const verdict = () => JSON.parse(sightline('verify', '.', '--format', 'json')) as { paths: { status: string }[] };

  test.each([
    ['verify', ['verify', '.', '--format', 'html']],
    ['graph', ['graph', '.', '--format', 'html']],
  ])('the page of %s has every path, asks for nothing and throws nothing', async (_, words) => {
    const { page, requests, errors } = await browser.open(written(sightline(...words)));
    const shown = await page.locator('details.path').evaluateAll((all) => all.map((one) => one.dataset.status));
    expect(shown.sort()).toEqual(
      verdict()
        .paths.map(({ status }) => status)
        .sort(),
    );
    expect(await page.title()).toBe(await page.locator('h1').textContent());
    expect({ requests, errors }).toEqual({ requests: [], errors: [] });
  });

  test('the status of a path is told by a word too, on a screen and on paper', async () => {
    const { page } = await browser.open(written(sightline('verify', '.', '--format', 'html')));
    for (const media of ['screen', 'print'] as const) {
      await page.emulateMedia({ media });
      const row = page.locator('details.path .row').first();
      expect(await row.isVisible()).toBe(true);
      expect(await row.textContent()).toMatch(/proven|broken|unknown/);
    }
  });

  test('Mermaid reads the graph', async () => {
    const opened = await browser.open(written('<!doctype html>'));
    const graph = sightline('graph', '.', '--format', 'mermaid');
    expect(await readMermaid(opened, graph)).toEqual({ kind: 'flowchart-v2' });
  });
});
