import { MappedText, type Node, type SourceText, type Span } from '../../text';
import { joinPath } from '../file-tree';
import type { Problem } from '../problem';
import { readYaml } from '../yaml';
import type { BuildContext, Layer } from './context';
import { refused } from './duplicates';
import { fault } from './fault';
import { isNull } from './nodes';

/** Remote by the look of it; tried only for paths that are not there. */
export function looksRemote(path: string): boolean {
  return /^(?:[a-z+]+::|[a-z][a-z+.-]*:\/\/|git@|github\.com[/:]|[\w.-]+@[\w.-]+:)|\/\/|\?(?:ref|version|timeout|submodules)=/i.test(
    path,
  );
}

/** Whether a file is in the directory or below: kustomize reads no other files. */
export function isWithin(directory: string, path: string): boolean {
  if (directory === '') return !path.startsWith('..');
  return path === directory || path.startsWith(`${directory}/`);
}

/**
 * A file that a kustomization names.
 *
 * @returns undefined when the file cannot be had here; then it was reported as unsupported
 * @throws BuildFault when it is missing, or outside of the kustomization's directory
 */
export function loadFile(layer: Layer, path: string, span: Span): SourceText | undefined {
  const { context, directory } = layer;
  const full = joinPath(directory, path);
  const kind = context.tree.kind(full);
  if (path.startsWith('/'))
    throw fault('kustomize-file-missing', `"${path}" is absolute`, span, 'write a relative path');
  if (kind === undefined && looksRemote(path)) {
    context.unsupported.push({ kind: 'remote-resource', what: path, span });
    return undefined;
  }
  if (kind !== 'file') {
    const what = kind === 'directory' ? 'is a directory' : 'does not exist';
    throw fault('kustomize-file-missing', `the file ${full} ${what}`, span);
  }
  if (!isWithin(directory, full)) {
    const help = `kustomize reads files from ${directory || 'its own directory'} and below only; move the file there`;
    throw fault('kustomize-file-outside', `the file ${full} is outside of the kustomization's directory`, span, help);
  }
  const source = context.tree.read(full);
  if (source) context.visited.add(full);
  else context.unsupported.push({ kind: 'binary-file', what: path, span });
  return source;
}

/** The documents of a text; syntax errors are reported once and yield no documents. */
export function documentsOf(text: MappedText, problems: Problem[]): readonly Node[] {
  const reading = readYaml(text);
  problems.push(...reading.problems, ...refused(reading));
  return reading.documents.filter((document) => !isNull(document));
}

/** The documents of a whole file, reporting once however often the file is used. */
export function documentsOfFile(source: SourceText, context: BuildContext): readonly Node[] {
  return documentsOf(MappedText.whole(source), context.problems);
}
