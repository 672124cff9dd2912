import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer as createHttpServer } from 'node:http';
import { createServer } from 'node:https';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import type { Answer, Request } from './answer';
import { CloudWatchLogs } from './cloudwatch-logs';
import { answerKubernetes } from './kubernetes';
import { answerRemoteWrite } from './remote-write';
import { answerSts } from './sts';
import type { Call, StandInWorld } from './world';

/**
 * `main.ts FOLDER`: stands in for the services that a pod calls over HTTPS, on port 443 of the loopback of whatever network
 * namespace it runs in. FOLDER holds cert.pem, key.pem and world.json; every call is appended to calls.jsonl, and ready.txt
 * is written once the port is open. While there is a file `down-SERVICE`, connections to that service break.
 */
const [folder = '.'] = process.argv.slice(2);
const world = JSON.parse(readFileSync(join(folder, 'world.json'), 'utf8')) as StandInWorld;
const logs = new CloudWatchLogs(world.logGroups, world.countsLines);

const server = createServer(
  { cert: readFileSync(join(folder, 'cert.pem')), key: readFileSync(join(folder, 'key.pem')) },
  (incoming, outgoing) => void serve(incoming, outgoing),
);
server.listen(443, '127.0.0.1', () => appendFileSync(join(folder, 'ready.txt'), 'ready\n'));

// The pods' exporters, all of them: every address of 127.0.0.0/8 is on the loopback.
for (const [port, metrics] of Object.entries(world.exporters ?? {})) {
  createHttpServer((_, outgoing) =>
    outgoing.writeHead(200, { 'content-type': 'text/plain; version=0.0.4' }).end(metrics),
  ).listen(Number(port));
}

for (const endpoint of world.endpoints ?? []) {
  void ask(endpoint);
}

async function ask(endpoint: string): Promise<void> {
  for (;;) {
    const status = await fetch(`http://127.0.0.1:${endpoint}`).then(
      (response) => response.status,
      () => 0,
    );
    if (status === 200) {
      note({ service: 'endpoint', status, path: endpoint });
      return;
    }
    await sleep(250);
  }
}

function note(call: Call): void {
  appendFileSync(join(folder, 'calls.jsonl'), `${JSON.stringify(call)}\n`);
}

async function serve(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) {
    chunks.push(chunk as Buffer);
  }
  const raw = Buffer.concat(chunks);
  const body = incoming.headers['content-encoding'] === 'gzip' ? gunzipSync(raw) : raw;
  const url = new URL(incoming.url ?? '/', `https://${incoming.headers.host}`);
  const [service = ''] = url.hostname.split('.');
  if (existsSync(join(folder, `down-${service}`))) {
    incoming.socket.destroy();
    return;
  }
  const answer = answerTo({ method: incoming.method ?? 'GET', url, headers: incoming.headers, body });
  note(answer.call);
  // Fluent Bit takes a success without a request id for a failure.
  outgoing.writeHead(answer.call.status, { 'content-type': answer.contentType, 'x-amzn-requestid': '1' });
  outgoing.write(answer.body);
  if (!answer.open) {
    outgoing.end();
  }
}

function answerTo(request: Request): Answer {
  const { hostname, pathname } = request.url;
  if (hostname.startsWith('logs.')) {
    return logs.answer(request);
  }
  if (hostname.startsWith('sts.')) {
    return answerSts(request);
  }
  if (hostname.startsWith('aps-workspaces.')) {
    return answerRemoteWrite(request);
  }
  if (hostname.startsWith('kubernetes.default')) {
    return answerKubernetes(request, world);
  }
  return {
    body: '',
    contentType: 'text/plain',
    call: { service: 'unknown', status: 404, host: hostname, path: pathname },
  };
}
