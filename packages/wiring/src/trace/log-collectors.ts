import { type Container, type KubeObject, labelOf, type Workload, type World } from '../model';
import type { FoundCollectors } from './collectors/find';
import { HopBuilder, notExamined, type Path } from './path';
import { sourceOf } from './source';

/** Programs that collect logs, by the last part of their image's name. */
const IMAGES: readonly (readonly [name: RegExp, program: string])[] = [
  [/^fluentd(?:-|$)|^cloudwatch-fluentd$/, 'Fluentd'],
  [/^vector$/, 'Vector'],
  [/^promtail$/, 'Promtail'],
  [/^filebeat$/, 'Filebeat'],
  [/^logstash$/, 'Logstash'],
];

/** What in a configuration of another collector reads logs of containers. */
const SOURCES: Readonly<Record<string, RegExp>> = {
  alloy: /^\s*(loki\.source\.(?:kubernetes|file|podlogs|journal))\s+"/m,
  opentelemetry: /^\s*((?:filelog|journald|k8sobjects|awscontainerinsightreceiver\/logs)(?:\/[\w-]+)?):/m,
};

/** Who collects logs in ways that this version does not follow: named, so that nobody takes silence for proof. */
export function otherLogPaths(world: World, { collectors }: FoundCollectors): readonly Path[] {
  const inside = collectors.flatMap((collector) => {
    const source = SOURCES[collector.kind];
    const [, found] =
      collector.main.map(({ content }) => source?.exec(`${content.value}`)).find((match) => match) ?? [];
    return found === undefined ? [] : [unexamined(world, collector.workload.object, collector.container, found)];
  });
  const images = world.cluster.workloads.flatMap((workload) =>
    workload.pod.containers.flatMap((container) => {
      const program = programOf(workload, container);
      return program === undefined ? [] : [unexamined(world, workload.object, container, program)];
    }),
  );
  const objects = world.cluster.loggers.map((object) => unexamined(world, object, undefined, labelOf(object)));
  return [...inside, ...images, ...objects];
}

function programOf(workload: Workload, container: Container): string | undefined {
  const name = /([^/]*?)(?:[:@].*)?$/.exec(container.image?.value ?? '')?.[1] ?? '';
  if (container.role === 'init' || workload.object.kind === 'Job') return undefined;
  return IMAGES.find(([pattern]) => pattern.test(name))?.[1];
}

function unexamined(world: World, object: KubeObject, container: Container | undefined, what: string): Path {
  const who = labelOf(object);
  const source = container
    ? sourceOf(object, container)
    : { kind: object.kind, name: object.name.value, ...(object.namespace && { namespace: object.namespace.value }) };
  const hop = new HopBuilder('configuration', who, what).lacks({
    kind: 'not-examined',
    what: `not examined by this version: logs by ${what}`,
  });
  return {
    id: `logs:${world.name}:${source.namespace ?? ''}/${source.kind}/${source.name}/${container?.name ?? ''}:${what}`,
    world: world.name,
    signal: 'logs',
    source,
    sink: { kind: 'unknown', id: what },
    hops: [notExamined('container-log', 'workload', who), hop.build()],
  };
}
