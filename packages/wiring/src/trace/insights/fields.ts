import { describe, textOf, type Value } from '../../model';
import type { Command, Expression, InsightsQuery } from '../../read/insights';
import { nearestName } from '../../text';
import { type Hop, HopBuilder } from '../path';
import { causesOf } from './causes';
import { ConditionJudge, isOpen, type Never } from './conditions';
import type { LogQuery } from './query';
import type { LogStore } from './store';
import { namesOf, type Use, usesOf } from './uses';

/** Does what arrives have the fields that a question needs? */
export function fieldsHop(query: LogQuery, read: InsightsQuery, groups: readonly Value[], store: LogStore): Hop {
  return new FieldsJudge(query, groups, store).judge(read);
}

class FieldsJudge {
  private readonly hop: HopBuilder;
  private readonly where: string;
  /** Names that the question has made so far. */
  private readonly own = new Set<string>();
  /** Behind `stats` and its like there are other fields than events have. */
  private isResult = false;
  private readonly seen = new Set<string>();
  private readonly conditions: ConditionJudge;

  constructor(
    private readonly query: LogQuery,
    groups: readonly Value[],
    private readonly store: LogStore,
  ) {
    this.where = `log group ${groups.map(describe).join(', ')}`;
    this.hop = new HopBuilder('fields', this.where, query.owner);
    this.conditions = new ConditionJudge(store, (name) => this.isOwn(name));
  }

  judge({ commands, doubts, problems }: InsightsQuery): Hop {
    const { hop, query, store } = this;
    for (const command of commands) this.command(command);
    for (const { what } of doubts) hop.lacks({ kind: 'query', what: `what ${query.owner} asks: ${what}` });
    if (problems.length > 0)
      hop.lacks({ kind: 'earlier-hop', what: 'depends on the hop "query", which does not hold' });
    if (hop.isBroken || this.seen.size === 0) return hop.build();
    for (const { sink } of store.arrivals.slice(0, 2)) {
      hop.saw(`${sink.component} writes what is asked`, sink.group?.span ?? sink.span);
    }
    return hop.build();
  }

  private isOwn(name: string): boolean {
    return this.isResult || this.own.has(name) || [...this.own].some((own) => name.startsWith(`${own}.`));
  }

  private command(command: Command): void {
    if (command.kind === 'filter') this.filter(command.condition);
    else for (const use of usesOf(command)) this.use(use);
    for (const name of namesOf(command)) this.own.add(name);
    if (['stats', 'pattern', 'diff', 'other'].includes(command.kind)) this.isResult = true;
  }

  private filter(condition: Expression): void {
    const never = this.conditions.never(condition);
    if (never) {
      this.neverHolds(never);
      return;
    }
    for (const { isAlone, ...use } of this.conditions.uses(condition)) {
      const { truth, meant } = this.verdict(use.name);
      if (truth === 'no' && meant === undefined && !isAlone) this.note(use.name, 'some events have no');
      else this.use({ ...use, how: 'column' });
    }
  }

  private verdict(name: string) {
    if (this.isOwn(name)) return { truth: 'yes' as const };
    return isOpen(name) ? { truth: 'unknown' as const } : this.store.verdict(name);
  }

  private use(use: Use): void {
    const { name, how } = use;
    if (this.isOwn(name)) return;
    const { truth, meant } = this.verdict(name);
    if (truth === 'yes') this.note(name, 'events have');
    else if (truth === 'unknown') this.lacks(name);
    else if (how === 'value' || meant !== undefined || this.store.isOfCollector(name) || this.store.withoutFields) {
      this.absent(use, meant);
    } else {
      this.once(name, () =>
        this.hop.lacks({ kind: 'record', what: `events of ${this.where} have no ${name}: its column is empty` }),
      );
    }
  }

  private lacks(name: string): void {
    this.once(name, () => {
      const { hop, store, where } = this;
      const what = `whether events of ${where} have ${name}`;
      hop.lacks({ kind: 'record', what }, ...store.open.slice(0, 2));
    });
  }

  private note(name: string, how: string): void {
    this.once(name, () => {
      const [arrival] = this.store.arrivals;
      if (!name.startsWith('@') && arrival) this.hop.saw(`${how} ${name}`, arrival.sink.group?.span);
      else this.hop.saw(`${how} ${name}`);
    });
  }

  private once(name: string, act: () => void): void {
    if (this.seen.has(name)) return;
    this.seen.add(name);
    act();
  }

  private neverHolds(never: Never): void {
    if (never.kind === 'absent') {
      this.absent(never.use, this.store.verdict(never.use.name).meant);
      return;
    }
    const { field, text, span, others } = never;
    const meant = nearestName(text, others);
    const [arrival] = this.store.arrivals.filter(({ route }) => route.workload);
    const object = arrival?.route.workload?.object;
    this.hop.breaks({
      claim: 'queried-value-arrives',
      message: `${this.query.owner} asks for events with ${field} ${JSON.stringify(text)}, and none of ${this.where} has it: it has ${others.slice(0, 4).join(', ')}`,
      span,
      related: [
        ...(object?.namespace
          ? [
              {
                span: object.namespace.span,
                message: `lines of ${textOf({ kind: 'known', value: object.namespace.value })} arrive`,
              },
            ]
          : []),
        ...causesOf(field, this.store).slice(-1),
      ],
      help: meant === undefined ? `ask for one of ${others.slice(0, 4).join(', ')}` : `is ${meant} meant?`,
    });
  }

  private absent({ name, span }: Use, meant: string | undefined): void {
    const { query, store, where } = this;
    const slash = name.includes('/') ? undefined : `\`${name}/…\``;
    this.hop.breaks({
      claim: 'queried-field-arrives',
      message: `${query.owner} reads the field ${name}, which no event of ${where} has`,
      span,
      related: causesOf(name, store),
      ...(meant !== undefined && { help: `is ${meant} meant?` }),
      ...(meant === undefined && store.withoutFields && { help: 'take it out of @message with parse' }),
      ...(meant === undefined &&
        !store.withoutFields &&
        slash &&
        /\.io$/.test(name) && { help: `names with other signs than dots want backticks: ${slash}` }),
    });
  }
}
