import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Browser } from '../kit/browser';
import { readMermaid } from '../kit/mermaid';
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
