import { howMany, randomCases, told } from '../kit/differential/cases';
import { ControlledCluster, NODES, type Pod } from '../kit/differential/discovery/cluster';
import { differences, witnessOf } from '../kit/differential/discovery/compare';
import { jobCase, plainJobs } from '../kit/differential/discovery/jobs';
import { Ours } from '../kit/differential/discovery/ours';
import { DiscoveringPrometheus, type Found } from '../kit/differential/discovery/prometheus';
import { discoverable, NAMESPACES } from '../kit/differential/discovery/workloads';

/** What we say a Prometheus finds in a cluster, against a real one that looks at a real one. */
const COUNT = howMany(40);
const JOBS = Math.ceil(COUNT / 2);

let number = 0;
const cases = randomCases(COUNT, (random) => discoverable(number++, random));
const jobs = randomCases(JOBS, (random) => jobCase(number++, random));
const objects = cases.flatMap(({ workload, services }) => [workload, ...services]);
const ours = new Ours(objects, [...plainJobs, ...jobs]);

let cluster: ControlledCluster;
let prometheus: DiscoveringPrometheus;
let pods: ReadonlyMap<string, readonly Pod[]>;
let found: ReadonlyMap<string, readonly Found[]>;

beforeAll(async () => {
  cluster = await ControlledCluster.start();
  const namespaces = NAMESPACES.map((name) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } }));
  expect(await cluster.server.refused(namespaces)).toEqual([]);
  pods = grouped(await cluster.run(objects), ({ metadata }) => metadata.labels?.own ?? '');
  prometheus = await DiscoveringPrometheus.start(cluster.server, [...plainJobs, ...jobs]);
  found = grouped(await prometheus.targets(), ({ job }) => job);
}, 900_000);

afterAll(async () => {
  await prometheus?.stop();
  await cluster?.stop();
});

const POD = '__meta_kubernetes_pod_name';

describe(`${COUNT} random workloads, their pods made by the real controllers`, () => {
  test.each(['pod', 'endpoints', 'endpointslice'])('role %s finds the same targets with the same labels', (role) => {
    const real = grouped(found.get(`all-${role}`) ?? [], ({ discovered }) => discovered[POD] ?? '');
    const counts = { pods: 0, targets: 0, differences: 0 };
    const different: string[] = [];
    for (const { workload, services } of cases) {
      for (const pod of pods.get(workload.metadata.name) ?? []) {
        const got = ours.targets(`all-${role}`, workload.metadata.name, witnessOf(pod));
        const wanted = (real.get(pod.metadata.name) ?? []).map(({ discovered }) => discovered);
        counts.pods += 1;
        counts.targets += wanted.length;
        const here = differences(got, wanted);
        const shown = [workload, ...services].map((object) => JSON.stringify(object));
        if (here.length > 0) different.push([...here, ...shown].join('\n'));
      }
    }
    told(`discovery, role ${role}`, 'Prometheus and kube-controller-manager', {
      ...counts,
      differences: different.length,
    });
    expect(different.slice(0, 3)).toEqual([]);
    expect(counts.targets).toBeGreaterThan(COUNT / 2);
  });

  test('role service finds the same targets with the same labels', () => {
    const real = grouped(
      found.get('all-service') ?? [],
      ({ discovered }) => discovered.__meta_kubernetes_service_name ?? '',
    );
    const different = cases.flatMap(({ workload, services }) => {
      const [pod] = pods.get(workload.metadata.name) ?? [];
      if (!pod) return [`no pod of ${workload.metadata.name}`];
      const got = ours.targets('all-service', workload.metadata.name, witnessOf(pod));
      return services.flatMap(({ metadata: { name } }) => {
        const own = got.filter(({ labels }) => labels.get('__meta_kubernetes_service_name')?.value === name);
        // A Service that stands before none of its pods is no way to the workload.
        return own.length === 0
          ? []
          : differences(
              own,
              (real.get(name) ?? []).map(({ discovered }) => discovered),
            );
      });
    });
    told('discovery, role service', 'Prometheus', { services: real.size, differences: different.length });
    expect(different.slice(0, 5)).toEqual([]);
  });

  test('role node finds each node', () => {
    const [{ workload } = { workload: undefined }] = cases;
    const [pod] = pods.get(workload?.metadata.name ?? '') ?? [];
    if (!workload || !pod) throw new Error('no pod');
    const real = (found.get('all-node') ?? []).map(({ discovered }) => discovered);
    expect(real.map(({ __meta_kubernetes_node_name: name }) => name).sort()).toEqual([...NODES]);
    const own = real.filter(({ __meta_kubernetes_node_name: name }) => name === pod.spec.nodeName);
    expect(differences(ours.targets('all-node', workload.metadata.name, witnessOf(pod)), own)).toEqual([]);
  });
});

test(`${JOBS} random jobs on them: what we know to be scraped is scraped, and nothing else`, () => {
  const counts = { pairs: 0, scraped: 0, unknown: 0 };
  const different: string[] = [];
  for (const job of jobs) {
    const all = found.get(job.job_name) ?? [];
    const real = grouped(all, ({ discovered }) => discovered[POD] ?? '');
    const urls = new Set(all.map(({ url = '' }) => plain(url)));
    const isShared = JSON.stringify(job).includes('pod_host_ip');
    for (const { workload, services } of cases) {
      const got = ours.scrapes(job.job_name, workload.metadata.name);
      const wanted = new Set<string>();
      for (const pod of pods.get(workload.metadata.name) ?? []) {
        for (const { url } of real.get(pod.metadata.name) ?? []) if (url) wanted.add(withoutHost(url, pod));
        // Two that share the address of their node are one target, which is found with one of them.
        if (got === 'unknown' || !(pod.spec.hostNetwork || isShared)) continue;
        for (const one of got) if (urls.has(one.replace('pod', pod.status.hostIP ?? ''))) wanted.add(one);
      }
      counts.pairs += 1;
      if (wanted.size > 0) counts.scraped += 1;
      if (got === 'unknown') counts.unknown += 1;
      else if (JSON.stringify(got) !== JSON.stringify([...wanted].sort())) {
        const objects = [job, workload, ...services].map((object) => JSON.stringify(object));
        different.push([`ours ${got}, real ${[...wanted].sort()}`, ...objects].join('\n'));
      }
    }
  }
  told('scrapes of random jobs', 'Prometheus and kube-controller-manager', {
    ...counts,
    differences: different.length,
  });
  expect(different.slice(0, 3)).toEqual([]);
  expect(counts.scraped).toBeGreaterThan(counts.pairs / 20);
});

function grouped<T>(list: readonly T[], key: (one: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const one of list) groups.set(key(one), [...(groups.get(key(one)) ?? []), one]);
  return groups;
}

/** The address of a pod or of its node as our trace has it. */
function withoutHost(url: string, { status }: Pod): string {
  return plain(url).replace(/\/\/[^:/]*/, (host) =>
    [status.podIP, status.hostIP].includes(host.slice(2)) ? '//pod' : host,
  );
}

/** As it is written in a target; `URL` would lose the port that is its scheme's own. */
function plain(url: string): string {
  const [, host = '', path = ''] = /^(\w+:\/\/[^/]*)(.*)$/.exec(url) ?? [];
  return `${host}${decodeURIComponent(path) || '/'}`;
}
