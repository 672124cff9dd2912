import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv, { type ValidateFunction } from 'ajv';
import { graphOf, readSightlineConfig, renderJson, SourceText } from '../src';
import { runExample } from '../src/explain';
import { badFiles, rules } from '../src/rules';
import { edited, fixture, verifyFiles } from './support/estate';

const ESTATE = fixture('estate');
const METER = 'base/metrics/collector.yaml';

function validator(name: string): ValidateFunction {
  const schema: unknown = JSON.parse(readFileSync(join(__dirname, '..', 'schema', name), 'utf8'));
  return new Ajv({ strict: true, allowUnionTypes: true }).compile(schema as object);
}

describe('the schema of reports', () => {
  const validate = validator('verify-report.schema.json');

  it.each([
    ['an estate without findings', ESTATE],
    [
      'a broken one',
      edited(ESTATE, [{ file: METER, find: 'serviceAccountName: meter', replace: 'serviceAccountName: x' }]),
    ],
    ['one that cannot be read', edited(ESTATE, [{ file: METER, find: 'name: meter', replace: 'name: [meter' }])],
    ['an empty one', {}],
  ])('holds for the report of %s', (_, files) => {
    const report: unknown = JSON.parse(renderJson(verifyFiles(files)));
    validate(report);
    expect(validate.errors).toBeNull();
  });

  it('holds for what the examples of all rules give', () => {
    for (const { id, example } of rules) {
      if (!example) continue;
      for (const files of [example.files, badFiles(example)]) {
        validate(JSON.parse(renderJson(runExample(files, example))));
        expect({ id, errors: validate.errors }).toEqual({ id, errors: null });
      }
    }
  });

  it('refuses a report with a field that the contract does not have', () => {
    const report: unknown = { ...JSON.parse(renderJson(verifyFiles(ESTATE))), timestamp: 'now' };
    expect(validate(report)).toBe(false);
  });
});

describe('the schema of graphs', () => {
  const validate = validator('graph.schema.json');

  it('holds for the graphs of all examples', () => {
    for (const { id, example } of rules) {
      if (!example) continue;
      validate(JSON.parse(JSON.stringify(graphOf(runExample(badFiles(example), example)))));
      expect({ id, errors: validate.errors }).toEqual({ id, errors: null });
    }
  });

  it('refuses a status that is none', () => {
    const graph = graphOf(verifyFiles(ESTATE));
    const edges = graph.edges.map((edge) => ({ ...edge, status: 'fine' }));
    expect(validate({ ...graph, edges })).toBe(false);
  });
});

describe('the schema of sightline.json', () => {
  const validate = validator('sightline.schema.json');

  const world = { manifests: ['a'] };
  it.each<[string, unknown, boolean]>([
    ['the fixture', JSON.parse(ESTATE['sightline.json']), true],
    [
      'a world with a namespace and an ignored rule',
      { worlds: { a: { ...world, namespace: 'x' } }, ignore: [{ rule: 'a/b', reason: 'c' }] },
      true,
    ],
    ['no worlds', { worlds: {} }, false],
    ['a world without manifests', { worlds: { a: {} } }, false],
    ['an account that is a number', { worlds: { a: { ...world, account: 111122223333 } } }, false],
    ['an issuer without https', { worlds: { a: { ...world, issuer: 'oidc.eks.amazonaws.com/id/A' } } }, false],
    ['an unknown setting', { worlds: { a: { ...world, regions: [] } } }, false],
    ['a suppression without a reason', { worlds: { a: world }, ignore: [{ rule: 'a/b' }] }, false],
  ])('agrees with the reader about %s', (_, value, good) => {
    expect(validate(value)).toBe(good);
    const { config } = readSightlineConfig(new SourceText('sightline.json', JSON.stringify(value)));
    expect(config !== undefined).toBe(good);
  });
});
