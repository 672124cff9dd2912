import { type Located, labelOf, textOf, type Volume } from '../../model';
import type { Span } from '../../text';
import type { Collector } from '../collectors/find';
import { type LogsPlan, nameOf } from '../collectors/logs-plan';
import { isUnder } from '../log-source/mounts';
import type { Break } from '../path';

/** Fluent Bit ends at its start when it cannot write where it is told to keep its offsets and its buffer. */
export function stateBreak({ collector, inputs, service }: LogsPlan): Break | undefined {
  const { workload, container } = collector;
  const lost = container.mounts.find(({ volume }) => !workload.pod.volumes.some(({ name }) => name === volume));
  // A StatefulSet has volumes by its claims.
  if (lost && workload.object.kind !== 'StatefulSet') {
    return {
      claim: 'volume-exists',
      message: `container ${container.name} of ${labelOf(workload.object)} mounts volume ${lost.volume}, which the pod does not have`,
      span: lost.span,
      related: workload.pod.volumes
        .slice(0, 3)
        .map(({ name, span }) => ({ span, message: `the pod has volume ${name}` })),
    };
  }
  const places: { readonly what: string; readonly path: string | undefined; readonly span: Span }[] = [
    ...inputs.flatMap((input) =>
      input.all('db').map(({ value, span }) => ({ what: `DB of ${nameOf(input)}`, path: textOf(value), span })),
    ),
    ...service.flatMap((section) =>
      section.all('storage.path').map(({ value, span }) => ({ what: 'storage.path', path: textOf(value), span })),
    ),
  ];
  const homeless = service.some((section) => section.get('storage.path'))
    ? undefined
    : inputs.find((input) => textOf(input.get('storage.type')?.value)?.toLowerCase() === 'filesystem');
  const type = homeless?.get('storage.type');
  if (homeless && type) {
    return {
      claim: 'buffer-has-path',
      message: `${nameOf(homeless)} keeps its buffer on the disk, and no storage.path says where`,
      span: type.span,
      related: service.slice(0, 1).map((section) => ({ span: section.span, message: 'storage.path belongs here' })),
    };
  }
  for (const { what, path, span } of places) {
    if (path === undefined || !path.startsWith('/')) continue;
    const mount = container.mounts
      .filter((one) => isUnder(path, one.path))
      .sort((a, b) => b.path.length - a.path.length)[0];
    const root = container.security.readOnlyRootFilesystem;
    const volume = mount && workload.pod.volumes.find(({ name }) => name === mount.volume);
    const foreign = mount && volume && rootsOwn(collector, volume);
    if (foreign) {
      return {
        claim: 'state-is-writable',
        message: `${what} is ${path}, in a directory that the kubelet makes for root, and container ${container.name} of ${labelOf(workload.object)} runs as user ${foreign.value}`,
        span,
        related: [
          { span: foreign.span, message: 'the user is set here' },
          { span: volume.span, message: 'the directory is made with mode 0755, for root' },
        ],
        help: 'run as user 0, or let an init container give the directory to the user',
      };
    }
    const isConfig = volume && /^(?:configMap|secret|projected|downwardAPI)$/.test(volume.type);
    if (mount ? !mount.readOnly && !isConfig : !root?.value) continue;
    const where = mount ? `${mount.path} is mounted read-only` : 'its root file system is read-only';
    return {
      claim: 'state-is-writable',
      message: `${what} is ${path}, where container ${container.name} of ${labelOf(workload.object)} cannot write: ${where}`,
      span,
      related: [{ span: mount?.span ?? root?.span ?? container.span, message: where }],
      help: 'mount a directory of the node for it, such as /var/fluent-bit/state',
    };
  }
  return undefined;
}

/** The user who may not write into a directory of the node that is made when it is not there, and given to nobody else. */
function rootsOwn({ workload: { pod }, container }: Collector, volume: Volume): Located<number> | undefined {
  const user = container.security.runAsUser ?? pod.security.runAsUser;
  const group = container.security.runAsGroup ?? pod.security.runAsGroup;
  // Of a user in another group it is said already that the logs are not for him.
  if (!user || user.value === 0 || group?.value !== 0 || !volume.isMade) return undefined;
  const isPrepared = pod.containers.some(
    (other) => other !== container && other.mounts.some((mount) => mount.volume === volume.name),
  );
  return isPrepared ? undefined : user;
}
