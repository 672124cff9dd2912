import { MappedText, type Node, type SourceText } from '../../text';
import { at, stringAt } from '../access';
import { readTemplate } from '../cloudformation';
import { baseName, type FileTree, joinPath, parentPath } from '../file-tree';
import { chartObjects, mayBeValues } from '../generated';
import { dashboardModel, isProvisioning, isResource, mayBeDashboard } from '../grafana';
import { readJson } from '../json';
import type { Problem } from '../problem';
import { isScript } from '../shell';
import { parseYaml, type YamlReading } from '../yaml';

/** What a file turns out to be by its content. */
export type FileKind =
  | 'manifests'
  | 'grafana'
  | 'kustomization'
  | 'template'
  | 'script'
  | 'helm'
  | 'other'
  | 'binary'
  | 'absent';

export interface FileReading {
  readonly path: string;
  readonly kind: FileKind;
  readonly source?: SourceText;
  readonly documents: readonly Node[];
  /** Faults of a file that is ours; a file that is not is never blamed. */
  readonly problems: readonly Problem[];
}

export const KUSTOMIZATION_FILES = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'];

const READ_EXTENSIONS = /\.(ya?ml|json|template|md|markdown|sh|bash)$/;
const SCRIPTS = /\.(?:md|markdown|sh|bash)$/;
/** No configuration is this large; reading it would only cost memory. */
const MAX_LENGTH = 64 * 1024 * 1024;

/** Reads and recognises each file once. */
export class Documents {
  private readonly read = new Map<string, FileReading>();

  constructor(readonly files: FileTree) {}

  /** @param named the user named the file itself, so it is read whatever it is called */
  get(path: string, named = false): FileReading {
    const key = named ? `!${path}` : path;
    const seen = this.read.get(key);
    if (seen) return seen;
    const reading = this.recognise(path, named);
    this.read.set(key, reading);
    return reading;
  }

  private recognise(path: string, named: boolean): FileReading {
    const plain = (kind: FileKind, source?: SourceText): FileReading => ({
      path,
      kind,
      documents: [],
      problems: [],
      ...(source && { source }),
    });
    if (this.files.kind(path) !== 'file') return plain('absent');
    const name = baseName(path);
    if (KUSTOMIZATION_FILES.includes(name)) return plain('kustomization');
    if (!named && !READ_EXTENSIONS.test(name)) return plain('other');
    const source = this.files.read(path);
    if (!source) return plain('binary');
    const { text } = source;
    if (SCRIPTS.test(name))
      return plain(text.length <= MAX_LENGTH && isScript(name, text) ? 'script' : 'other', source);
    if (!named && !mayBeOurs(text)) return plain('other', source);
    if (text.length > MAX_LENGTH) {
      const span = { source, start: 0, end: 0 };
      const message = `the file is larger than ${MAX_LENGTH / 1024 / 1024} MiB`;
      return { ...plain('manifests', source), problems: [{ code: 'too-large', message, span }] };
    }
    // The values of a chart beside it are its defaults, not somebody's.
    if (!named && /^values/.test(name) && this.files.kind(joinPath(parentPath(path), 'Chart.yaml')) === 'file') {
      return plain('helm', source);
    }
    const { documents, problems: faults, duplicates } = parse(source, name);
    const kind = kindOf(documents, text, faults.length > 0, source, named);
    const problems = [...faults, ...duplicates];
    // Go's parser takes folded text that is indented too little, which generated definitions have; they wire nothing.
    if (!named && problems.length > 0 && isDefinition(text)) return { path, kind, source, documents, problems: [] };
    if (kind === 'helm' || kind === 'other') return plain(kind, source);
    // Manifests are asked for once; templates once for each world.
    if (kind === 'template') return { path, kind, source, documents, problems };
    let held: readonly Node[] | undefined = documents;
    const take = () => {
      const found = held ?? parse(source, name).documents;
      held = undefined;
      return found;
    };
    return {
      path,
      kind,
      source,
      problems,
      get documents() {
        return take();
      },
    };
  }
}

function parse(source: SourceText, name: string): YamlReading {
  const text = MappedText.whole(source);
  if (/\.json$/.test(name) || /^\s*\{\s*"/.test(source.text)) {
    const { value, problems } = readJson(text);
    // Several objects of JSON between marks are YAML, as the file's name says.
    const isYaml = problems.length > 0 && /\.ya?ml$/.test(name);
    if (!isYaml) return { documents: value ? [value] : [], problems, duplicates: [] };
  }
  return parseYaml(text);
}

/** Cheap, before anything is parsed: every object names its kind, every template has resources with types. */
function mayBeOurs(text: string): boolean {
  if ((text.includes('apiVersion') && text.includes('kind')) || text.includes('Resources')) return true;
  return mayBeValues(text) || mayBeDashboard(text) || /^datasources\s*:/m.test(text) || isDeep(text);
}

/** How much of a file is looked at for nesting, and how much of it is no longer somebody's data. */
const SNIFFED = 65_536;
const SUSPICIOUS = 500;

/** A document that is all nesting cannot be recognised by its content; it is told about rather than passed over. */
function isDeep(text: string): boolean {
  let depth = 0;
  for (let i = 0; i < text.length && i < SNIFFED; i++) {
    const letter = text[i];
    if (letter === '[' || letter === '{') depth++;
    else if (letter === ']' || letter === '}') depth--;
    if (depth > SUSPICIOUS) return true;
  }
  return text.includes('- '.repeat(SUSPICIOUS));
}

function isGrafana(document: Node): boolean {
  return dashboardModel(document) !== undefined || isResource(document) || isProvisioning(document);
}

function kindOf(
  documents: readonly Node[],
  text: string,
  broken: boolean,
  source: SourceText,
  named: boolean,
): FileKind {
  // Values may have in them what their chart fills in, and are its source no more for that.
  if (!broken && documents.some((document) => chartObjects(document))) return 'manifests';
  // JSON is nobody's chart, whatever braces are in it.
  if (!source.file.endsWith('.json') && isHelmSource(text, broken)) return 'helm';
  if (documents.some((document) => readTemplate(document, source))) return 'template';
  if (documents.some(isGrafana)) return 'grafana';
  if (documents.some((d) => stringAt(d, 'apiVersion') !== undefined && at(d, 'kind'))) return 'manifests';
  if (!broken) return 'other';
  if (named && mayBeDashboard(text)) return 'grafana';
  if (/"?Resources"?\s*:/.test(text)) return 'template';
  return (/(?:^|[{,])\s*"?apiVersion"?\s*:/m.test(text) && /(?:^|[{,])\s*"?kind"?\s*:/m.test(text)) || isDeep(text)
    ? 'manifests'
    : 'other';
}

function isDefinition(text: string): boolean {
  return /^kind: CustomResourceDefinition\s*$/m.test(text);
}

/** Templates of a chart are no manifests yet, whether or not they happen to parse. */
function isHelmSource(text: string, broken: boolean): boolean {
  if (!text.includes('{{')) return false;
  return broken || /\{\{-?\s*(?:include\s|template\s|define\s|\$?\.(?:Values|Release|Chart|Capabilities)\b)/.test(text);
}
