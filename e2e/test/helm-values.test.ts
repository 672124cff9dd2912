import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PrometheusHelmChart, PrometheusHelmValues } from '@eks-sightline/k8s-charts';
import { parse } from 'yaml';
import { engine, optionalEngine } from '../engines';
import { run, succeed } from '../engines/run';
import { ApiServer } from '../kit/api-server';
import { collectorProps, plain } from '../kit/collector-forms';
import { type KubernetesObject, only, parseObjects } from '../kit/objects';
import { argumentsOf, chartObjects, configurationOf } from '../kit/prometheus-chart';
import { temporaryFolder } from '../kit/temporary';
import { templateOf } from '../kit/workload-template';

const props = { ...collectorProps(), networkPolicy: true, serviceAccountName: 'amp-ingest' };
const { V28, V26, V22 } = PrometheusHelmChart;

/** Both kinds for each form of the chart. */
const cases = [V28, V26, V22].flatMap((chart) => [
  { chart, kind: 'server', values: PrometheusHelmValues.ofServer({ ...props, storageClassName: 'gp3' }, { chart }) },
  { chart, kind: 'agent', values: PrometheusHelmValues.ofAgent(props, { chart }) },
]);

describe.each(cases.filter(({ chart }) => chart !== V22))('values of a $kind for chart $chart', ({ kind, values }) => {
  const text = JSON.stringify(configurationOf(plain(values)));

  test('Prometheus takes the configuration in them', async () => {
    expect((await check(kind, text)).status).toBe(0);
  });

  test('it refuses another', async () => {
    expect((await check(kind, text.replaceAll('scrape_interval', 'scrape_every'))).status).not.toBe(0);
  });
});

/**
 * The chart is published in no registry of programs: a folder of unpacked charts, named by their versions, makes these tests run. Their
 * dependencies have to be taken out of Chart.yaml, or to lie beside them.
 */
const folder = process.env.SIGHTLINE_PROMETHEUS_CHARTS ?? '';
const helm = optionalEngine('helm');
const versions = existsSync(folder) ? readdirSync(folder).filter((name) => /^\d+\.\d+\.\d+$/.test(name)) : [];
const reason =
  helm && versions.length > 0 ? '' : ' (skipped: no helm on PATH, or no charts in SIGHTLINE_PROMETHEUS_CHARTS)';

(reason ? describe.skip : describe)(`the real chart, by helm template${reason}`, () => {
  const made = versions.flatMap((version) => {
    const major = Number(version.split('.')[0]);
    const chart = major >= 28 ? V28 : major >= 26 ? V26 : V22;
    return cases.filter((one) => one.chart === chart).map(({ kind, values }) => ({ version, kind, values }));
  });

  test.each(made)('$version makes of the values of a $kind what these suites run', async ({ version, values }) => {
    // GIVEN
    const ours = chartObjects(plain(values));
    const name = plain(values).server.fullnameOverride;
    // WHEN
    const theirs = await template(version, values.text);
    // THEN
    expect(configuration(theirs, name)).toEqual(configuration(ours, name));
    const [real, stand] = [templateOf(theirs, name).spec, templateOf(ours, name).spec];
    expect(real.containers[0]).toMatchObject({ args: argumentsOf(plain(values)), env: stand.containers[0]?.env });
    expect(real.serviceAccountName).toBe('amp-ingest');
    expect(real.securityContext).toEqual(stand.securityContext);
    expect(templateOf(theirs, name).metadata?.annotations).toEqual(plain(values).server.podAnnotations);
    const kinds = (objects: readonly KubernetesObject[]) => objects.map(({ kind }) => kind);
    expect(kinds(theirs)).toEqual(expect.arrayContaining(['ClusterRole', 'ClusterRoleBinding', 'NetworkPolicy']));
    expect(theirs.filter(({ metadata }) => metadata.namespace === 'elsewhere')).toEqual([]);
  });

  test('a real API server takes what it makes, and admits the pods where restricted is enforced', async () => {
    const server = await ApiServer.start();
    try {
      const labels = { 'pod-security.kubernetes.io/enforce': 'restricted' };
      const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'monitoring', labels } };
      for (const { version, kind, values } of made) {
        const objects = await template(version, values.text);
        expect({ version, kind, refused: await server.refused([namespace, ...objects]) }).toEqual({
          version,
          kind,
          refused: [],
        });
        const { status } = await server.admit('monitoring', templateOf(objects, plain(values).server.fullnameOverride));
        expect({ version, kind, status }).toEqual({ version, kind, status: 201 });
        const may = (verb: string, resource: string) =>
          server.can('monitoring/amp-ingest', { verb, resource, namespace: '' });
        expect([await may('list', 'pods'), await may('list', 'configmaps'), await may('list', 'secrets')]).toEqual([
          true,
          false,
          false,
        ]);
      }
    } finally {
      await server.stop();
    }
  }, 200_000);

  async function template(version: string, values: string): Promise<KubernetesObject[]> {
    const file = join(temporaryFolder(), 'values.yaml');
    writeFileSync(file, values);
    const command = [
      ...(helm?.command ?? []),
      'template',
      'release',
      join(folder, version),
      '--namespace',
      'elsewhere',
    ];
    const { stdout } = await succeed([...command, '--kube-version', '1.33.0', '--values', file], { timeout: 60_000 });
    return parseObjects(stdout);
  }

  function configuration(objects: readonly KubernetesObject[], name: string) {
    const { data } = only(objects, 'ConfigMap', name) as unknown as { data: Record<string, string> };
    const { scrape_configs: jobs, ...config } = parse(data['prometheus.yml'] ?? '') as ReturnType<
      typeof configurationOf
    >;
    // Helm sorts what it finds by name.
    return { ...config, scrape_configs: [...jobs].sort((one, other) => (nameOf(one) < nameOf(other) ? -1 : 1)) };
  }
});

const nameOf = (job: object): string => (job as { job_name: string }).job_name;

function check(kind: string, config: string) {
  const file = join(temporaryFolder(), 'prometheus.yml');
  writeFileSync(file, config);
  const agent = kind === 'agent' ? ['--agent'] : [];
  return run([...engine('promtool').command, 'check', 'config', ...agent, file], { timeout: 60_000 });
}
