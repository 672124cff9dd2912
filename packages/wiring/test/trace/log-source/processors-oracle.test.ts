import { join } from 'node:path';
import { known } from '../../../src/model';
import { readFluentBit } from '../../../src/read/fluent-bit';
import { MappedText, SourceText } from '../../../src/text';
import type { Flow, FlowContext } from '../../../src/trace/log-source/flow';
import { anyLogFile } from '../../../src/trace/log-source/log-files';
import { parserTable } from '../../../src/trace/log-source/parsers';
import { throughProcessors } from '../../../src/trace/log-source/processors';
import { map, recordOf, text } from '../../../src/trace/log-source/record';
import { describes } from './describes';
import { answer, type Delivered, ENGINE, HAS_ANSWERS, SEED, scratch, seeded } from './engine';

const MANY = 120;
const where = ENGINE
  ? 'agrees with the real Fluent Bit'
  : `agrees with what the real Fluent Bit answered${HAS_ANSWERS ? '' : ' (not recorded for this seed, and there is none here)'}`;
const with_ = HAS_ANSWERS ? it : it.skip;

const RECORD = { log: 'hello', stream: 'stdout', level: 'info', kubernetes: { namespace_name: 'shop' } };

describe(where, () => {
  with_(
    'about what processors make of records',
    () =>
      scratch(async (directory) => {
        const random = seeded(SEED + 4);
        const key = () => random.pick(['log', 'stream', 'level', 'kubernetes', 'other']);
        const made: readonly (() => Record<string, string>)[] = [
          () => ({
            name: 'content_modifier',
            action: random.pick(['insert', 'upsert']),
            key: key(),
            value: `v${random.below(9)}`,
          }),
          () => ({ name: 'content_modifier', action: 'delete', key: key() }),
          () => ({ name: 'content_modifier', action: 'rename', key: key(), value: `${key()}2` }),
          () => ({ name: 'content_modifier', action: 'hash', key: random.pick(['log', 'stream', 'other']) }),
          () => ({
            name: 'content_modifier',
            action: 'extract',
            key: random.pick(['log', 'other']),
            pattern: '^(?<first>.)(?<rest>.*)$',
          }),
          () => ({ name: 'content_modifier', context: 'attributes', action: 'upsert', key: 'log', value: 'x' }),
          () => ({ name: 'modify', [random.pick(['add', 'set'])]: `${key()} v` }),
          () => ({ name: 'record_modifier', record: `team t${random.below(9)}` }),
          () => ({ name: 'record_modifier', remove_key: key() }),
          () => ({
            name: 'grep',
            [random.pick([
              'regex',
              'exclude',
            ])]: `${random.pick(['log', 'stream', 'other'])} ${random.pick(['.', '^s', 'nothing'])}`,
          }),
        ];
        const chains = Array.from({ length: MANY }, () =>
          Array.from({ length: 1 + random.below(4) }, () => random.pick(made)()),
        );
        const config = `service: ${JSON.stringify({ flush: 0.2, grace: 1 })}
pipeline:
  inputs:
${chains.map((chain, i) => `    - ${JSON.stringify({ name: 'dummy', tag: `c${i}`, samples: 1, dummy: JSON.stringify(RECORD), processors: { logs: chain } })}\n`).join('')}  outputs:
    - ${JSON.stringify({ name: 'file', match: '*', path: join(directory, 'out'), file: 'all' })}
`;
        let [before, since] = [-1, 0];
        const isDone = (all: readonly Delivered[]) => {
          since = all.length === before ? since + 1 : 0;
          before = all.length;
          return all.length > MANY / 3 && since > 7;
        };
        const delivered = await answer('processors', directory, config, isDone);
        expect(delivered.length).toBeGreaterThan(MANY / 3);
        const source = new SourceText('fluent-bit.yaml', config);
        const { sections, problems } = readFluentBit(MappedText.whole(source), { env: () => known('') });
        expect(problems).toEqual([]);
        const inputs = sections.filter(({ kind }) => kind === 'input');
        const context = { file: anyLogFile(), parsers: parserTable([], false, false) } as unknown as FlowContext;
        const wrong = chains.flatMap((chain, i) => {
          const start: Flow = {
            tag: known(`c${i}`),
            record: recordOf({
              log: text('hello'),
              stream: text('stdout'),
              level: text('info'),
              kubernetes: map({ namespace_name: text('shop') }),
            }),
            isRaw: false,
            evidence: [],
            missing: [],
            failures: [],
          };
          const ours = throughProcessors(start, inputs[i], context);
          const theirs = delivered.filter(({ tag }) => tag === `c${i}`).map(({ record }) => record);
          if (ours.missing.length > 0) return [];
          const fits = ours.dropped ? theirs.length === 0 : theirs.length === 1 && describes(ours.record, theirs[0]);
          return fits ? [] : [{ chain, ours: [ours.dropped?.why, ...ours.record.fields], theirs }];
        });
        expect(wrong).toEqual([]);
      }),
    30_000,
  );
});
