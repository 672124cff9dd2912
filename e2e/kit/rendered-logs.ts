import {
  AwsIdentity,
  CloudWatchLogsTarget,
  EnvironmentValue,
  FluentBit,
  type FluentBitProps,
} from '@eks-sightline/k8s-charts';
import { App, Chart } from 'cdk8s';
import { type LoggingPod, podObject, writePodLog } from './cri';
import type { KubernetesObject } from './objects';
import { type Pod, whyNoPods } from './pod';
import { worldOf } from './rendered';
import { startRenderedPod } from './rendered-pod';
import type { LogEvent, LogsCall } from './stand-in/world';
import { temporaryFolder } from './temporary';
import { type Workload, workloadOf } from './workload';

/** What a construct of the library makes of further options: `FluentBit`, its target the group `/eks/tictactoe` in Seoul. */
export function renderedFluentBit(options: Partial<FluentBitProps>): {
  objects: KubernetesObject[];
  workload: Workload;
} {
  const chart = new Chart(new App(), 'logs');
  const { account, region } = worldOf('dev');
  new FluentBit(chart, 'fluent-bit', {
    namespace: 'monitoring',
    identity: AwsIdentity.role(`arn:aws:iam::${account}:role/FluentBitRole`),
    target: CloudWatchLogsTarget.logGroup({
      region: EnvironmentValue.literal(region),
      logGroupName: EnvironmentValue.literal('/eks/tictactoe'),
    }),
    ...options,
  });
  const objects = chart.toJson() as KubernetesObject[];
  return { objects, workload: workloadOf(objects, 'DaemonSet', 'fluent-bit') };
}

/** The configuration file of the rendered Fluent Bit. */
export function configOf(objects: readonly KubernetesObject[]): string {
  const { data } = objects.find(({ kind }) => kind === 'ConfigMap') as { data?: Record<string, string> };
  return data?.['fluent-bit.yaml'] ?? '';
}

/** A line as containerd writes it, a second after the one before it. */
export function criLines(texts: readonly string[]): string[] {
  const first = Date.parse('2026-11-22T01:00:00Z');
  return texts.map((text, index) => {
    const time = new Date(first + index * 1000).toISOString().replace('Z', '000000Z');
    return `${time} stdout F ${text}`;
  });
}

export interface RunningLogs {
  readonly pod: Pod;
  /** Its folder on the node. */
  readonly state: string;
}

/** Runs the rendered pod on a node that has these pods' logs. */
export async function startLogs(
  options: Partial<FluentBitProps>,
  program: readonly string[],
  pods: readonly LoggingPod[],
  down: readonly string[] = [],
): Promise<RunningLogs> {
  const why = await whyNoPods();
  if (why) {
    throw new Error(why);
  }
  const { objects, workload } = renderedFluentBit(options);
  const [logs, containers, state] = [temporaryFolder(), temporaryFolder(), temporaryFolder()];
  for (const pod of pods) {
    writePodLog({ pods: logs, containers }, pod);
  }
  const groups = Object.entries(workload.env).filter(([name]) => name.startsWith('LOG_GROUP_NAME'));
  const pod = await startRenderedPod({
    objects,
    workload,
    program,
    world: worldOf('dev'),
    services: ['logs'],
    hostPaths: { '/var/log/pods': logs, '/var/log/containers': containers, '/var/lib/fluent-bit': state },
    standIn: { logGroups: groups.map(([, name]) => name), pods: pods.map(podObject) },
  });
  for (const service of down) {
    pod.takeDown(service);
  }
  return { pod, state };
}

/** What CloudWatch Logs has taken, by `GROUP STREAM`. */
export function delivered(pod: Pod): Map<string, LogEvent[]> {
  const streams = new Map<string, LogEvent[]>();
  const puts = pod.calls().filter((call): call is LogsCall => call.service === 'logs' && call.status === 200);
  for (const { group, stream, events } of puts.filter(({ action }) => action === 'PutLogEvents')) {
    const name = `${group} ${stream}`;
    streams.set(name, [...(streams.get(name) ?? []), ...events]);
  }
  return streams;
}
