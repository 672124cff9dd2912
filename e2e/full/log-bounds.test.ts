import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Size } from 'cdk8s';
import { optionalEngine } from '../engines';
import { criLines, startLogs } from '../kit/rendered-logs';

const fluentBit = optionalEngine('fluent-bit');
const program = fluentBit?.command ?? [];
const reason = fluentBit ? '' : ' (skipped: no fluent-bit on PATH or in SIGHTLINE_FLUENT_BIT)';

const mebibyte = 1024 * 1024;
const text = JSON.stringify({ level: 'info', msg: 'a move', game: 'x'.repeat(120) });

(fluentBit ? describe : describe.skip)(
  `while CloudWatch Logs is away and more is written than there is space for${reason}`,
  () => {
    test('Fluent Bit keeps to its space on the node and in memory', async () => {
      // GIVEN
      const options = { bufferSize: Size.mebibytes(64), memoryBufferSize: Size.mebibytes(32) };
      const pod = {
        name: 'game-5d4f8-abcde',
        namespace: 'tictactoe-dev',
        container: 'game',
        lines: criLines(Array.from({ length: 400_000 }, () => text)),
      };
      // WHEN
      const { pod: running, state } = await startLogs(options, program, [pod], ['logs']);
      const seen = { disk: 0, memory: 0, ingested: 0 };
      try {
        for (const until = performance.now() + 60_000; performance.now() < until; await sleep(200)) {
          seen.disk = Math.max(seen.disk, sizeBelow(join(state, 'buffer')));
          seen.memory = Math.max(seen.memory, peakMemory());
        }
      } finally {
        await running.stop();
      }
      process.stdout.write(
        `at most ${(seen.disk / mebibyte).toFixed(0)} MiB on the node, ${(seen.memory / mebibyte).toFixed(0)} MiB in memory\n`,
      );
      // THEN
      // One chunk is let in before the oldest goes.
      expect(seen.disk).toBeLessThanOrEqual((64 + 4) * mebibyte);
      expect(seen.disk).toBeGreaterThan(48 * mebibyte);
      // The rendered limit of the container is 256 MiB; the library leaves 96 MiB beside the buffer.
      expect(seen.memory).toBeLessThanOrEqual((32 + 96) * mebibyte);
      expect(seen.memory).toBeGreaterThan(10 * mebibyte);
    }, 180_000);
  },
);

function sizeBelow(folder: string): number {
  try {
    return readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .map((file) => statSync(join(folder, file)))
      .reduce((sum, stat) => sum + (stat.isFile() ? stat.blocks * 512 : 0), 0);
  } catch {
    // A chunk was removed meanwhile, or there is none yet.
    return 0;
  }
}

/** The most memory, in bytes, that the Fluent Bit below this process had so far. */
function peakMemory(): number {
  const found = descendants(process.pid).filter((id) => read(id, 'cmdline').includes('fluent-bit.yaml'));
  const peaks = found.map((id) => Number(/VmHWM:\s+(\d+) kB/.exec(read(id, 'status'))?.[1] ?? 0));
  return Math.max(0, ...peaks) * 1024;
}

function descendants(id: number): number[] {
  const children = read(id, `task/${id}/children`)
    .split(' ')
    .filter((child) => child !== '')
    .map(Number);
  return children.flatMap((child) => [child, ...descendants(child)]);
}

function read(id: number, file: string): string {
  try {
    return readFileSync(`/proc/${id}/${file}`, 'utf8');
  } catch {
    return '';
  }
}
