import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Container } from './machine';
import { type KubernetesObject, only } from './objects';
import { temporaryFolder } from './temporary';

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

interface User {
  readonly runAsUser?: number;
  readonly runAsGroup?: number;
}

interface Template {
  readonly securityContext?: User;
  readonly containers: readonly {
    readonly name: string;
    readonly command?: readonly string[];
    readonly args?: readonly string[];
    readonly env?: readonly { readonly name: string; readonly value?: string }[];
    readonly volumeMounts?: readonly { readonly name: string; readonly mountPath: string; readonly subPath?: string }[];
    readonly securityContext?: User;
  }[];
  readonly volumes?: readonly { readonly name: string; readonly configMap?: { readonly name: string } }[];
}

/** The containers of a Deployment's pods, with programs for their images; ConfigMaps and empty folders lie at their places. */
export function containersOf(
  objects: readonly KubernetesObject[],
  deployment: string,
  images: Readonly<Record<string, Image>>,
): Container[] {
  const { spec } = (only(objects, 'Deployment', deployment).spec as { template: { spec: Template } }).template;
  const folders = new Map(
    (spec.volumes ?? []).map(({ name, configMap }) => [name, configMap && folderOf(objects, configMap.name)]),
  );
  return spec.containers.map((container) => {
    const image = images[container.name];
    if (!image) {
      throw new Error(`${deployment}: nothing stands for the image of the container ${container.name}`);
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
      env: { ...Object.fromEntries((container.env ?? []).map(({ name, value }) => [name, value ?? ''])), ...image.env },
      user: { uid: user.runAsUser ?? 0, gid: user.runAsGroup ?? 0 },
      files,
      scratch,
    };
  });
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
