import { plain, type Word } from './words';

/** The value of an option, `--name value`. */
export function optionOf(words: readonly Word[], name: string, short?: string): Word | undefined {
  return optionsOf(words, name, short)[0];
}

/** `--name value`, `--name=value`, `-n value`. */
export function optionsOf(words: readonly Word[], name: string, short?: string): readonly Word[] {
  return words.flatMap((word, index) => {
    const text = plain(word);
    if ((text === `--${name}` || (short !== undefined && text === `-${short}`)) && words[index + 1])
      return [words[index + 1]];
    const [head, ...rest] = word.pieces;
    if (head?.kind !== 'text' || !head.text.startsWith(`--${name}=`)) return [];
    const value = head.text.slice(name.length + 3);
    return [{ span: word.span, pieces: value === '' ? rest : [{ ...head, text: value }, ...rest] }];
  });
}

/** All words behind an option, to the next one: `--log-group-names a b c`. */
export function listOf(words: readonly Word[], name: string): readonly Word[] {
  const at = words.findIndex((word) => plain(word) === `--${name}`);
  if (at === -1) return optionsOf(words, name);
  const rest = words.slice(at + 1);
  const end = rest.findIndex((word) => plain(word)?.startsWith('--'));
  return end === -1 ? rest : rest.slice(0, end);
}
