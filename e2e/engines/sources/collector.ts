import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { stringify } from 'yaml';
import type { Source } from '../engine';
import { succeed } from '../run';
import { buildProgram, environment } from './go';

/** Builds an OpenTelemetry collector with the builder of its version, out of the components that are named. */
export async function buildCollector(
  source: Extract<Source, { kind: 'collector' }>,
  program: string,
  scratch: string,
  progress: (line: string) => void,
): Promise<void> {
  const builder = join(scratch, 'builder');
  const module = 'go.opentelemetry.io/collector/cmd/builder';
  await buildProgram(
    { kind: 'go-program', module, package: module, version: source.version, sum: source.builderSum },
    builder,
    join(scratch, 'wrapper'),
    progress,
  );
  const components = Object.entries(source.components).map(([kind, modules]) => [
    kind,
    modules.map((gomod) => ({ gomod })),
  ]);
  const output = join(scratch, 'output');
  const manifest = {
    dist: {
      name: 'collector',
      module: 'sightline.invalid/collector',
      version: source.version.slice(1),
      output_path: output,
      build_tags: source.tags.join(','),
    },
    ...Object.fromEntries(components),
    telemetry: {
      gomod: `go.opentelemetry.io/collector/service ${source.version}`,
      import: 'go.opentelemetry.io/collector/service/telemetry/otelconftelemetry',
    },
  };
  const file = join(scratch, 'builder.yaml');
  writeFileSync(file, stringify(manifest));
  await succeed([builder, '--config', file, '--ldflags=-s -w', '--skip-strict-versioning=false'], {
    cwd: scratch,
    env: environment,
    progress,
  });
  mkdirSync(dirname(program), { recursive: true });
  renameSync(join(output, 'collector'), program);
  rmSync(scratch, { recursive: true });
}
