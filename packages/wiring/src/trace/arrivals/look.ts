import type { Missing, World } from '../../model';
import type { FoundCollectors } from '../collectors/find';
import type { FlowRecord } from '../flow';
import type { Arrival } from './arrival';
import type { ArrivalGroups } from './groups';
import type { Recorded } from './recorded';

/** A world with its collectors, and what was taken down of where their samples go. */
export interface Look extends FoundCollectors {
  readonly world: World;
  readonly record: FlowRecord;
}

/** What queries of one store can find. */
export interface Store {
  readonly label: string;
  /** The collector itself: what comes after its scrapes does not matter. */
  readonly isLocal?: true;
  readonly arrivals: readonly Arrival[];
  readonly groups: ArrivalGroups;
  /** What rules of the store make, by the name of the metric. */
  readonly recorded: ReadonlyMap<string, readonly Recorded[]>;
  /** Why something else may write there; empty: nothing does. */
  readonly open: readonly Missing[];
}
