import type { Value } from '../../model/value';
import type { MappedText, Span } from '../../text';
import type { Problem } from '../problem';

/** Kinds of section, one name for both formats (`[INPUT]` and `pipeline.inputs` are `input`). */
export type FluentBitKind =
  | 'service'
  | 'input'
  | 'filter'
  | 'output'
  | 'parser'
  | 'multiline_parser'
  | 'custom'
  | 'stream_processor'
  | 'plugins'
  | 'upstream_servers'
  | 'other';

/** A Fluent Bit configuration, whichever format it was written in. */
export interface FluentBitConfig {
  /** In the order of the text; those of an included file stand where it was included. */
  readonly sections: readonly FluentBitSection[];
  /** What Fluent Bit itself would refuse. */
  readonly problems: readonly Problem[];
  /** Parts of the configuration that stand elsewhere and were not to be had. */
  readonly unsupported: readonly FluentBitUnsupported[];
}

export interface FluentBitUnsupported {
  readonly kind: 'include' | 'parsers-file' | 'variable-from-file';
  /** The path as it is written. */
  readonly what: string;
  readonly span: Span;
}

export interface FluentBitProperty {
  /** Lower case, with `_` for camel case; compare with this one. */
  readonly key: string;
  /** As it is written. */
  readonly written: string;
  readonly keySpan: Span;
  /** With variables expanded. Always text: `on` and `true` are what Fluent Bit makes of them. */
  readonly value: Value;
  /** Before variables were expanded, without the white space around it. */
  readonly text: MappedText;
  readonly span: Span;
}

/** Properties under one roof: a section, or a group inside of one (a rule of a multiline parser, a processor). */
export class FluentBitProperties {
  constructor(readonly properties: readonly FluentBitProperty[]) {}

  /** The property with this key (of several, the last one, which is the one that counts); keys ignore case. */
  get(key: string): FluentBitProperty | undefined {
    return this.all(key).at(-1);
  }

  /** All properties with this key; a list in YAML is one property per item. */
  all(key: string): readonly FluentBitProperty[] {
    const wanted = key.toLowerCase();
    return this.properties.filter((property) => property.key === wanted);
  }
}

export class FluentBitSection extends FluentBitProperties {
  constructor(
    readonly kind: FluentBitKind,
    /** As it is written: `INPUT`, `inputs`. */
    readonly title: string,
    properties: readonly FluentBitProperty[],
    readonly groups: readonly FluentBitGroup[],
    readonly span: Span,
  ) {
    super(properties);
  }
}

export class FluentBitGroup extends FluentBitProperties {
  constructor(
    /** `rule`, or the title as it is written. */
    readonly name: string,
    properties: readonly FluentBitProperty[],
    readonly span: Span,
  ) {
    super(properties);
  }
}

const KINDS: Readonly<Record<string, FluentBitKind>> = {
  service: 'service',
  input: 'input',
  inputs: 'input',
  filter: 'filter',
  filters: 'filter',
  output: 'output',
  outputs: 'output',
  parser: 'parser',
  parsers: 'parser',
  multiline_parser: 'multiline_parser',
  multiline_parsers: 'multiline_parser',
  custom: 'custom',
  customs: 'custom',
  stream_processor: 'stream_processor',
  plugins: 'plugins',
  upstream_servers: 'upstream_servers',
};

/** The kind of a section by its title, in either format. */
export function kindOf(title: string): FluentBitKind {
  return KINDS[title.toLowerCase()] ?? 'other';
}
