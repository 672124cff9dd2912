import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PodObject } from './stand-in/world';

export interface LoggingPod {
  readonly name: string;
  readonly namespace: string;
  readonly container: string;
  /** Lines as containerd writes them: time, stream, P or F, text. */
  readonly lines: readonly string[];
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

/**
 * Lays a pod's log out as the kubelet does: the file under pods, and in containers a link to it whose name tells pod,
 * namespace, container and container id. The link points into `/var/log/pods`, where a collector has the folder mounted.
 *
 * @returns the file
 */
export function writePodLog(folders: { readonly pods: string; readonly containers: string }, pod: LoggingPod): string {
  const folder = join(`${pod.namespace}_${pod.name}_${uidOf(pod)}`, pod.container);
  mkdirSync(join(folders.pods, folder), { recursive: true });
  mkdirSync(folders.containers, { recursive: true });
  const file = join(folders.pods, folder, '0.log');
  writeFileSync(file, pod.lines.map((line) => `${line}\n`).join(''));
  const link = `${pod.name}_${pod.namespace}_${pod.container}-${'0f'.repeat(32)}.log`;
  symlinkSync(join('/var/log/pods', folder, '0.log'), join(folders.containers, link));
  return file;
}

/** The pod as the API server would return it. */
export function podObject(pod: LoggingPod): PodObject {
  return {
    metadata: {
      name: pod.name,
      namespace: pod.namespace,
      uid: uidOf(pod),
      labels: pod.labels ?? { app: pod.container },
      annotations: pod.annotations,
    },
    spec: { nodeName: 'node-1', containers: [{ name: pod.container, image: 'registry.example/game:1.0' }] },
    status: { phase: 'Running', podIP: '127.0.0.1' },
  };
}

function uidOf(pod: LoggingPod): string {
  return `00000000-0000-4000-8000-${Buffer.from(pod.namespace).toString('hex').padEnd(12, '0').slice(-12)}`;
}
