import type { MapNode, Node, ScalarNode } from '../../../text';
import { booleanAt, stringAt } from '../../access';

/** Who makes scrape jobs of monitors: the Prometheus operator and what borrows its code, or Alloy, which has its own. */
export interface MonitorMaker {
  readonly dialect: 'operator' | 'alloy';
  /** What the targets of ServiceMonitors are made of, unless they say it themselves. */
  readonly endpoints: 'endpoints' | 'endpointslice';
  /** Labels of pods that every target gets, whatever its monitor says. */
  readonly podTargetLabels: readonly Node[];
  /** Monitors choose in their own namespace only, whatever they say. */
  readonly ignoresNamespaces: boolean;
  readonly scrapeClasses: readonly Node[];
  /** A label that always holds the namespace of the monitor. */
  readonly enforced?: ScalarNode;
}

/** A scrape job with the part of the monitor that it is made of. */
export interface MonitorJob {
  readonly node: MapNode;
  /** Which of its rules chooses by port, where one does. */
  readonly port?: number;
  /** Secrets that the job needs before there is any. */
  readonly secrets: readonly ScalarNode[];
}

/** The class that a monitor names, or the default one. */
export function scrapeClassOf(spec: Node | undefined, { scrapeClasses }: MonitorMaker): Node | undefined {
  const name = stringAt(spec, 'scrapeClass');
  return scrapeClasses.find((one) => (name ? stringAt(one, 'name') === name : booleanAt(one, 'default') === true));
}
