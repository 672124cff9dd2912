import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Request {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  readonly text: string;
  /** The body, if it is JSON. */
  readonly body: Record<string, unknown>;
}

export interface Reply {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
}

export type Route = (request: Request) => Reply | undefined | Promise<Reply | undefined>;

interface Fault {
  readonly matches: RegExp;
  readonly reply: Reply | 'hang up' | 'lose the answer';
  left: number;
}

/** A real HTTP server on loopback that answers as its routes do, or as a test wants it to fail. */
export class FakeServer {
  /** Every request, as `METHOD /path`. */
  public readonly seen: string[] = [];

  private readonly server: Server;
  private readonly faults: Fault[] = [];

  constructor(private readonly routes: readonly Route[]) {
    this.server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => void this.serve(request, Buffer.concat(chunks).toString(), response));
    });
  }

  public async start(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
  }

  public async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  public get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Answers matching requests (`METHOD /path`) with this, so many times, before anything happens. */
  public fail(matches: RegExp, reply: Fault['reply'], times = 1): void {
    this.faults.push({ matches, reply, left: times });
  }

  /** Forgets what was to fail. */
  public heal(): void {
    this.faults.length = 0;
  }

  public count(matches: RegExp): number {
    return this.seen.filter((line) => matches.test(line)).length;
  }

  private async serve(message: IncomingMessage, text: string, response: ServerResponse): Promise<void> {
    const url = new URL(message.url ?? '/', this.url);
    const target = message.headers['x-amz-target'];
    const line = `${message.method} ${url.pathname}${target ? ` ${String(target).split('.')[1]}` : ''}`;
    this.seen.push(line);
    const request: Request = {
      method: message.method ?? 'GET',
      path: decodeURIComponent(url.pathname),
      query: url.searchParams,
      headers: message.headers,
      text,
      body: json(text),
    };
    const fault = this.faults.find(({ matches, left }) => left > 0 && matches.test(line));
    if (fault) {
      fault.left -= 1;
    }
    if (fault?.reply === 'hang up') {
      message.socket.destroy();
      return;
    }
    const happened = fault && fault.reply !== 'lose the answer' ? fault.reply : await this.route(request);
    if (fault?.reply === 'lose the answer') {
      message.socket.destroy();
      return;
    }
    response.writeHead(happened.status, { 'content-type': 'application/json', ...happened.headers });
    const { body = '' } = happened;
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  }

  private async route(request: Request): Promise<Reply> {
    for (const route of this.routes) {
      const reply = await route(request);
      if (reply) {
        return reply;
      }
    }
    return { status: 404, body: { message: `no route for ${request.method} ${request.path}` } };
  }
}

function json(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}
