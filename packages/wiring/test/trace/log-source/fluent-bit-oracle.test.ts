import { join } from 'node:path';
import { known } from '../../../src/model';
import { type FluentBitConfig, type FluentBitSection, readFluentBit } from '../../../src/read/fluent-bit';
import { MappedText, SourceText } from '../../../src/text';
import type { LogsPlan } from '../../../src/trace';
import type { Flow, FlowContext } from '../../../src/trace/log-source/flow';
import { fnmatches, globFinds } from '../../../src/trace/log-source/glob';
import { anyLogFile } from '../../../src/trace/log-source/log-files';
import { fitOf, parserTable } from '../../../src/trace/log-source/parsers';
import { patternOf, throughFilters } from '../../../src/trace/log-source/pipeline';
import { CONTENT, type LogRecord, map, recordOf, text } from '../../../src/trace/log-source/record';
import { tagOfFile, takes } from '../../../src/trace/log-source/tag';
import { describes, isText } from './describes';
import { answer, type Delivered, ENGINE, HAS_ANSWERS, put, SEED, scratch, seeded } from './engine';

/** One process serves this many inputs and outputs at once. */
const MANY = 60;

const where = ENGINE
  ? 'agrees with the real Fluent Bit'
  : `agrees with what the real Fluent Bit answered${HAS_ANSWERS ? '' : ' (not recorded for this seed, and there is none here)'}`;
const with_ = HAS_ANSWERS ? it : it.skip;

const section = (title: string, entries: Readonly<Record<string, string>>): string =>
  `[${title}]\n${Object.entries(entries)
    .map(([key, value]) => `    ${key} ${value}\n`)
    .join('')}`;
const SERVICE = section('SERVICE', { Flush: '0.2', Grace: '1' });

function read(config: string): FluentBitConfig {
  const source = new SourceText('fluent-bit.conf', config);
  return readFluentBit(MappedText.whole(source), { env: () => known('') });
}

const sections = (config: string, kind: FluentBitSection['kind']) =>
  read(config).sections.filter((one) => one.kind === kind);

describe(where, () => {
  with_(
    'about which tags a Match and a Match_Regex take',
    () =>
      scratch(async (directory) => {
        const random = seeded(SEED);
        const word = () => random.pick(['kube', 'kub', 'app', 'a', 'b', 'log', 'x.y', 'k8s']);
        const tags = Array.from(
          { length: MANY },
          (_, i) => `${word()}.${word()}${random.pick(['', '.c', '.log'])}.t${i}`,
        );
        const star = () => random.pick(['*', '*', '.', '.*', '*.', '?', '**', '']);
        const patterns = Array.from({ length: MANY }, (_, i) =>
          i % 4 === 0
            ? {
                key: 'Match_Regex',
                value: `${random.pick(['^', '', '.*'])}${word()}${random.pick(['\\.', '.', '.*', '[a-z]+', '$'])}`,
              }
            : {
                key: 'Match',
                value: random.pick([`${word()}${star()}`, `${star()}${word()}${star()}`, `${word()}.*${word()}*`, '*']),
              },
        );
        const config = [
          SERVICE,
          ...tags.map((tag) => section('INPUT', { Name: 'dummy', Tag: tag, Samples: '1' })),
          ...patterns.map(({ key, value }, i) =>
            section('OUTPUT', { Name: 'file', [key]: value || '*', Path: join(directory, 'out'), File: `o${i}` }),
          ),
          section('OUTPUT', { Name: 'file', Match: '*', Path: join(directory, 'out'), File: 'all' }),
        ].join('\n');
        const isDone = (all: readonly Delivered[]) => all.filter(({ output }) => output === 'all').length >= MANY;
        const delivered = await answer('match', directory, config, isDone);
        expect(isDone(delivered)).toBe(true);
        const real = new Set(delivered.map(({ output, tag }) => `${output} ${tag}`));
        const outputs = sections(config, 'output');
        const wrong = patterns.flatMap(({ value }, i) =>
          tags
            .map((tag) => ({
              tag,
              ours: takes(patternOf(outputs[i]), known(tag)),
              real: real.has(`o${i} ${tag}`) ? 'yes' : 'no',
            }))
            .filter(({ ours, real: theirs }) => ours !== theirs && ours !== 'unknown')
            .map((one) => ({ ...one, value })),
        );
        expect(wrong).toEqual([]);
      }),
    30_000,
  );

  with_(
    'about the files that Path and Exclude_Path find, and the tags that they get',
    () =>
      scratch(async (directory) => {
        const random = seeded(SEED + 1);
        const id = () => Array.from({ length: 64 }, () => random.pick([...'0123456789abcdef'])).join('');
        const name = () => random.pick(['web', 'web-api', 'db', 'cart', 'a.b', 'x']);
        const root = join(directory, 'log');
        const files = Array.from(
          { length: MANY },
          () =>
            `containers/${name()}-${random.pick(['x2k4q', '0', '6d4cf56db6-bcd9z'])}_${random.pick(['shop', 'shop-dev', 'kube-system'])}_${name()}-${id()}.log`,
        );
        for (const file of files) put(join(root, file), 'one line\n');
        const piece = () =>
          random.pick(['*', '*', '?', '[a-w]', '[!x]', 'web', '-', '_shop_', '_shop', '*_', 'db', '*-*', '[wd]*']);
        const pattern = () =>
          `containers/${piece()}${piece()}${piece()}${random.pick(['*.log', '*.log', '*', '.log', '*og'])}`;
        const inputs = Array.from({ length: MANY }, () => ({
          paths: [pattern(), ...(random.below(4) === 0 ? [pattern()] : [])],
          exclude: random.below(3) === 0 ? [`${random.pick(['*', `${root}/`])}${pattern().slice(11)}`] : [],
        }));
        const config = [
          SERVICE,
          ...inputs.map(({ paths, exclude }, i) =>
            section('INPUT', {
              Name: 'tail',
              Tag: `i${i}.*`,
              Path: paths.map((path) => `${root}/${path}`).join(', '),
              Path_Key: 'file',
              Read_from_Head: 'On',
              ...(exclude.length > 0 && { Exclude_Path: exclude.join(',') }),
            }),
          ),
          section('OUTPUT', { Name: 'file', Match: '*', Path: join(directory, 'out'), File: 'all' }),
        ].join('\n');
        const delivered = await answer('files', directory, config, quiet(1));
        expect(delivered.length).toBeGreaterThan(MANY);
        const real = new Map(
          delivered.map(({ tag, record }) => [`${tag.slice(0, tag.indexOf('.'))} ${record.file}`, tag]),
        );
        const wrong = inputs.flatMap(({ paths, exclude }, i) =>
          files.flatMap((file): readonly object[] => {
            const path = `${root}/${file}`;
            const found = paths.map((one) => globFinds(known(`${root}/${one}`), known(path)));
            const left = exclude.map((one) => fnmatches(known(one), known(path)));
            const tag = real.get(`i${i} ${path}`);
            if (found.includes('unknown') || left.includes('unknown')) return [];
            const ours = found.includes('yes') && !left.includes('yes');
            const ourTag = tagOfFile(`i${i}.*`, known(path));
            if (ours !== (tag !== undefined)) return [{ paths, exclude, file, ours }];
            return tag !== undefined && (ourTag.kind !== 'known' || ourTag.value !== tag) ? [{ tag, ourTag }] : [];
          }),
        );
        expect(wrong).toEqual([]);
      }),
    30_000,
  );

  with_(
    'about what filters make of records',
    () =>
      scratch(async (directory) => {
        const random = seeded(SEED + 2);
        const RECORD = {
          log: 'hello',
          stream: 'stdout',
          level: 'info',
          kubernetes: { namespace_name: 'shop', pod_name: 'web-1' },
        };
        const start: LogRecord = recordOf({
          log: text('hello'),
          stream: text('stdout'),
          level: text('info'),
          kubernetes: map({ namespace_name: text('shop'), pod_name: text('web-1') }),
        });
        const key = () => random.pick(['log', 'stream', 'level', 'kubernetes', 'other', 'team']);
        const path = () =>
          random.pick(['log', 'stream', 'other', "$kubernetes['namespace_name']", "$kubernetes['none']", '$level']);
        const filters: readonly (() => Record<string, string>)[] = [
          () => ({ Name: 'modify', [random.pick(['Add', 'Set'])]: `${key()} v${random.below(9)}` }),
          () => ({
            Name: 'modify',
            [random.pick(['Rename', 'Hard_rename', 'Copy', 'Hard_copy'])]: `${key()} ${key()}2`,
          }),
          () => ({ Name: 'modify', [random.pick(['Remove', 'Remove_wildcard'])]: random.pick([key(), 'l', 'st']) }),
          () => ({ Name: 'record_modifier', Record: `team t${random.below(9)}` }),
          () => ({ Name: 'record_modifier', [random.pick(['Remove_key', 'Allowlist_key'])]: key() }),
          () => ({
            Name: 'grep',
            [random.pick(['Regex', 'Exclude'])]: `${path()} ${random.pick(['.', 'shop', '^s', 'nothing', 'info$'])}`,
          }),
          () => ({
            Name: 'nest',
            Operation: 'lift',
            Nested_under: random.pick(['kubernetes', 'other']),
            ...(random.below(2) && { Add_prefix: 'k_' }),
          }),
          () => ({
            Name: 'nest',
            Operation: 'nest',
            Wildcard: random.pick(['l*', 'stream', 'none*']),
            Nest_under: 'nested',
          }),
          () => ({
            Name: 'rewrite_tag',
            Rule: `${random.pick(['$stream', '$level', '$other', "$kubernetes['pod_name']"])} ${random.pick(['.', '^std', 'no'])} NEW.${random.pick(['$TAG', '$stream', "$kubernetes['namespace_name']", '$TAG[1]'])} ${random.pick(['true', 'false'])}`,
          }),
        ];
        const chains = Array.from({ length: 4 * MANY }, (_, i) =>
          Array.from({ length: 1 + random.below(4) }, () => {
            const made = random.pick(filters)();
            return section('FILTER', {
              ...made,
              ...(made.Rule && { Rule: made.Rule.replace('NEW', `n${i}`) }),
              Match: `c${i}.*`,
            });
          }),
        );
        const config = [
          SERVICE,
          ...chains.map((_, i) =>
            section('INPUT', { Name: 'dummy', Tag: `c${i}.in`, Samples: '1', Dummy: JSON.stringify(RECORD) }),
          ),
          ...chains.flat(),
          section('OUTPUT', { Name: 'file', Match: '*', Path: join(directory, 'out'), File: 'all' }),
        ].join('\n');
        const delivered = await answer('filters', directory, config, quiet(MANY));
        const all = sections(config, 'filter');
        const wrong = chains.flatMap((chain, i) => {
          const own = all.filter((one) => one.get('match')?.text.text === `c${i}.*`);
          const plan = { filters: own, inputs: [], outputs: [] } as unknown as LogsPlan;
          const context = { file: anyLogFile(), parsers: parserTable([], false, false) } as unknown as FlowContext;
          const flow: Flow = {
            tag: known(`c${i}.in`),
            record: start,
            isRaw: false,
            evidence: [],
            missing: [],
            failures: [],
          };
          const ours = throughFilters(flow, plan, context).filter(
            ({ dropped, missing }) => !dropped && missing.length === 0,
          );
          const isOpen = throughFilters(flow, plan, context).some(({ missing }) => missing.length > 0);
          if (isOpen) return [];
          const theirs = delivered.filter(({ tag }) => tag.startsWith(`c${i}.`) || tag.startsWith(`n${i}.`));
          const fits =
            ours.length === theirs.length &&
            ours.every((one) =>
              theirs.some(({ tag, record }) => isText(one.tag, tag) && describes(one.record, record)),
            );
          return fits ? [] : [{ chain, ours: ours.map(({ tag, record }) => [tag, [...record.fields]]), theirs }];
        });
        expect(wrong).toEqual([]);
        expect(delivered.length).toBeGreaterThan(2 * MANY);
      }),
    30_000,
  );

  with_(
    'about the parsers that take the lines of containerd apart',
    () =>
      scratch(async (directory) => {
        const expressions = [
          '^(?<time>[^ ]+) (?<stream>stdout|stderr) (?<logtag>[^ ]*) (?<message>.*)$',
          '^(?<time>.+) (?<stream>stdout|stderr)( (?<logtag>.))? (?<log>.*)$',
          '^(?<time>[^ ]+) (?<stream>stdout) F (?<log>.*)$',
          '^\\[(?<time>[^\\]]*)\\] (?<message>.*)$',
          '^(?<remote>[^ ]*) (?<host>[^ ]*) (?<user>[^ ]*) \\[(?<time>[^\\]]*)\\]',
          '/^(?<time>\\d{4}-\\d{2}-\\d{2}T\\S+) (?<stream>\\w+) (?<p>[FP]) (?<log>.*)$/m',
          '^(?<time>\\h{4}-\\S+) (?<stream>[a-z]+) (?<f>F|P) (?<text>.+)$',
          '(?<log>\\{.*\\})',
        ];
        const lines =
          '2026-03-04T05:06:07.123456789Z stdout F {"level":"info"}\n2026-03-04T05:06:08.1Z stderr F plain\n2026-03-04T05:06:09.1Z stdout P a part\n';
        put(join(directory, 'pod.log'), lines);
        const parsers = expressions
          .map((Regex, i) => section('PARSER', { Name: `p${i}`, Format: 'regex', Regex }))
          .join('\n');
        const json = section('PARSER', { Name: 'json', Format: 'json' });
        put(join(directory, 'parsers.conf'), `${parsers}\n${json}`);
        const names = [...expressions.map((_, i) => `p${i}`), 'json'];
        const config = [
          section('SERVICE', { Flush: '0.2', Parsers_File: join(directory, 'parsers.conf') }),
          ...names.map((name) =>
            section('INPUT', {
              Name: 'tail',
              Tag: name,
              Path: join(directory, 'pod.log'),
              Parser: name,
              Read_from_Head: 'On',
            }),
          ),
          section('OUTPUT', { Name: 'file', Match: '*', Path: join(directory, 'out'), File: 'all' }),
        ].join('\n');
        const delivered = await answer('parsers', directory, config, (all) => all.length >= names.length * 3);
        expect(delivered.length).toBe(names.length * 3);
        const table = parserTable(sections(`${parsers}\n${json}`, 'parser'), false, false);
        const compared = names.map((name) => {
          const parser = table.parsers.get(name);
          const fit = parser && fitOf(parser);
          const records = delivered.filter(({ tag }) => tag === name).map(({ record }) => record);
          const isParsed = records.map(
            (record) => Object.keys(record).join() !== 'log' || !`${record.log}`.startsWith('2026'),
          );
          const real = isParsed.every((one) => one) ? 'fits' : isParsed.some((one) => one) ? 'some' : 'misses';
          return { name, ours: fit?.kind, real };
        });
        for (const { ours, real } of compared) if (ours !== 'open') expect({ ours }).toEqual({ ours: real });
        expect(compared.filter(({ ours }) => ours === 'open').map(({ name }) => name)).toEqual(['p2', 'p7']);
      }),
    30_000,
  );

  with_(
    'about the pod that the kubernetes filter finds in a tag',
    () =>
      scratch(async (directory) => {
        const random = seeded(SEED + 3);
        const id = '0123456789abcdef'.repeat(4);
        const FULL = 'kube.var.log.containers.';
        const prefixes = Array.from(
          { length: 24 },
          (_, i) =>
            random.pick([
              FULL,
              FULL.slice(0, random.below(FULL.length)),
              `${FULL}web-`,
              `${FULL}w`,
              `x${FULL.slice(1)}`,
              'k',
            ]) || `k${i}`,
        );
        const tag = (i: number) => `kube.var.log.containers.web-${i}-x2k4q_shop_nginx-${id}.log`;
        const config = [
          SERVICE,
          ...prefixes.map((_, i) => section('INPUT', { Name: 'dummy', Tag: tag(i), Samples: '1' })),
          ...prefixes.map((prefix, i) =>
            section('FILTER', {
              Name: 'kubernetes',
              Match: tag(i),
              Kube_Tag_Prefix: prefix,
              Use_Tag_For_Meta: 'On',
              Kube_URL: 'http://127.0.0.1:9',
              DNS_Retries: '1',
              DNS_Wait_Time: '1',
            }),
          ),
          section('OUTPUT', { Name: 'file', Match: '*', Path: join(directory, 'out'), File: 'all' }),
        ].join('\n');
        const delivered = await answer('metadata', directory, config, (all) => all.length >= prefixes.length, 25);
        expect(delivered.length).toBe(prefixes.length);
        const filters = sections(config, 'filter');
        for (const [i, prefix] of prefixes.entries()) {
          const meta = delivered.find((one) => one.tag === tag(i))?.record.kubernetes as
            | { pod_name?: string }
            | undefined;
          const flow: Flow = {
            tag: known(tag(i)),
            record: recordOf({ message: CONTENT }),
            isRaw: false,
            evidence: [],
            missing: [],
            failures: [],
          };
          const file = {
            ...anyLogFile(),
            pod: known(`web-${i}-x2k4q`),
            namespace: known('shop'),
            container: known('nginx'),
            id: known(id),
          };
          const plan = { filters: [filters[i]], inputs: [], outputs: [] } as unknown as LogsPlan;
          const [ours] = throughFilters(flow, plan, {
            file,
            parsers: parserTable([], false, false),
          } as unknown as FlowContext);
          const isRight = meta?.pod_name === `web-${i}-x2k4q`;
          expect({ prefix, isRight: ours.failures.length === 0 }).toEqual({ prefix, isRight });
        }
      }),
    40_000,
  );
});

/** Nothing has come for two seconds, after so many records. */
function quiet(least: number): (all: readonly Delivered[]) => boolean {
  let [before, since] = [-1, 0];
  return (all) => {
    since = all.length === before ? since + 1 : 0;
    before = all.length;
    return all.length >= least && since > 7;
  };
}
