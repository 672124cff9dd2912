import type { Arrival } from './arrival';

/** Arrivals to which a question has one answer. */
export interface ArrivalGroup {
  readonly first: Arrival;
  readonly members: readonly Arrival[];
}

/**
 * Arrivals sorted by all that an answer rests on, so that a question is asked of thousands of like targets once: what they
 * come through, their pages, the names of their labels, and the values of those that are asked for or that rules look at.
 */
export class ArrivalGroups {
  private readonly byAsked = new Map<string, readonly ArrivalGroup[]>();
  private readonly ids = new Map<object, number>();
  private looked?: ReadonlySet<string>;

  constructor(private readonly arrivals: readonly Arrival[]) {}

  of(asked: readonly string[]): readonly ArrivalGroup[] {
    const key = [...asked].sort().join('\n');
    const before = this.byAsked.get(key);
    if (before) return before;
    this.looked ??= lookedAt(this.arrivals);
    const labels = [...new Set([...this.looked, ...asked])];
    const groups = new Map<string, Arrival[]>();
    for (const arrival of this.arrivals) {
      const own = this.keyOf(arrival, labels);
      const group = groups.get(own);
      if (group) group.push(arrival);
      else groups.set(own, [arrival]);
    }
    const made = [...groups.values()].map((members) => ({ first: members[0], members }));
    this.byAsked.set(key, made);
    return made;
  }

  private keyOf(arrival: Arrival, asked: readonly string[]): string {
    const { flow, coverage } = arrival;
    const labels = arrival.labels();
    const values = asked.map((name) => {
      const label = labels.get(name);
      return label ? `${label.value}\r${[...label.rests].join()}` : '';
    });
    const ways = [flow.pipeline, flow.sink.span, ...coverage.pages.map(({ series }) => series)].map((one) =>
      this.idOf(one),
    );
    return [...ways, coverage.missing ? 1 : 0, [...labels.keys()].join(), ...values].join('\n');
  }

  private idOf(one: object): number {
    const found = this.ids.get(one) ?? this.ids.size;
    this.ids.set(one, found);
    return found;
  }
}

/** Labels that rules for samples read. */
function lookedAt(arrivals: readonly Arrival[]): ReadonlySet<string> {
  const seen = new Set<object>();
  const found = new Set<string>();
  for (const { flow } of arrivals) {
    if (seen.has(flow.pipeline) && seen.has(flow.sink.rules)) continue;
    seen.add(flow.pipeline).add(flow.sink.rules);
    for (const { sources, target } of [...flow.rules, ...flow.sink.rules]) {
      for (const name of [...sources, target]) found.add(name);
    }
  }
  return found;
}
