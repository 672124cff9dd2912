import { MappedText, type SourceText } from '../../text';

/** A stretch of text between fences, with what stands above it: `[values.yaml]`, `**trust.json**`. */
export interface Fence {
  readonly text: MappedText;
  readonly title?: string;
}

/** The code of a Markdown file, in its order. */
export function fences(source: SourceText): readonly Fence[] {
  const found: Fence[] = [];
  const lines = source.text.split('\n');
  let offset = 0;
  let open: { readonly fence: string; readonly start: number; readonly title?: string } | undefined;
  let above = '';
  for (const line of lines) {
    const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1];
    if (open && mark?.startsWith(open.fence) && line.trim() === mark) {
      const span = { source, start: open.start, end: offset };
      const text = MappedText.join([{ text: source.text.slice(span.start, span.end), span }], span);
      found.push({ text, ...(open.title && { title: open.title }) });
      open = undefined;
      above = '';
    } else if (!open && mark) {
      const title = /([\w.-]+\.(?:ya?ml|json|sh))/.exec(above)?.[1];
      open = { fence: mark, start: offset + line.length + 1, ...(title && { title }) };
    } else if (!open && line.trim() !== '') above = line;
    offset += line.length + 1;
  }
  return found;
}
