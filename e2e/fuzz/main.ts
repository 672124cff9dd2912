import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';

/** Longer than this no case may take, in milliseconds: a small input, on a machine that does other things too. */
const limit = 30_000;
const batch = 200;

interface Message {
  readonly at?: number;
  readonly number?: number;
  readonly fault?: string;
  readonly done?: boolean;
}

/** `npm run fuzz [-- COUNT] [FIRST]`: gives verify malformed input, 100,000 cases from number 1 on by default. */
async function main([count = '100000', first = '1']: readonly string[]): Promise<number> {
  const [total, start] = [Number(count), Number(first)];
  if (!Number.isSafeInteger(total) || !Number.isSafeInteger(start) || total < 1) {
    process.stderr.write('usage: npm run fuzz [-- COUNT] [FIRST], whole numbers\n');
    return 2;
  }
  const faults: string[] = [];
  let next = start;
  const took = performance.now();
  const take = () => {
    const from = next;
    next = Math.min(start + total, next + batch);
    if (from % 5000 < batch) {
      process.stderr.write(`${from - start} of ${total}\n`);
    }
    return from < next ? { from, to: next } : undefined;
  };
  await Promise.all([lane(take, faults), lane(take, faults)]);
  for (const fault of faults.slice(0, 50)) {
    process.stdout.write(`${fault}\n`);
  }
  const seconds = Math.round((performance.now() - took) / 1000);
  process.stdout.write(`${total} malformed inputs in ${seconds} s: ${faults.length} faults\n`);
  return faults.length === 0 ? 0 : 1;
}

/** One process after the other: where one hangs or dies, another takes up the rest of its batch. */
async function lane(take: () => { from: number; to: number } | undefined, faults: string[]): Promise<void> {
  let worker: ChildProcess | undefined;
  for (let work = take(); work; work = take()) {
    let { from } = work;
    while (from < work.to) {
      worker ??= fork(join(__dirname, 'worker.ts'), {
        execArgv: process.execArgv,
        stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      });
      const ended = await judged(worker, { from, to: work.to }, faults);
      if (ended === undefined) {
        break;
      }
      worker.kill('SIGKILL');
      worker = undefined;
      from = ended + 1;
    }
  }
  worker?.kill();
}

/** Undefined when all were judged, else the number of the case that made the process hang or die. */
function judged(
  worker: ChildProcess,
  work: { from: number; to: number },
  faults: string[],
): Promise<number | undefined> {
  return new Promise((resolve) => {
    let at = work.from;
    let timer: NodeJS.Timeout;
    const end = (result: number | undefined) => {
      clearTimeout(timer);
      worker.off('message', hear).off('exit', died);
      resolve(result);
    };
    const wait = () => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        faults.push(`case ${at}: not within ${limit} ms`);
        end(at);
      }, limit);
    };
    const hear = (message: Message) => {
      if (message.done) {
        end(undefined);
      } else if (message.fault !== undefined) {
        faults.push(`case ${message.number}: ${message.fault}`);
      } else {
        at = message.at ?? at;
        wait();
      }
    };
    const died = (code: number | null, signal: string | null) => {
      faults.push(`case ${at}: the process ended with ${code ?? signal}`);
      end(at);
    };
    wait();
    worker.on('message', hear).on('exit', died);
    worker.send(work);
  });
}

main(process.argv.slice(2)).then((status) => {
  process.exitCode = status;
});
