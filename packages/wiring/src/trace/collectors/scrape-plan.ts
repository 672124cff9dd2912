import { type KubeObject, type Located, labelOf, type Missing, type Value, type Workload } from '../../model';
import type { Span } from '../../text';
import type { Break } from '../path';
import type { RelabelRule } from '../scrape/relabel';

/** What collectors do differently with the same rules. */
export interface CollectorSemantics {
  /** Job, path, scheme and parameters are labels before the rules run, not after them; what a rule empties stays empty. */
  readonly labelsFirst: boolean;
}

/** One scrape of a collector: where its targets come from, and where its samples go. */
export interface ScrapePipeline {
  /** Names the scrape inside the collector: `prometheus.scrape.pods`. */
  readonly component: string;
  readonly span: Span;
  readonly semantics: CollectorSemantics;
  readonly sources: readonly TargetSource[];
  /** The path for targets that bring none; absent: `/metrics`. */
  readonly path?: Value;
  /** The same for the scheme; absent: `http`. */
  readonly scheme?: Value;
  /** Whether it shows a token to what it scrapes; absent: nobody knows. */
  readonly hasToken?: boolean;
  /** What targets without a label `job` get as one. */
  readonly job?: Value;
  /** A label of a sample wins over that of its target. Absent: it does not. */
  readonly honorsLabels?: Value;
  /** Labels that every target begins with, such as `job`. */
  readonly labels?: ReadonlyMap<string, string>;
  readonly routes: readonly Route[];
  readonly forwardSpan?: Span;
  /** Targets and routes of kinds that this version does not examine. */
  readonly gaps: readonly Missing[];
  readonly broken?: Break;
  /** The object by which somebody asked for this scrape. */
  readonly monitor?: MonitorOrigin;
}

/** A service account that asks the API server for something. */
export interface Account {
  readonly namespace: string;
  readonly name: Located<string>;
  /** As whom reports name it: `Deployment monitoring/grafana-alloy`. */
  readonly who: string;
}

/** Somebody who finds targets for a collector, and tells it of them. */
export interface Discoverer {
  readonly account: Account;
  readonly workload: Workload;
  /** Where collectors ask it. */
  readonly port: number;
}

/** As whom pods ask; `undefined` where nobody says in which namespace they run. */
export function accountOf({ object, pod }: Workload): Account | undefined {
  if (!object.namespace) return undefined;
  return {
    namespace: object.namespace.value,
    name: pod.serviceAccountName ?? { value: 'default', span: object.name.span },
    who: labelOf(object),
  };
}

/** The PodMonitor, ServiceMonitor, … that a scrape is made of. */
export interface MonitorOrigin {
  readonly object: KubeObject;
  /** Which of the rules of its source chooses by port. */
  readonly port?: number;
  /** Why the collector reads it. */
  readonly chosen: { readonly text: string; readonly span: Span };
  /** Who has to be allowed to read it. */
  readonly reader?: {
    readonly account: Account;
    readonly resource: string;
    /** Absent: all of them. */
    readonly namespaces?: Located<readonly string[]>;
  };
}

/** What kind of objects the targets of a source are made of; `static`: of none. */
export type Role = 'pod' | 'endpoints' | 'endpointslice' | 'service' | 'node' | 'static';

/** Targets that the API server tells of or that are written down, and the rules that they go through. */
export interface TargetSource {
  readonly component: string;
  readonly span: Span;
  readonly role: Role;
  /** Addresses as they are written, with their labels; of role `static` only. */
  readonly addresses?: readonly StaticTarget[];
  /** Namespaces to look in; empty: all, or the collector's own. */
  readonly names: readonly Value[];
  readonly namesSpan: Span;
  readonly isOwnNamespace: boolean;
  readonly selectors: readonly Selector[];
  /** Other resources that are watched to enrich the targets. */
  readonly also: readonly string[];
  readonly missing: readonly Missing[];
  readonly rules: readonly RelabelRule[];
  /** Who asks for the targets; absent: the collector itself. */
  readonly discoverer?: Discoverer;
}

/** What the API server is asked for, of the objects of one role. */
export interface Selector {
  readonly span: Span;
  /** Absent: pods. */
  readonly role?: Role;
  readonly label?: Value;
  readonly field?: Value;
}

/** Where components of Alloy ask each other for metrics, inside the process (internal/alloycli). */
export const INSIDE = 'alloy.internal';

export interface StaticTarget {
  readonly address: Value;
  readonly labels: ReadonlyMap<string, string>;
  /** Names of labels that it has too, with values that only the cluster knows. */
  readonly open?: readonly string[];
  readonly span: Span;
}

/** Where samples go, and what happens to them on the way. */
export interface Route {
  /** The component that writes: `prometheus.remote_write.amp`. */
  readonly sink: string;
  readonly rules: readonly RelabelRule[];
  /** What nobody can say of names and labels, once the samples are through. */
  readonly changes?: readonly Missing[];
  /** Something on the way loses what it should carry. */
  readonly broken?: Break;
}
