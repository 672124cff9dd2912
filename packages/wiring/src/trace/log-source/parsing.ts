import type { Missing } from '../../model';
import { textOf, type Value } from '../../model';
import type { FluentBitProperty, FluentBitSection } from '../../read/fluent-bit';
import type { Span } from '../../text';
import { type LogsPlan, nameOf } from '../collectors/logs-plan';
import type { Break, Evidence } from '../path';
import { patternsOf } from './inputs';
import { type Fit, fitOf, isOn, type LogParser } from './parsers';
import { CONTENT, type Field, type LogRecord, recordOf, text, withField } from './record';

/** What an input makes of a line before the filters see it. */
export interface Parsed {
  readonly record: LogRecord;
  readonly isRaw: boolean;
  readonly evidence: readonly Evidence[];
  readonly missing: readonly Missing[];
  readonly broken?: Break;
}

/** Takes the lines of containerd apart as the input does: by parsers for several lines, or by one for each line. */
export function parsedBy(input: FluentBitSection, plan: LogsPlan, path: Value): Parsed {
  const parsed = byMultiline(input, plan) ?? byParser(input, plan) ?? unparsed(input);
  const pathKey = textOf(input.get('path_key')?.value);
  const offsetKey = textOf(input.get('offset_key')?.value);
  let { record } = parsed;
  if (pathKey !== undefined) record = withField(record, pathKey, text(path));
  if (offsetKey !== undefined) record = withField(record, offsetKey, CONTENT);
  return { ...parsed, record };
}

function byMultiline(input: FluentBitSection, plan: LogsPlan): Parsed | undefined {
  const settings = input.all('multiline.parser');
  const [first] = settings;
  if (!first) return undefined;
  const names = settings.flatMap((setting) => patternsOf(setting).map((value) => ({ setting, name: textOf(value) })));
  const lost = names.find(({ name }) => name !== undefined && !plan.parsers.multiline.has(name));
  const raw = unparsed(input);
  if (lost) {
    const span = lost.setting.span;
    if (plan.parsers.isOpen) return open(raw, `multiline parser ${lost.name}, which is defined elsewhere`);
    return {
      ...raw,
      broken: missingParser(input, `multiline parser ${lost.name}`, span, plan, 'Fluent Bit ends at its start'),
    };
  }
  if (names.some(({ name }) => name === 'cri')) {
    return {
      isRaw: false,
      record: recordOf({ time: CONTENT, stream: CONTENT, _p: CONTENT, log: CONTENT }),
      evidence: [
        { text: 'multiline.parser cri takes the lines of containerd apart, and joins their parts', span: first.span },
      ],
      missing: [],
    };
  }
  if (names.some(({ name }) => name === undefined || plan.parsers.multiline.get(name))) {
    return open(raw, `what multiline parser ${names.map(({ name }) => name ?? '?').join(', ')} makes of a line`);
  }
  const why = `multiline.parser ${names.map(({ name }) => name).join(', ')} does not read what containerd writes`;
  return { ...raw, broken: misfit(input, why, first) };
}

function byParser(input: FluentBitSection, plan: LogsPlan): Parsed | undefined {
  const isOld = isOn(textOf(input.get('multiline')?.value));
  const setting = isOld ? (input.get('parser_firstline') ?? input.get('parser')) : input.get('parser');
  if (!setting) return undefined;
  const name = textOf(setting.value);
  const raw = unparsed(input);
  const parser = name === undefined ? undefined : plan.parsers.parsers.get(name);
  if (!parser) {
    if (name === undefined || plan.parsers.isOpen) return open(raw, `parser ${name ?? ''}, which is defined elsewhere`);
    return { ...raw, broken: missingParser(input, `parser ${name}`, setting.span, plan, 'lines stay as they are') };
  }
  const fit = fitOf(parser);
  if (isOld && fit.kind !== 'fits') return open(raw, `what parser ${parser.name} makes of several lines`);
  if (fit.kind === 'open') return open(raw, fit.why);
  if (fit.kind === 'misses') {
    const why = `parser ${parser.name} does not read what containerd writes: ${fit.why}`;
    return { ...raw, broken: misfit(input, why, setting, parser.span) };
  }
  return taken(parser, fit, setting);
}

function taken(parser: LogParser, fit: Fit & { readonly kind: 'fits' }, setting: FluentBitProperty): Parsed {
  const keys = fit.keys.filter((key) => key !== parser.timeKey || parser.keepsTime);
  // The name of a group says what is in it only by its place: where the text of the application stands.
  const fields = keys.map((key): readonly [string, Field] => [key, CONTENT]);
  return {
    isRaw: false,
    record: { fields: new Map(fields), isOpen: false },
    evidence: [{ text: `parser ${parser.name} matches the lines of containerd`, span: setting.span }],
    missing: [],
  };
}

function unparsed(input: FluentBitSection): Parsed {
  const key = textOf(input.get('key')?.value) ?? 'log';
  return {
    isRaw: key === 'log',
    record: recordOf({ [key]: CONTENT }),
    evidence: [{ text: 'lines are taken as containerd writes them', span: input.span }],
    missing: [],
  };
}

function open(parsed: Parsed, what: string): Parsed {
  const record = { ...parsed.record, isOpen: true };
  return { record, isRaw: false, evidence: [], missing: [{ kind: 'parser', what }] };
}

function misfit(input: FluentBitSection, why: string, setting: FluentBitProperty, parser?: Span): Break {
  return {
    claim: 'parser-fits-runtime',
    message: `${nameOf(input)} cannot take its lines apart: ${why}`,
    span: setting.span,
    related: parser ? [{ span: parser, message: 'the parser is defined here' }] : [],
    help: 'set "multiline.parser cri" in place of it',
  };
}

function missingParser(input: FluentBitSection, what: string, span: Span, plan: LogsPlan, then: string): Break {
  const names = [...plan.parsers.parsers.values()].flatMap((parser) =>
    parser.span ? [{ span: parser.span, message: `parser ${parser.name} is defined here` }] : [],
  );
  const file = plan.service.flatMap((section) => section.all('parsers_file'))[0];
  return {
    claim: 'parser-exists',
    message: `${nameOf(input)} names ${what}, which is not defined: ${then}`,
    span,
    related: [...names.slice(0, 2), ...(file ? [{ span: file.span, message: 'parsers come from this file' }] : [])],
  };
}
