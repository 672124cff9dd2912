import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { engine } from '../../../engines';
import { run } from '../../../engines/run';
import { temporaryFolder } from '../../temporary';

type Variables = Readonly<Record<string, string>>;

/**
 * What a real collector makes of texts in its configuration; `refused`: it does not start with that one. Those that are
 * suspected of it are tried alone, for one of them would hide the others.
 */
export async function expanded(
  texts: readonly string[],
  environment: Variables,
  isSuspect: (text: string) => boolean,
): Promise<ReadonlyMap<string, string>> {
  const found = await together(
    texts.filter((text) => !isSuspect(text)),
    environment,
  );
  for (const text of texts.filter(isSuspect)) found.set(text, (await printed([text], environment))?.[0] ?? 'refused');
  return found;
}

async function together(texts: readonly string[], environment: Variables): Promise<Map<string, string>> {
  if (texts.length === 0) return new Map();
  const all = await printed(texts, environment);
  if (all) return new Map(texts.map((text, index) => [text, all[index] ?? '']));
  if (texts.length === 1) return new Map(texts.map((text) => [text, 'refused']));
  const half = Math.ceil(texts.length / 2);
  const first = await together(texts.slice(0, half), environment);
  return new Map([...first, ...(await together(texts.slice(half), environment))]);
}

const EXPORTER = 'prometheusremotewrite';

async function printed(texts: readonly string[], environment: Variables): Promise<readonly string[] | undefined> {
  const file = join(temporaryFolder(), 'config.yaml');
  const external_labels = Object.fromEntries(texts.map((text, index) => [`k${index}`, text]));
  const configuration = {
    receivers: { prometheus: { config: { scrape_configs: [{ job_name: 'a' }] } } },
    exporters: { [EXPORTER]: { endpoint: 'http://127.0.0.1:1/', external_labels } },
    service: { pipelines: { metrics: { receivers: ['prometheus'], exporters: [EXPORTER] } } },
  };
  writeFileSync(file, JSON.stringify(configuration));
  const command = [
    ...engine('otel-collector').command,
    ...['print-config', '--config', file, '--mode', 'unredacted', '--format', 'json'],
  ];
  const { status, stdout } = await run(command, { env: environment, timeout: 60_000 });
  if (status !== 0) return undefined;
  const { exporters } = JSON.parse(stdout) as {
    exporters: Readonly<Record<string, { external_labels: Readonly<Record<string, string>> }>>;
  };
  const found = exporters[EXPORTER]?.external_labels ?? {};
  return texts.map((_, index) => found[`k${index}`] ?? '');
}
