import { describe, type LogGroup, type StoredQuery, textOf, type Value } from '../../model';
import { MappedText, type Span } from '../../text';
import { listOf, optionOf } from './options';
import type { Piece, Word } from './words';

/** What the words of a command come to. */
export interface Words {
  readonly value: (word: Word) => Value;
  readonly piece: (piece: Piece) => Value;
  readonly spanOf: (piece: Piece, word: Word) => Span;
  readonly region: Value;
}

type Draft = { -readonly [key in keyof LogGroup]: LogGroup[key] };

/** `aws logs …`: the groups that a script makes, and the questions that it asks of groups. */
export class LogCommands {
  readonly groups: Draft[] = [];
  readonly queries: StoredQuery[] = [];

  constructor(private readonly words: Words) {}

  call(action: string, words: readonly Word[]): void {
    const group = optionOf(words, 'log-group-name');
    switch (action) {
      case 'create-log-group':
        if (group) this.makeGroup(group, words);
        return;
      case 'put-retention-policy':
        this.keep(group, optionOf(words, 'retention-in-days'));
        return;
      case 'put-query-definition':
        this.ask('query-definition', optionOf(words, 'name'), listOf(words, 'log-group-names'), words);
        return;
      case 'start-query':
        this.ask('query-definition', undefined, group ? [group] : listOf(words, 'log-group-names'), words);
        return;
      case 'put-metric-filter':
        this.ask('metric-filter', optionOf(words, 'filter-name'), group ? [group] : [], words);
    }
  }

  private makeGroup(word: Word, words: readonly Word[]): void {
    const name = this.words.value(word);
    const [storageClass, region] = ['log-group-class', 'region'].map((option) => optionOf(words, option));
    this.groups.push({
      label: `log group ${describe(name)}`,
      name,
      region: region ? this.words.value(region) : this.words.region,
      span: word.span,
      ...(storageClass && { storageClass: this.words.value(storageClass) }),
    });
  }

  private keep(word: Word | undefined, days: Word | undefined): void {
    const name = word && describe(this.words.value(word));
    const group = this.groups.find((one) => describe(one.name) === name);
    if (group && days) group.retentionDays = this.words.value(days);
  }

  private ask(
    kind: StoredQuery['kind'],
    named: Word | undefined,
    groups: readonly Word[],
    words: readonly Word[],
  ): void {
    const asked = optionOf(words, kind === 'metric-filter' ? 'filter-pattern' : 'query-string');
    if (!asked) return;
    const [region, language] = ['region', 'query-language'].map((option) => optionOf(words, option));
    const said = named ? textOf(this.words.value(named)) : undefined;
    const name = said ?? `line ${asked.span.source.position(asked.span.start).line} of ${asked.span.source.file}`;
    const written = language ? textOf(this.words.value(language)) : undefined;
    this.queries.push({
      kind,
      name,
      owner: `${kind === 'metric-filter' ? 'metric filter' : 'question'} ${name}`,
      language: kind === 'metric-filter' ? 'filter' : written === 'PPL' || written === 'SQL' ? written : 'CWLI',
      groups: groups.map((group) => ({ name: this.words.value(group), span: group.span })),
      region: region ? this.words.value(region) : this.words.region,
      span: asked.span,
      ...this.textOf(asked),
      ...(region && { regionSpan: region.span }),
    });
  }

  /** With the place of each letter; what only a run knows stands in it as a symbol. */
  private textOf(word: Word): Pick<StoredQuery, 'text' | 'symbols'> {
    const symbols: Value[] = [];
    const pieces = word.pieces.map((piece) => {
      const value = this.words.piece(piece);
      const text = textOf(value) ?? `\uFFFC${symbols.push(value) - 1}\uFFFC`;
      return { text, span: this.words.spanOf(piece, word) };
    });
    return { text: MappedText.join(pieces, word.span), ...(symbols.length > 0 && { symbols }) };
  }
}
