import { renderHtml } from '../src';
import { columnsOf } from '../src/report/html/paths';
import { METRICS as SHOP } from '../src/rules/examples/metrics';
import { edited, fixture, verifyFiles } from './support/estate';

const ESTATE = fixture('estate');
const METER = 'base/metrics/collector.yaml';
const BROKEN = edited(ESTATE, [
  { file: METER, find: 'serviceAccountName: meter', replace: 'serviceAccountName: metre' },
]);

const headline = (html: string) => /<title>(.*)<\/title>/.exec(html)?.[1];

describe('the page', () => {
  it.each([
    ['broken paths', BROKEN, 'The line of sight is broken on 1 of 2 paths'],
    ['proven paths only', SHOP, 'Every line of sight is proven: 1 of 1 path'],
    ['no path', {}, 'No signal path found'],
  ])('says of %s what matters in its first line', (_, files, expected) => {
    expect(headline(renderHtml(verifyFiles(files)))).toBe(expected);
  });

  it('asks nobody for anything', () => {
    const html = renderHtml(verifyFiles(BROKEN));
    expect(html).not.toMatch(/<(?:link|img|iframe|script)\s[^>]*(?:src|href)=/);
    expect(html).not.toMatch(/url\(|@import|fetch\(|XMLHttpRequest/);
    expect(html).toContain(`content="default-src 'none';`);
  });

  it('says each status by a word and a shape, not by colour alone', () => {
    const html = renderHtml(verifyFiles(BROKEN));
    for (const status of ['broken', 'unknown', 'proven']) {
      expect(html).toContain(`<symbol id="i-${status}"`);
      expect(html).toMatch(new RegExp(`aria-label="[a-z-]+ ${status}"`));
    }
  });

  it('shows the break in its row, and the finding with both ends below', () => {
    const html = renderHtml(verifyFiles(BROKEN));
    const { findings } = verifyFiles(BROKEN);
    expect(html).toMatch(/class="why"><b>service-account<\/b>: /);
    expect(html).toContain(`id="f-${findings[0].id}"`);
    expect(html).toContain(`href="#f-${findings[0].id}"`);
    expect(html).toContain('identity/missing-service-account');
  });

  it('takes names for text, whatever is in them', () => {
    const evil = `a<script>alert(1)</script>"'&`;
    const files = {
      'a.yaml': `apiVersion: apps/v1
kind: Deployment
metadata: {name: ${JSON.stringify(evil)}, namespace: ${JSON.stringify('"><img src=x>')}}
spec:
  template:
    spec:
      containers: [{name: x, image: fluent/fluent-bit:4.0.0}]
`,
    };
    const html = renderHtml(verifyFiles(files));
    expect(html).toContain('a&lt;script&gt;');
    expect(html).not.toContain('<script>alert');
    expect(html).not.toContain('<img');
  });

  it('is the same for the same input', () => {
    expect(renderHtml(verifyFiles(BROKEN))).toBe(renderHtml(verifyFiles(BROKEN)));
  });

  it('stays readable with thousands of paths', () => {
    const verdict = verifyFiles(SHOP);
    const [path] = verdict.paths;
    const paths = Array.from({ length: 3000 }, (_, i) => ({ ...path, id: `${path.id}${i}` }));
    const html = renderHtml({ ...verdict, paths });
    expect(html).toContain('2975 more proven paths');
    expect(html.length).toBeLessThan(12_000_000);
  });
});

describe('the columns of a board', () => {
  it('keep the order of hops, also of paths that lack some', () => {
    const [path] = verifyFiles(SHOP).paths;
    const of = (...kinds: string[]) => ({ ...path, hops: kinds.map((kind) => ({ ...path.hops[0], kind })) });
    expect(columnsOf([of('a', 'c'), of('a', 'b', 'c', 'd'), of('c', 'x', 'd')])).toEqual(['a', 'b', 'c', 'x', 'd']);
  });
});
