import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { engine } from '../../../engines';
import type { ApiServer } from '../../api-server';
import { freePort, RunningProcess } from '../../process';
import { temporaryFolder } from '../../temporary';
import type { Job } from './jobs';

type Labels = Readonly<Record<string, string>>;

export interface Found {
  readonly job: string;
  readonly discovered: Labels;
  /** Absent: its rules drop it. */
  readonly url?: string;
}

/** What a real Prometheus makes of a cluster. It scrapes by a proxy that is not there, so that nothing is called. */
export class DiscoveringPrometheus {
  public static async start(server: ApiServer, jobs: readonly Job[]): Promise<DiscoveringPrometheus> {
    const folder = temporaryFolder();
    const access = {
      api_server: `https://127.0.0.1:${server.port}`,
      tls_config: { ca_file: server.authority(), server_name: 'kubernetes' },
      authorization: { credentials: server.token },
    };
    const scrape_configs = jobs.map((job) => ({
      ...job,
      proxy_url: 'http://127.0.0.1:1',
      scrape_interval: '1d',
      kubernetes_sd_configs: job.kubernetes_sd_configs.map((sd) => ({ ...sd, ...access })),
    }));
    writeFileSync(join(folder, 'prometheus.yml'), JSON.stringify({ scrape_configs }));
    const port = await freePort();
    const command = [
      ...engine('prometheus').command,
      `--config.file=${join(folder, 'prometheus.yml')}`,
      `--storage.tsdb.path=${join(folder, 'data')}`,
      `--web.listen-address=127.0.0.1:${port}`,
    ];
    return new DiscoveringPrometheus(port, RunningProcess.start(command, join(folder, 'prometheus.log')));
  }

  private constructor(
    private readonly port: number,
    private readonly process: RunningProcess,
  ) {}

  public stop(): Promise<void> {
    return this.process.stop();
  }

  /** Once nothing new is found any more. */
  public async targets(): Promise<readonly Found[]> {
    let found: readonly Found[] = [];
    let since = Date.now();
    const steady = async () => {
      const now = await this.read();
      if (now.length !== found.length) since = Date.now();
      found = now;
      return found.length > 0 && Date.now() - since > 12_000;
    };
    await this.process.until('Prometheus knows its targets', steady, 180_000);
    return found;
  }

  private async read(): Promise<readonly Found[]> {
    const answer = await fetch(`http://127.0.0.1:${this.port}/api/v1/targets`).catch(() => undefined);
    if (!answer?.ok) return [];
    const { data } = (await answer.json()) as { data: Answer };
    const found = ({ scrapePool, discoveredLabels, scrapeUrl }: Target): Found => ({
      job: scrapePool,
      discovered: discoveredLabels,
      ...(scrapeUrl && { url: scrapeUrl }),
    });
    return [...data.activeTargets, ...data.droppedTargets].map(found);
  }
}

interface Target {
  readonly scrapePool: string;
  readonly discoveredLabels: Labels;
  readonly scrapeUrl?: string;
}

interface Answer {
  readonly activeTargets: readonly Target[];
  readonly droppedTargets: readonly Target[];
}
