import { concat, known, type Missing, type Value } from '../model';
import { MappedText, type Span } from '../text';

/** A text inside another format, in which values stand that only a deployment knows. */
export interface Embedded {
  readonly text: MappedText;
  /** By the name of their stand-in, which is written `${name}`. */
  readonly values: ReadonlyMap<string, Value>;
  /** Why there is no text. */
  readonly missing?: Missing;
}

const STAND_IN = /\$\{(sightline_\d+)\}/g;

/** Lays the parts of a text one after another; a part that is no text yet gets a stand-in. */
export class EmbeddedBuilder {
  private readonly parts: MappedText[] = [];
  private readonly values = new Map<string, Value>();

  text(part: MappedText): void {
    this.parts.push(part);
  }

  value(value: Value, span: Span): void {
    if (value.kind === 'concat') {
      for (const part of value.parts) this.value(part, span);
      return;
    }
    if (value.kind === 'known') {
      this.parts.push(MappedText.derived(`${value.value ?? ''}`, span));
      return;
    }
    const name = `sightline_${this.values.size}`;
    this.values.set(name, value);
    this.parts.push(MappedText.derived(`\${${name}}`, span));
  }

  build(whole: Span): Embedded {
    return { text: MappedText.concat(this.parts, whole), values: this.values };
  }
}

/** A text of the inner format, with the values that its stand-ins stand for. */
export function embeddedValue(text: string, { values }: Pick<Embedded, 'values'>, span?: Span): Value {
  if (values.size === 0) return known(text, span);
  const parts: Value[] = [];
  let from = 0;
  for (const found of text.matchAll(STAND_IN)) {
    parts.push(known(text.slice(from, found.index)), values.get(found[1]) ?? known(found[0]));
    from = found.index + found[0].length;
  }
  return concat([...parts, known(text.slice(from))], span);
}
