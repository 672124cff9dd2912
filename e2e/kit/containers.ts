import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Container } from './machine-options';
import { type KubernetesObject, only } from './objects';
import { temporaryFolder } from './temporary';
import { templateOf } from './workload-template';

/** What stands for an image: its entry point, and the files that it brings. */
export interface Image {
  /** The program and the first arguments, which the template's arguments follow. */
  readonly command: readonly string[];
  /** The arguments of an image whose container has none in the template. */
  readonly args?: readonly string[];
  readonly files?: Readonly<Record<string, string>>;
  /** Variables that come from elsewhere than the template's plain values: ConfigMaps, the kubelet, webhooks. */
  readonly env?: Readonly<Record<string, string>>;
}

/** What the pod is called, and where it is. */
export interface Placed {
  readonly pod: string;
  readonly node: string;
}

/** The containers of a workload's pod, with programs for their images; ConfigMaps and empty folders lie at their places. */
export function containersOf(
  objects: readonly KubernetesObject[],
  workload: string,
  images: Readonly<Record<string, Image>>,
  placed: Placed = { pod: `${workload}-0`, node: 'node-1' },
): Container[] {
  const { spec } = templateOf(objects, workload);
  const folders = new Map(
    (spec.volumes ?? []).map(({ name, configMap }) => [name, configMap && folderOf(objects, configMap.name)]),
  );
  return spec.containers.map((container) => {
    const image = images[container.name];
    if (!image) {
      throw new Error(`${workload}: nothing stands for the image of the container ${container.name}`);
    }
    const user = { ...spec.securityContext, ...container.securityContext };
    const [program = '', ...first] = image.command;
    const files: Record<string, string> = { ...image.files, [inside(program)]: program };
    const scratch: string[] = [];
    for (const { name, mountPath, subPath } of container.volumeMounts ?? []) {
      const folder = folders.get(name);
      if (folder) {
        files[mountPath] = subPath ? join(folder, subPath) : folder;
      } else {
        scratch.push(mountPath);
      }
    }
    return {
      name: container.name,
      // An image's entry point is not in the template, its program is: the first word of the command.
      command: [
        inside(program),
        ...first,
        ...(container.command?.slice(1) ?? []),
        ...(container.args ?? image.args ?? []),
      ],
      env: {
        ...Object.fromEntries(
          (container.env ?? []).map(({ name, value, valueFrom }) => [
            name,
            value ?? fieldOf(placed, valueFrom?.fieldRef?.fieldPath),
          ]),
        ),
        ...image.env,
      },
      user: { uid: user.runAsUser ?? 0, gid: user.runAsGroup ?? 0 },
      files,
      scratch,
    };
  });
}

/** What the kubelet makes of the reference to a field of the pod. */
function fieldOf({ pod, node }: Placed, path: string | undefined): string {
  const fields: Readonly<Record<string, string>> = { 'metadata.name': pod, 'spec.nodeName': node };
  return fields[path ?? ''] ?? '';
}

/** Where a program lies in a container, whoever may read its place on this machine. */
function inside(program: string): string {
  return join('/program', basename(program));
}

function folderOf(objects: readonly KubernetesObject[], configMap: string): string {
  const folder = join(temporaryFolder(), configMap);
  mkdirSync(folder);
  const { data = {} } = only(objects, 'ConfigMap', configMap) as { data?: Record<string, string> };
  for (const [name, text] of Object.entries(data)) {
    writeFileSync(join(folder, name), text);
  }
  return folder;
}
