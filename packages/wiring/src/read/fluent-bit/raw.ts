import type { MappedText, Span } from '../../text';
import type { Problem } from '../problem';
import type { FluentBitKind, FluentBitUnsupported } from './model';

/**
 * What the two formats are read into before variables are expanded: a variable may be defined after its use, so
 * expansion waits for the whole of the configuration.
 */
export interface RawConfig {
  readonly sections: RawSection[];
  readonly variables: RawVariable[];
  readonly problems: Problem[];
  readonly unsupported: FluentBitUnsupported[];
}

export interface RawSection {
  readonly kind: FluentBitKind;
  readonly title: string;
  readonly span: Span;
  readonly properties: RawProperty[];
  readonly groups: RawGroup[];
}

export interface RawGroup {
  readonly name: string;
  readonly span: Span;
  readonly properties: RawProperty[];
}

export interface RawProperty {
  readonly written: string;
  readonly key: string;
  readonly keySpan: Span;
  readonly text: MappedText;
}

/** `@SET name=value`, or an item of `env`. */
export interface RawVariable {
  readonly name: string;
  readonly text: MappedText;
}

/** Finds the text of another file of the configuration by its path; undefined when it is not in the input. */
export type Include = (path: string) => MappedText | undefined;

/** The paths that a path with wild-cards stands for; undefined when nobody can say. */
export type Expand = (pattern: string) => readonly string[] | undefined;

/** The other files of a configuration. */
export interface Files {
  readonly include: Include;
  readonly expand: Expand;
}

/** The paths that an include names: its own, or those that its wild-cards stand for. */
export function included(path: string, { expand }: Files): readonly string[] {
  return /[*?[]/.test(path) ? (expand(path) ?? []) : [path];
}

export function emptyConfig(): RawConfig {
  return { sections: [], variables: [], problems: [], unsupported: [] };
}
