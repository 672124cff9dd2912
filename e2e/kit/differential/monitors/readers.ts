import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import type { ApiServer } from '../../api-server';
import type { KubernetesObject } from '../../objects';
import { freePort, RunningProcess } from '../../process';
import { temporaryFolder } from '../../temporary';
import type { Job } from './jobs';

/** A program that turns the monitors of a cluster into jobs. */
export interface MonitorReader {
  readonly jobs: (monitor: KubernetesObject) => Promise<readonly Job[]>;
  readonly stop: () => Promise<void>;
}

const COMPONENTS: Readonly<Record<string, string>> = { PodMonitor: 'podmonitors', ServiceMonitor: 'servicemonitors' };

/** Alloy tells the jobs of each monitor on its page. */
export async function startAlloy(command: readonly string[], server: ApiServer): Promise<MonitorReader> {
  const folder = temporaryFolder();
  const port = await freePort();
  const component = (kind: string) => `prometheus.operator.${kind} "all" {
  forward_to = []
  client {
    api_server   = "https://127.0.0.1:${server.port}"
    bearer_token = "${server.token}"
    tls_config {
      insecure_skip_verify = true
    }
  }
}
`;
  const file = join(folder, 'config.alloy');
  writeFileSync(file, Object.values(COMPONENTS).map(component).join('\n'));
  const address = `127.0.0.1:${port}`;
  const flags = [`--server.http.listen-addr=${address}`, `--storage.path=${folder}`, '--disable-reporting'];
  const process = RunningProcess.start([...command, 'run', ...flags, file], join(folder, 'alloy.log'));
  const jobs = async ({ kind, metadata }: KubernetesObject): Promise<readonly Job[]> => {
    const page = `/api/v0/component/prometheus.operator.${COMPONENTS[kind]}.all/scrapeConfig/${metadata.namespace}/${metadata.name}`;
    const text = await pageOf(`http://${address}${page}`);
    // The page has those of monitors whose names go on, too.
    return text === undefined ? [] : jobsOf(parse(text) as Job[], { kind, metadata });
  };
  return { jobs, stop: () => process.stop() };
}

/** The target allocator tells all of its jobs at once. */
export async function startAllocator(command: readonly string[], server: ApiServer): Promise<MonitorReader> {
  const folder = temporaryFolder();
  const address = `127.0.0.1:${await freePort()}`;
  const kubeconfig = join(folder, 'kubeconfig');
  const named = (rest: object) => [{ name: 'test', ...rest }];
  writeFileSync(
    kubeconfig,
    stringify({
      apiVersion: 'v1',
      kind: 'Config',
      'current-context': 'test',
      clusters: named({
        cluster: { server: `https://127.0.0.1:${server.port}`, 'insecure-skip-tls-verify': true },
      }),
      users: named({ user: { token: server.token } }),
      contexts: named({ context: { cluster: 'test', user: 'test' } }),
    }),
  );
  const file = join(folder, 'allocator.yaml');
  const monitors = { pod_monitor_selector: {}, service_monitor_selector: {} };
  const anywhere = { pod_monitor_namespace_selector: {}, service_monitor_namespace_selector: {} };
  writeFileSync(
    file,
    stringify({
      allocation_strategy: 'consistent-hashing',
      collector_selector: { matchLabels: { app: 'collector' } },
      prometheus_cr: { enabled: true, scrape_interval: '30s', ...monitors, ...anywhere },
    }),
  );
  const flags = [`--config-file=${file}`, `--kubeconfig-path=${kubeconfig}`, `--listen-addr=${address}`];
  const previous = { OTELCOL_NAMESPACE: 'shop' };
  const process = RunningProcess.start(
    ['env', ...Object.entries(previous).map(([name, value]) => `${name}=${value}`), ...command, ...flags],
    join(folder, 'allocator.log'),
  );
  const jobs = async ({ kind, metadata }: KubernetesObject): Promise<readonly Job[]> => {
    const text = await pageOf(`http://${address}/scrape_configs`);
    const all = Object.values(JSON.parse(text ?? '{}') as Record<string, Job>);
    return jobsOf(all, { kind, metadata });
  };
  return { jobs, stop: () => process.stop() };
}

/** The jobs of one monitor, in the order of its endpoints. */
function jobsOf(jobs: readonly Job[], { kind, metadata }: Pick<KubernetesObject, 'kind' | 'metadata'>): readonly Job[] {
  const prefix = `${kind.replace(/^./, (letter) => letter.toLowerCase())}/${metadata.namespace}/${metadata.name}/`;
  return jobs
    .filter(({ job_name }) => job_name.startsWith(prefix))
    .sort((one, two) => (one.job_name < two.job_name ? -1 : 1));
}

/** `undefined`: there is no such page, or nobody answers yet. */
async function pageOf(url: string): Promise<string | undefined> {
  try {
    const answer = await fetch(url);
    return answer.ok ? await answer.text() : undefined;
  } catch {
    return undefined;
  }
}
