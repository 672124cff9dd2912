import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { request } from 'node:http';
import { type SigningScope, whyRefused } from '../sigv4';
import { answerSts } from '../stand-in/sts';
import type { StsCall } from '../stand-in/world';

export interface GatewayOptions {
  /** Whose signatures are taken, for which region and service. */
  readonly scope: SigningScope;
  /** The workspace that there is. */
  readonly workspace: string;
  /** Where Prometheus takes remote writes. */
  readonly writeTo: string;
}

/** One call that the gateway answered. */
export type GatewayCall =
  | StsCall
  | { readonly service: 'aps'; readonly status: number; readonly path: string; readonly refused?: string };

/** AMP before a Prometheus: takes remote writes that are signed as AMP wants it, and no others. And STS, for credentials. */
export function gateway(options: GatewayOptions, note: (call: GatewayCall) => void): RequestListener {
  return async (incoming, outgoing) => {
    const body = await bodyOf(incoming);
    if (incoming.headers.host?.startsWith('sts.')) {
      const url = new URL(incoming.url ?? '/', 'https://sts.invalid');
      const answer = answerSts({ method: incoming.method ?? '', url, headers: incoming.headers, body });
      note(answer.call as StsCall);
      outgoing.writeHead(answer.call.status, { 'content-type': answer.contentType }).end(answer.body);
      return;
    }
    const path = incoming.url ?? '';
    const refused = whyRefused(
      { method: incoming.method ?? '', target: path, headers: incoming.headers, body },
      options.scope,
    );
    const known = path === `/workspaces/${options.workspace}/api/v1/remote_write`;
    const status = refused ? 403 : known ? await write(options, incoming, body) : 404;
    note({ service: 'aps', status, path, ...(refused ? { refused } : {}) });
    end(outgoing, status, refused ?? (known ? '' : 'there is no such workspace'));
  };
}

/** Passes the write on as it came, without what was for AWS; gives Prometheus' status. */
function write({ writeTo }: GatewayOptions, { headers }: IncomingMessage, body: Buffer): Promise<number> {
  const kept = ['content-type', 'content-encoding', 'x-prometheus-remote-write-version'];
  const passed = Object.fromEntries(kept.map((name) => [name, headers[name]]).filter(([, value]) => value));
  return new Promise((resolve) => {
    const call = request(writeTo, { method: 'POST', headers: passed }, (answer) => {
      answer.resume().on('end', () => resolve(answer.statusCode ?? 502));
    });
    call.on('error', () => resolve(502));
    call.end(body);
  });
}

async function bodyOf(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) {
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks);
}

function end(outgoing: ServerResponse, status: number, message: string): void {
  outgoing.writeHead(status, { 'content-type': 'text/plain' });
  outgoing.end(status === 204 ? undefined : message);
}
