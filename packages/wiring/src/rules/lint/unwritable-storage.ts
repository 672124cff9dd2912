import type { Located, Volume } from '../../model';
import { example } from '../example';
import { METRICS } from '../examples/metrics';
import type { LintRule } from './lint-rule';
import { type AnyCollector, containersOf, nameOf } from './of-collector';

/** Alloy's own default; it is relative, and the image sets no working directory. */
const DEFAULT = '/data-alloy';
const FLAG = '--storage.path';
/** What the kubelet writes, and nobody else. */
const READ_ONLY = new Set(['configMap', 'secret', 'projected', 'downwardAPI']);

export const unwritableStorage: LintRule = {
  id: 'durability/unwritable-storage',
  severity: 'error',
  summary: 'a collector cannot write where it keeps its data',
  why: 'the root of the container is read-only: remote_write cannot make its log, and Alloy ends at its start',
  help: 'mount a volume at --storage.path',
  example: example(METRICS, {
    file: 'collector.yaml',
    good: '          args: [run, /etc/alloy/config.alloy]\n',
    bad: '          args: [run, /etc/alloy/config.alloy, --storage.path=/var/lib/alloy]\n          securityContext: {readOnlyRootFilesystem: true}\n',
  }),
  check: ({ collectors }) =>
    containersOf(collectors.filter(({ kind }) => kind === 'alloy')).flatMap((collector) => {
      const { container, workload } = collector;
      const setting = container.security.readOnlyRootFilesystem;
      if (!setting?.value || workload.object.values || workload.object.inline) return [];
      const storage = storageOf(collector);
      if (!storage || isWritable(storage.value, collector)) return [];
      const mount = container.mounts.find(({ volume }) => writableVolume(volume, workload.pod.volumes));
      return [
        {
          subject: nameOf(collector),
          message: `${nameOf(collector)} keeps its data in ${storage.value}, which is no volume, and its root is read-only`,
          span: storage.span,
          related: [
            { span: setting.span, message: 'the root is read-only' },
            ...(mount ? [{ span: mount.span, message: `volume ${mount.volume} is mounted at ${mount.path}` }] : []),
            { span: container.span, message: 'the container' },
          ],
        },
      ];
    }),
};

/** `undefined`: what the command says of it is not certain. */
function storageOf({ container }: AnyCollector): Located<string> | undefined {
  const all = container.arguments;
  const index = all.findIndex(({ value }) => value === FLAG || value.startsWith(`${FLAG}=`));
  if (index === -1) {
    // The image's own command names the directory; a shell may do so, too.
    const first = all.find(({ value }) => value === 'run');
    return first ? { value: DEFAULT, span: first.span } : undefined;
  }
  const text =
    all[index].value === FLAG ? all[index + 1] : { ...all[index], value: all[index].value.slice(FLAG.length + 1) };
  if (!text || /[$`]/.test(text.value)) return undefined;
  return text.value.startsWith('/') ? text : { ...text, value: `/${text.value}` };
}

function isWritable(path: string, { container, workload: { pod } }: AnyCollector): boolean {
  const inside = container.mounts.filter((mount) => covers(mount.path, path));
  const closest = inside.sort((a, b) => b.path.length - a.path.length)[0];
  return closest !== undefined && !closest.readOnly && writableVolume(closest.volume, pod.volumes);
}

/** One that is not there is told elsewhere. */
function writableVolume(name: string, volumes: readonly Volume[]): boolean {
  const volume = volumes.find((one) => one.name === name);
  return !volume || !READ_ONLY.has(volume.type);
}

function covers(mount: string, path: string): boolean {
  return `${path}/`.startsWith(`${mount.replace(/\/+$/, '')}/`);
}
