import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import Ajv from 'ajv-draft-04';
import addFormats from 'ajv-formats';
import { renderSarif } from '../src';
import { edited, type Files, fixture, verifyFiles } from './support/estate';

interface Log {
  readonly runs: readonly {
    readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } };
    readonly results: readonly {
      readonly ruleId: string;
      readonly ruleIndex: number;
      readonly level: string;
      readonly locations: readonly {
        readonly physicalLocation: { readonly artifactLocation: { readonly uri: string }; readonly region: object };
      }[];
      readonly relatedLocations: readonly unknown[];
      readonly partialFingerprints: Readonly<Record<string, string>>;
      readonly suppressions?: readonly object[];
    }[];
  }[];
}

const ESTATE = fixture('estate');
const METER = 'base/metrics/collector.yaml';
const BROKEN = edited(ESTATE, [
  { file: METER, find: 'serviceAccountName: meter', replace: 'serviceAccountName: metre' },
]);
const COMMENTED = edited(BROKEN, [
  {
    file: METER,
    find: 'serviceAccountName: metre',
    replace: 'serviceAccountName: metre # sightline-ignore identity/missing-service-account: known',
  },
]);
const CONFIGURED = edited(BROKEN, [
  {
    file: 'sightline.json',
    find: '"worlds"',
    replace: '"ignore": [{"rule": "identity/missing-service-account", "reason": "known"}], "worlds"',
  },
]);

/** The schema of OASIS, as Microsoft's own library of SARIF carries it. */
function official() {
  const file = createRequire(__filename).resolve('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json');
  // One of its patterns is no regular expression by the stricter rules of `u`.
  const ajv = new Ajv({ strict: false, unicodeRegExp: false });
  addFormats(ajv);
  return ajv.compile(JSON.parse(readFileSync(file, 'utf8')));
}

function logOf(files: Files): Log {
  return JSON.parse(renderSarif(verifyFiles(files)));
}

describe('the SARIF report', () => {
  const validate = official();

  it.each([
    ['without findings', ESTATE],
    ['with a break', BROKEN],
    ['with a finding that is suppressed by a comment', COMMENTED],
    ['of input that cannot be read', edited(ESTATE, [{ file: METER, find: 'name: meter', replace: 'name: [meter' }])],
    ['of nothing', {}],
  ])('%s is valid by the official schema', (_, files) => {
    validate(logOf(files));
    expect(validate.errors).toBeNull();
  });

  it('names the rule, both ends, and the id that stays', () => {
    const [{ tool, results }] = logOf(BROKEN).runs;
    const [finding] = verifyFiles(BROKEN).findings;
    expect(results).toHaveLength(1);
    expect(results[0]).toMatchObject({
      ruleId: 'identity/missing-service-account',
      level: 'error',
      partialFingerprints: { 'sightlineFinding/v1': finding.id },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: METER },
            region: { startLine: finding.location?.line, startColumn: finding.location?.column },
          },
        },
      ],
    });
    expect(tool.driver.rules[results[0].ruleIndex].id).toBe(results[0].ruleId);
    expect(results[0].suppressions).toBeUndefined();
  });

  it('says how a finding was accepted', () => {
    const suppressionsOf = (files: Files) => logOf(files).runs[0].results[0].suppressions;
    expect(suppressionsOf(COMMENTED)).toEqual([{ kind: 'inSource', justification: 'known' }]);
    expect(suppressionsOf(CONFIGURED)).toEqual([{ kind: 'external', justification: 'known' }]);
  });

  it('writes names of files as addresses', () => {
    const file = 'a b/ü#1.yaml';
    const files = { [file]: 'apiVersion: v1\nkind: ConfigMap\nmetadata: [\n' };
    expect(logOf(files).runs[0].results[0].locations[0].physicalLocation.artifactLocation.uri).toBe(
      'a%20b/%C3%BC%231.yaml',
    );
  });
});
