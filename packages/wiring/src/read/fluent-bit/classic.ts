import { MappedText, type Span } from '../../text';
import { kindOf } from './model';
import { type Files, included, type RawConfig, type RawGroup, type RawProperty, type RawSection } from './raw';

const MAX_INCLUDES = 64;

interface State {
  section?: RawSection;
  group?: RawGroup;
  /** The white space that the first indented line of this file begins with; all others must begin with it too. */
  indent?: string;
}

interface Line {
  readonly text: MappedText;
  readonly start: number;
  readonly content: string;
}

/**
 * The classic format, line by line, by the rules of Fluent Bit's own reader: titles at the start of a line, properties
 * indented alike, key and value parted by the first space, comments on lines of their own.
 *
 * Fluent Bit stops at the first fault of a file, so the rest of the file is not read after one.
 */
export function readClassic(text: MappedText, files: Files, into: RawConfig): void {
  readFile(text, files, into, { included: new Set() });
}

interface Context {
  readonly included: Set<string>;
}

function readFile(text: MappedText, files: Files, into: RawConfig, context: Context): void {
  const state: State = {};
  let start = 0;
  for (const raw of text.text.split('\n')) {
    const line: Line = { text, start, content: raw.endsWith('\r') ? raw.slice(0, -1) : raw };
    start += raw.length + 1;
    if (!readLine(line, state, files, into, context)) return;
  }
}

/** False when reading cannot go on. */
function readLine(line: Line, state: State, files: Files, into: RawConfig, context: Context): boolean {
  const { content } = line;
  if (content === '' || content.startsWith('#')) return true;
  if (/^@include ./i.test(content)) return readInclude(line, files, into, context);
  if (content.startsWith('@') && content.length > 3) return readCommand(line, into);
  if (content.startsWith('[')) return readTitle(line, state, into);
  return readProperty(line, state, into);
}

function fail(into: RawConfig, message: string, span: Span, help?: string): false {
  into.problems.push({ code: 'fluent-bit-syntax', message, ...(help && { help }), span });
  return false;
}

function spanOf({ text, start, content }: Line, from = 0, to = content.length): Span {
  return text.span(start + from, start + to);
}

function readInclude(line: Line, files: Files, into: RawConfig, context: Context): boolean {
  const path = line.content.slice(9).trim();
  const span = spanOf(line, 9);
  if (context.included.has(path)) return fail(into, `"${path}" is included twice`, span);
  const all = included(path, files);
  let isFound = false;
  for (const one of all) {
    const found = context.included.size >= MAX_INCLUDES ? undefined : files.include(one);
    if (!found || context.included.has(one)) continue;
    isFound = true;
    context.included.add(one);
    readFile(found, files, into, context);
  }
  if (!isFound) into.unsupported.push({ kind: 'include', what: path, span });
  return true;
}

/** `@SET name=value`; other commands do not exist. */
function readCommand(line: Line, into: RawConfig): boolean {
  const match = /^@(\S+) (.*)$/.exec(line.content);
  if (!match) return fail(into, 'a command without a value', spanOf(line), 'write "@SET name=value"');
  const [, command, rest] = match;
  if (command.toLowerCase() !== 'set') return fail(into, `unknown command "@${command}"`, spanOf(line));
  const equals = rest.indexOf('=');
  const from = command.length + 2;
  if (equals === -1) return fail(into, 'a variable without a value', spanOf(line, from), 'write "@SET name=value"');
  into.variables.push({ name: rest.slice(0, equals).trim(), text: pieceOf(line, from + equals + 1) });
  return true;
}

function readTitle(line: Line, state: State, into: RawConfig): boolean {
  const end = line.content.indexOf(']');
  if (end === -1) return fail(into, 'a section title without its "]"', spanOf(line));
  const title = line.content.slice(1, end);
  const kind = kindOf(title);
  const service = kind === 'service' ? into.sections.find((section) => section.kind === 'service') : undefined;
  state.group = undefined;
  // There is one service: a second title adds to it.
  state.section = service ?? { kind, title, span: spanOf(line, 0, end + 1), properties: [], groups: [] };
  if (!service) into.sections.push(state.section);
  return true;
}

function readProperty(line: Line, state: State, into: RawConfig): boolean {
  const { content } = line;
  const own = /^[ \t]*/.exec(content)?.[0] ?? '';
  if (own === '') {
    return fail(into, 'a property at the start of a line', spanOf(line), 'indent properties, all alike');
  }
  state.indent ??= own;
  if (!own.startsWith(state.indent)) {
    const wrong = spanOf(line, 0, own.length);
    return fail(into, 'not indented like the properties before', wrong, 'indent all properties alike');
  }
  const extra = own.length - state.indent.length;
  if (extra !== 0 && extra !== state.indent.length) {
    const wrong = spanOf(line, 0, own.length);
    return fail(into, 'indented more than the properties before', wrong, 'indent all properties alike');
  }
  if (extra === 0) state.group = undefined;
  if (own === content || content[own.length] === '#') return true;
  const rest = content.slice(own.length);
  const space = rest.indexOf(' ');
  if (rest.startsWith('[') && space !== -1) return readGroup(line, own.length, state, into);
  if (space === -1 || space === rest.length - 1) {
    return fail(
      into,
      `the key "${rest.trim()}" has no value`,
      spanOf(line, own.length),
      'write the value behind a space',
    );
  }
  if (!state.section) return fail(into, 'a property before the first section', spanOf(line, own.length));
  (state.group ?? state.section).properties.push(property(line, own.length, own.length + space));
  return true;
}

function readGroup(line: Line, from: number, state: State, into: RawConfig): boolean {
  const end = line.content.indexOf(']', from);
  if (end === -1) return fail(into, 'a group title without its "]"', spanOf(line, from));
  if (!state.section) return fail(into, 'a group before the first section', spanOf(line, from));
  state.group = { name: line.content.slice(from + 1, end), span: spanOf(line, from, end + 1), properties: [] };
  state.section.groups.push(state.group);
  return true;
}

function property(line: Line, from: number, to: number): RawProperty {
  const written = line.content.slice(from, to).trim();
  return { written, key: written.toLowerCase(), keySpan: spanOf(line, from, to), text: pieceOf(line, to + 1) };
}

/** The rest of a line from `from`, without the white space around it. */
function pieceOf(line: Line, from: number): MappedText {
  const rest = line.content.slice(from);
  const start = from + (rest.length - rest.trimStart().length);
  const end = Math.max(start, from + rest.trimEnd().length);
  const span = spanOf(line, start, end);
  return MappedText.join(end > start ? [{ text: line.content.slice(start, end), span }] : [], span);
}
