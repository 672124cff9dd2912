import { MappedText, type SourceText } from '../../text';
import { type Fence, fences } from './markdown';
import { type Command, commands } from './words';

/** A shell script, or the code of a Markdown file, as the commands that stand in it. */
export interface Script {
  readonly source: SourceText;
  readonly lines: readonly Line[];
  readonly fences: readonly Fence[];
}

export interface Line {
  readonly command: Command;
  readonly text: MappedText;
}

/** What makes roles, accounts or releases; other scripts are of no interest. */
const WORTH =
  /\baws\s+iam\s+create-role\b|\beksctl\s+create\s+iamserviceaccount\b|\bcreate-pod-identity-association\b|\bhelm\s+(?:install|upgrade)\b/;

export function isScript(name: string, text: string): boolean {
  return /\.(?:md|markdown|sh|bash)$/.test(name) && WORTH.test(text);
}

export function readScript(source: SourceText): Script {
  const found = /\.(?:md|markdown)$/.test(source.file) ? fences(source) : [{ text: MappedText.whole(source) }];
  const lines = found.flatMap(({ text }) => commands(text).map((command) => ({ command, text })));
  return { source, lines, fences: found };
}
