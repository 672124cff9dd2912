import { MemoryFileTree, readSightlineConfig, SourceText } from '@eks-sightline/wiring';
import type { World } from '@eks-sightline/wiring/lib/model';
import { loadEstate } from '@eks-sightline/wiring/lib/read/estate';
import type { KubernetesObject } from '../objects';

/** The objects as the only ones of a cluster, as our readers have them. */
export function worldOf(objects: readonly KubernetesObject[]): World {
  const files = new MemoryFileTree({
    'all.yaml': objects.map((object) => `---\n${JSON.stringify(object)}\n`).join(''),
  });
  const settings = JSON.stringify({ worlds: { all: { manifests: ['all.yaml'] } } });
  const { config, problems } = readSightlineConfig(new SourceText('sightline.json', settings));
  if (!config) throw new Error(JSON.stringify(problems));
  const estate = loadEstate({ files, paths: [''], config });
  const [world] = estate.worlds;
  if (!world || estate.problems.length > 0) throw new Error(JSON.stringify(estate.problems));
  return world;
}

/** A Prometheus with this configuration. */
export function prometheusWith(configuration: string): readonly KubernetesObject[] {
  const metadata = { name: 'prometheus', namespace: 'monitoring' };
  const labels = { app: 'prometheus' };
  return [
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata,
      data: { 'prometheus.yml': configuration },
    },
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata,
      spec: {
        selector: { matchLabels: labels },
        template: {
          metadata: { labels },
          spec: {
            containers: [
              {
                name: 'prometheus',
                image: 'quay.io/prometheus/prometheus:v3.5.0',
                args: ['--config.file=/etc/prometheus/prometheus.yml'],
                volumeMounts: [{ name: 'config', mountPath: '/etc/prometheus' }],
              },
            ],
            volumes: [{ name: 'config', configMap: { name: 'prometheus' } }],
          },
        },
      },
    },
  ];
}
