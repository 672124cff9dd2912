import type { Container, Workload, World } from '../../model';

/** What a Grafana of the cluster is told by its variables and files, as far as they are seen. */
export interface OwnSettings {
  /** Values of a setting of a section; `undefined`: it is certainly not set. Empty: nobody can say. */
  readonly of: (section: string, name: string) => readonly string[] | undefined;
}

/**
 * Settings come from `GF_<SECTION>_<NAME>` before grafana.ini; both are asked for
 * (https://grafana.com/docs/grafana/latest/setup-grafana/configure-grafana/).
 */
export function ownSettings({ object, pod }: Workload, world: World): OwnSettings {
  const [container] = pod.containers.filter(({ role }) => role === 'main');
  const maps = pod.volumes.flatMap(({ configMaps }) => configMaps.map(({ name }) => name.value));
  const files = maps.map((name) => world.cluster.configMap(object.namespace, name));
  const texts = files.flatMap((file) => [...(file?.data.values() ?? [])].map(({ value }) => `${value}`));
  const isOpen = files.includes(undefined) || pod.volumes.some(isOpaque) || !container || container.envFrom.length > 0;
  return {
    of: (section, name) => {
      const told = container ? variable(container, `GF_${section}_${name}`.toUpperCase()) : undefined;
      if (told) return told;
      const line = new RegExp(`^[ \\t]*${name}[ \\t]*=(.*)$`, 'm');
      const found = texts.flatMap((text) => line.exec(text)?.[1]?.trim() ?? []);
      return found.length === 0 && !isOpen ? undefined : found;
    },
  };
}

/** Whatever may hold grafana.ini and is not looked into. */
function isOpaque({ type, configMaps }: Workload['pod']['volumes'][number]): boolean {
  return configMaps.length === 0 && type !== 'emptyDir';
}

function variable({ env }: Container, name: string): readonly string[] | undefined {
  const source = env.find((one) => one.name.value === name)?.source;
  if (!source) return undefined;
  return source.kind === 'value' ? [source.value] : [];
}
