import { appendFileSync, mkdirSync, renameSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

export interface Load {
  readonly lines: number;
  /** Without it, all at once. */
  readonly perSecond?: number;
  /** The file is rotated after every so many lines. */
  readonly rotateAfter?: number;
}

/** A container's log file, written as containerd does: a line for each that the container prints, each with its number. */
export class ContainerLog {
  private written = 0;
  private rotations = 0;

  constructor(private readonly file: string) {
    mkdirSync(dirname(file), { recursive: true });
  }

  /** A line without a number. */
  public print(message: string): void {
    appendFileSync(this.file, line(message));
  }

  /** Writes the load to its end, in step with the clock however busy the machine is. */
  public async write({ lines, perSecond, rotateAfter = Number.POSITIVE_INFINITY }: Load): Promise<void> {
    const started = performance.now();
    while (this.written < lines) {
      const due = perSecond ? Math.floor(((performance.now() - started) / 1000) * perSecond) : lines;
      while (this.written < Math.min(due, lines)) {
        const upTo = Math.min(due, lines, rotateAfter * (this.rotations + 1));
        this.append(upTo);
        if (this.written === rotateAfter * (this.rotations + 1)) {
          this.rotate();
        }
      }
      await sleep(20);
    }
  }

  private append(upTo: number): void {
    const texts: string[] = [];
    for (; this.written < upTo; this.written++) {
      texts.push(line(numbered(this.written)));
    }
    appendFileSync(this.file, texts.join(''));
  }

  /** As the kubelet does: the file gets another name, and what is written next goes to a new one. */
  private rotate(): void {
    this.rotations++;
    renameSync(this.file, `${this.file}.${this.rotations}`);
    appendFileSync(this.file, '');
  }
}

/** The number of each line in a text, wherever a collector put it. */
export const LINE_NUMBERS = /line-(\d{7})/g;

function numbered(number: number): string {
  return `line-${String(number).padStart(7, '0')}`;
}

/** As the game's nginx writes its access log. */
function line(message: string): string {
  const time = new Date().toISOString();
  const request = {
    time: time.replace(/\.\d+Z$/, '+00:00'),
    remote_addr: '10.0.12.34',
    method: 'GET',
    uri: `/api/games/${message}`,
    status: 200,
    body_bytes_sent: 512,
    request_time: 0.003,
  };
  return `${time.replace('Z', '000000Z')} stdout F ${JSON.stringify(request)}\n`;
}
