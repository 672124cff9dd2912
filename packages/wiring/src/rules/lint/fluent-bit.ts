import { labelOf, type Mount, textOf } from '../../model';
import type { FluentBitProperty, FluentBitSection } from '../../read/fluent-bit';
import {
  isForContainers,
  isUnder,
  type LogsPlan,
  logsPlan,
  pluginOf,
  type Routes,
  routesOf,
  tailsOf,
} from '../../trace';
import type { LintInput } from './lint-rule';

/** A Fluent Bit whose configuration can be read, with what rules ask of it. */
export interface FluentBit {
  readonly plan: LogsPlan;
  readonly routes: Routes;
  /** `DaemonSet observe/shipper: fluent-bit`. */
  readonly subject: string;
  /** Inputs that read the logs of containers. */
  readonly tails: readonly FluentBitSection[];
  /** Outputs that send over the network, so that they can fail. */
  readonly outputs: readonly FluentBitSection[];
}

const LOCAL = new Set(['null', 'stdout', 'file', 'flowcounter', 'counter', 'exit', 'prometheus_exporter', 'plot']);

export function fluentBits({ world, collectors }: LintInput): readonly FluentBit[] {
  return collectors
    .filter(({ kind }) => kind === 'fluent-bit')
    .map((collector) => ({ collector, plan: logsPlan(collector, world) }))
    .filter(({ plan }) => !plan.broken)
    .map(({ collector: { workload, container }, plan }) => ({
      plan,
      routes: routesOf(plan, world),
      subject: `${labelOf(workload.object)}: ${container.name}`,
      tails: tailsOf(plan).filter(isForContainers),
      outputs: plan.outputs.filter((output) => !LOCAL.has(pluginOf(output))),
    }));
}

/** A setting as text, when it is known. */
export function said(section: FluentBitSection, key: string): string | undefined {
  return textOf(section.get(key)?.value);
}

/** The mount that a path of the container lies in. */
export function mountOf(path: string, { collector }: LogsPlan): Mount | undefined {
  return collector.container.mounts
    .filter((one) => isUnder(path, one.path))
    .sort((a, b) => b.path.length - a.path.length)[0];
}

/** What keeps a path of the container: a directory of the node, something that lasts, or nothing that does. */
export function keptBy(path: string, plan: LogsPlan): 'node' | 'volume' | 'pod' {
  const mount = mountOf(path, plan);
  const type = plan.collector.workload.pod.volumes.find(({ name }) => name === mount?.volume)?.type;
  if (type === 'hostPath') return 'node';
  return type === undefined || type === 'emptyDir' ? 'pod' : 'volume';
}

/** Where a setting stands, or the section that lacks it. */
export function placeOf(section: FluentBitSection, property: FluentBitProperty | undefined) {
  return property?.span ?? section.span;
}
