import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { engine } from '../engines';
import type { Machine } from './machine';
import { temporaryFolder } from './temporary';

const address = '127.0.0.1:9090';

/** Where a Prometheus that runs as a service of a machine takes remote writes. */
export const remoteWrite = `http://${address}/api/v1/write`;

/** The command of a Prometheus for a machine, with that configuration; it takes remote writes too. */
export function prometheusCommand(configuration: object): string[] {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'prometheus.yml'), JSON.stringify(configuration));
  return [
    ...engine('prometheus').command,
    `--config.file=${join(folder, 'prometheus.yml')}`,
    `--storage.tsdb.path=${join(folder, 'data')}`,
    `--web.listen-address=${address}`,
    '--web.enable-remote-write-receiver',
  ];
}

/** The labels of each series that a query gives; none while Prometheus is not ready. */
export async function query(machine: Machine, expression: string): Promise<Record<string, string>[]> {
  const { status, body } = await machine.fetch(
    `http://${address}/api/v1/query?query=${encodeURIComponent(expression)}`,
  );
  if (status === 0 || status === 503) {
    return [];
  }
  if (status !== 200) {
    throw new Error(`${expression}: ${status} ${body}`);
  }
  const { data } = JSON.parse(body) as { data: { result: { metric: Record<string, string> }[] } };
  return data.result.map(({ metric }) => metric);
}
