import { join } from 'node:path';
import type { Container, MachineOptions, MachinePod } from './machine-options';

const root = () => process.getuid?.() === 0;

/** Folders of the machine that every container sees: programs and libraries. */
const system = ['usr', 'bin', 'sbin', 'lib', 'lib32', 'lib64', 'libx32'];

/** Options of `unshare` for the machine. */
export function namespaces(): string[] {
  const identity = root() ? [] : ['--map-root-user'];
  return [...identity, '--mount', '--net', '--pid', '--fork', '--kill-child', '--mount-proc', '--'];
}

/** The shell script that is the machine's first process. */
export function machineScript({ pods, services = {} }: MachineOptions, folder: string): string {
  return [
    'set -e',
    `cd ${quoted([folder])}`,
    'ip link set lo up',
    'ip link add br0 type bridge',
    'ip addr add 10.77.0.1/24 dev br0',
    'ip link set br0 up',
    // What services look up, they find where they always look.
    'mount --bind etc/hosts /etc/hosts',
    ...pods.flatMap((pod, index) => podScript(pod, index, folder)),
    ...Object.entries(services).map(([name, command]) => `${quoted(command)} >>${quoted([`${name}.log`])} 2>&1 &`),
    'touch up',
    'sleep infinity',
    '',
  ].join('\n');
}

/** A network and a host name for the pod, with one end of a cable in it, then each container in that network. */
function podScript(pod: MachinePod, index: number, folder: string): string[] {
  const [made, cable] = [quoted([`${pod.name}.made`]), quoted([`${pod.name}.cable`])];
  const inside = [
    `touch ${made}`,
    `until [ -e ${cable} ]; do sleep 0.05; done`,
    `hostname ${quoted([pod.name])}`,
    'ip link set lo up',
    `ip addr add ${pod.address}/24 dev eth0`,
    'ip link set eth0 up',
    // A port below 1024 is none of a container's business; runtimes allow it nevertheless.
    'echo 0 >/proc/sys/net/ipv4/ip_unprivileged_port_start',
    ...pod.containers.map(
      (container) => `unshare --mount -- sh -c ${quoted([containerScript(pod, container, folder)])} &`,
    ),
    'wait',
  ];
  return [
    `unshare --net --uts -- sh -c ${quoted([inside.join('\n')])} &`,
    'pid=$!',
    `until [ -e ${made} ]; do sleep 0.05; done`,
    `ip link add pod${index} type veth peer name eth0 netns $pid`,
    `ip link set pod${index} master br0 up`,
    `touch ${cable}`,
  ];
}

function containerScript(pod: MachinePod, container: Container, folder: string): string {
  const home = join(folder, `${pod.name}-${container.name}`);
  const log = `${home}.log`;
  const variables = Object.entries(container.env).map(([name, value]) => `${name}=${value}`);
  const { uid, gid } = container.user;
  const become = root()
    ? ['setpriv', '--reuid', `${uid}`, '--regid', `${gid}`, '--clear-groups', '--bounding-set=-all', '--no-new-privs']
    : ['unshare', '--user', `--map-user=${uid}`, `--map-group=${gid}`];
  return [
    'set -e',
    // As runtimes do it: the container may open its own standard output again by name.
    `touch ${quoted([log])}; chmod 666 ${quoted([log])}; exec >>${quoted([log])} 2>&1`,
    `mkdir ${quoted([home])}; mount -t tmpfs none ${quoted([home])}; cd ${quoted([home])}`,
    'mkdir etc old proc dev',
    `for name in ${system.join(' ')}; do`,
    '  if [ -L /$name ]; then cp -P /$name $name; elif [ -d /$name ]; then mkdir $name; mount --rbind /$name $name; fi',
    'done',
    'mount -t tmpfs none usr/share',
    'mount --rbind /proc proc; mount --rbind /dev dev',
    `cp -r ${quoted([join(folder, 'etc')])}/. etc/`,
    ...Object.entries(container.files).map(([path, from]) => {
      const [at, folderOf] = [quoted([`.${path}`]), quoted([`.${path.slice(0, path.lastIndexOf('/'))}`])];
      const source = quoted([from]);
      return `mkdir -p ${folderOf}; if [ -d ${source} ]; then mkdir -p ${at}; else touch ${at}; fi; mount --bind ${source} ${at}`;
    }),
    ...container.scratch.map(
      (path) => `mkdir -p ${quoted([`.${path}`])}; mount -t tmpfs -o mode=1777 none ${quoted([`.${path}`])}`,
    ),
    'pivot_root . old; cd /; umount -l old; rmdir old',
    ...['/usr/share', '/'].map((path) => `mount -o remount,bind,ro ${path}`),
    `exec ${quoted([...become, '--', 'env', '-i', ...variables, ...container.command])}`,
  ].join('\n');
}

function quoted(words: readonly string[]): string {
  return words.map((word) => `'${word.replaceAll("'", `'\\''`)}'`).join(' ');
}
