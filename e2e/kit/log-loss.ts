import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Arrivals } from './arrivals';
import { type LoggingPod, podObject, writePodLog } from './cri';
import { ContainerLog, type Load } from './log-load';
import { buildObjects, type KubernetesObject, only } from './objects';
import type { Pod } from './pod';
import { overlayFolder, repository, worldOf } from './rendered';
import { startRenderedPod } from './rendered-pod';
import { temporaryFolder } from './temporary';
import { until } from './until';
import { type Workload, workloadOf } from './workload';

/** A log collector as a pod template and its configuration. */
export interface Collector {
  readonly objects: readonly KubernetesObject[];
  readonly workload: Workload;
}

/** What happens while the lines are written, in seconds after the first one. */
export interface Trouble {
  /** CloudWatch Logs breaks every connection in this time. */
  readonly outage?: readonly [number, number];
  /** The pod is killed with SIGKILL, and another takes its place. */
  readonly killAt?: number;
}

export interface Loss {
  readonly written: number;
  readonly lost: number;
  readonly duplicated: number;
  /** Seconds from the first line written to the last one that arrived. */
  readonly seconds: number;
}

const overlay = 'dev';

/** A pod of the game as its template makes it: what a collector adds to each line depends on it. */
function podOfGame(objects: readonly KubernetesObject[]): LoggingPod {
  const [namespace, name] = ['tictactoe-dev', 'tictactoe-frontend'];
  const own = objects.filter((object) => object.metadata.namespace === namespace);
  const { template } = only(own, 'Deployment', name).spec as { template: Pick<KubernetesObject, 'metadata'> };
  const { labels, annotations } = template.metadata;
  return { name: `${name}-5d4f8c7b9-abcde`, namespace, container: 'nginx', lines: [], labels, annotations };
}

/** Fluent Bit as it is rendered. */
export async function renderedCollector(): Promise<Collector> {
  const objects = await buildObjects(overlayFolder(overlay));
  return { objects, workload: workloadOf(objects, 'DaemonSet', 'fluent-bit') };
}

/** The same pod with the settings that many guides show; its state is in an emptyDir. */
export async function collectorOfGuides(): Promise<Collector> {
  const { objects, workload } = await renderedCollector();
  const text = readFileSync(join(repository, 'e2e', 'fixtures', 'fluent-bit-of-guides.yaml'), 'utf8');
  const volumes = (workload.pod.volumes ?? []).map((volume) =>
    volume.name === 'state' ? { name: 'state', emptyDir: {} } : volume,
  );
  return {
    objects: objects.map((object) =>
      object.kind === 'ConfigMap' && object.metadata.name === 'fluent-bit-config'
        ? { ...object, data: { 'fluent-bit.yaml': text } }
        : object,
    ),
    workload: { ...workload, pod: { ...workload.pod, volumes } },
  };
}

/**
 * Writes a load into a pod's log while there is trouble, and counts what arrives. It ends when every line has arrived, or
 * none has for `quiet` seconds after the load and the trouble are over.
 */
export async function measureLoss(
  collector: Collector,
  program: readonly string[],
  load: Load,
  trouble: Trouble = {},
  quiet = 30,
): Promise<Loss> {
  const node = new Node(collector, program);
  const arrivals = new Arrivals();
  try {
    arrivals.follow(await node.startPod());
    await node.follows(arrivals);
    const started = performance.now();
    const writing = node.log.write(load);
    await happen(trouble, started, node, arrivals);
    await writing;
    const over = performance.now();
    const idle = () => performance.now() - Math.max(over, arrivals.lastAt()) > quiet * 1000;
    await until('the last line', () => arrivals.distinct() === load.lines || idle(), 300_000);
    // What is sent twice is sent soon after.
    await sleep(1000);
    const lost = load.lines - arrivals.distinct();
    const seconds = (arrivals.lastAt() - started) / 1000;
    return { written: load.lines, lost, duplicated: arrivals.duplicated(), seconds };
  } finally {
    await node.stop();
  }
}

async function happen({ outage, killAt }: Trouble, started: number, node: Node, arrivals: Arrivals): Promise<void> {
  const events: [number, () => Promise<void>][] = [];
  if (outage) {
    events.push([outage[0], async () => node.takeDown()], [outage[1], async () => node.bringUp()]);
  }
  if (killAt !== undefined) {
    events.push([
      killAt,
      async () => {
        await node.stop();
        arrivals.follow(await node.startPod());
      },
    ]);
  }
  for (const [at, event] of events.sort(([a], [b]) => a - b)) {
    await sleep(Math.max(0, at * 1000 - (performance.now() - started)));
    await event();
  }
}

/** What outlives a pod: the logs of the node's containers, and the collector's folder on the node. */
class Node {
  public readonly log: ContainerLog;
  private readonly folders: Readonly<Record<'pods' | 'containers' | 'state', string>>;
  private readonly game: LoggingPod;
  private pod?: Pod;
  private down = false;

  constructor(
    private readonly collector: Collector,
    private readonly program: readonly string[],
  ) {
    const root = temporaryFolder();
    this.folders = { pods: join(root, 'pods'), containers: join(root, 'containers'), state: join(root, 'state') };
    mkdirSync(this.folders.state);
    this.game = podOfGame(collector.objects);
    this.log = new ContainerLog(writePodLog(this.folders, this.game));
  }

  public async startPod(): Promise<Pod> {
    const { objects, workload } = this.collector;
    const { pods, containers, state } = this.folders;
    this.pod = await startRenderedPod({
      objects,
      workload: { ...workload, endpoints: [] },
      program: this.program,
      world: worldOf(overlay),
      services: ['logs'],
      hostPaths: { '/var/log/pods': pods, '/var/log/containers': containers, '/var/lib/fluent-bit': state },
      standIn: { logGroups: [workload.env.LOG_GROUP_NAME ?? ''], countsLines: true, pods: [podObject(this.game)] },
    });
    if (this.down) {
      this.pod.takeDown('logs');
    }
    return this.pod;
  }

  /** Waits until what is printed arrives: a collector that starts at the end of files has opened them. */
  public async follows(arrivals: Arrivals): Promise<void> {
    const arrived = () => {
      this.log.print('are you there?');
      return arrivals.unnumbered() > 0;
    };
    await this.pod?.until('the first line', () => arrived(), 60_000);
  }

  public takeDown(): void {
    this.down = true;
    this.pod?.takeDown('logs');
  }

  public bringUp(): void {
    this.down = false;
    this.pod?.bringUp('logs');
  }

  /** Everything in the pod ends by SIGKILL. */
  public async stop(): Promise<void> {
    await this.pod?.stop();
  }
}
