import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type GatewayCall, gateway } from '../kit/gateway/listener';
import { type SigningScope, signatureOf, whyRefused } from '../kit/sigv4';

const scope: SigningScope = {
  accessKey: 'ASIASIGHTLINEE2E0001',
  secretKey: 'not-a-secret',
  sessionToken: 'not-a-token',
  region: 'ap-northeast-2',
  service: 'aps',
};
const path = '/workspaces/ws-1/api/v1/remote_write';

/** Takes what the gateway lets through, as Prometheus would. */
let behind: Server;
let front: Server;
let written: string[];
let calls: GatewayCall[];

beforeAll(async () => {
  behind = await listen((incoming, outgoing) => {
    incoming.setEncoding('utf8').on('data', (text: string) => written.push(text));
    incoming.on('end', () => outgoing.writeHead(204).end());
  });
  const writeTo = `http://127.0.0.1:${portOf(behind)}/api/v1/write`;
  front = await listen(gateway({ scope, workspace: 'ws-1', writeTo }, (call) => calls.push(call)));
});

beforeEach(() => {
  written = [];
  calls = [];
});

afterAll(() => {
  front?.close();
  behind?.close();
});

test('signatures are made as the example of AWS shows', () => {
  // The case get-vanilla of AWS's test suite for Signature Version 4.
  const request = { method: 'GET', target: '/', body: Buffer.alloc(0) };
  const headers = { host: 'example.amazonaws.com', 'x-amz-date': '20150830T123600Z' };
  const example = {
    accessKey: 'AKIDEXAMPLE',
    secretKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
    region: 'us-east-1',
    service: 'service',
  };
  const signature = '5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31';
  const names = ['host', 'x-amz-date'];
  expect(signatureOf({ ...request, headers }, example, headers['x-amz-date'], names)).toBe(signature);
  const credential = 'AKIDEXAMPLE/20150830/us-east-1/service/aws4_request';
  const authorization = `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=${names.join(';')}, Signature=${signature}`;
  const then = Date.UTC(2015, 7, 30, 12, 36);
  expect(whyRefused({ ...request, headers: { ...headers, authorization } }, example, then)).toBeUndefined();
});

describe('the gateway before Prometheus', () => {
  test('passes on what is signed as it should be', async () => {
    expect(await send()).toEqual({ status: 204, body: '' });
    expect(written).toEqual(['samples']);
    expect(calls).toEqual([{ service: 'aps', status: 204, path }]);
  });

  test.each([
    ['another secret key', { secretKey: 'another' }, /^the signature does not match$/],
    ['another access key', { accessKey: 'AKIAANOTHER' }, /^nobody has the access key AKIAANOTHER$/],
    [
      'another region',
      { region: 'us-east-1' },
      /^the signature is for aps in us-east-1, this is aps in ap-northeast-2$/,
    ],
    ['another service', { service: 'execute-api' }, /^the signature is for execute-api in ap-northeast-2/],
    ['another session token', { sessionToken: 'old' }, /^the session token is not that of the credentials$/],
  ])('refuses %s', async (_, change, message) => {
    await refuses(await send({ scope: { ...scope, ...change } }), message);
  });

  test('refuses a body that was changed after it was signed', async () => {
    await refuses(await send({ sent: 'other samples' }), /^the signature does not match$/);
  });

  test('refuses a body that is not the one whose digest was signed', async () => {
    const digest = { 'x-amz-content-sha256': '0'.repeat(64) };
    await refuses(await send({ headers: digest }), /^the body is not the one that was signed$/);
  });

  test('refuses a signature for another path', async () => {
    await refuses(await send({ signedPath: '/workspaces/ws-2/api/v1/remote_write' }), /^the signature does not match$/);
  });

  test('refuses a signature of an hour ago', async () => {
    await refuses(await send({ age: 3_600_000 }), /^the signature is of \d{8}T\d{6}Z$/);
  });

  test('refuses headers of AWS that are not signed', async () => {
    await refuses(await send({ unsigned: { 'x-amz-acl': 'public' } }), /^headers .* are not: x-amz-acl$/);
  });

  test('refuses what is not signed at all', async () => {
    await refuses(await send({ unsigned: { authorization: 'Bearer token' } }), /^the request is not signed$/);
  });

  test('knows no other workspace', async () => {
    const other = '/workspaces/ws-2/api/v1/remote_write';
    expect((await send({ path: other, signedPath: other })).status).toBe(404);
    expect(written).toEqual([]);
  });

  async function refuses(reply: { status: number; body: string }, message: RegExp): Promise<void> {
    expect(reply).toEqual({ status: 403, body: expect.stringMatching(message) });
    expect(written).toEqual([]);
    expect(calls).toEqual([{ service: 'aps', status: 403, path, refused: reply.body }]);
  }
});

interface Sent {
  readonly scope?: SigningScope;
  readonly path?: string;
  readonly signedPath?: string;
  /** The body that arrives, if not the one that was signed. */
  readonly sent?: string;
  /** Milliseconds since it was signed. */
  readonly age?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly unsigned?: Readonly<Record<string, string>>;
}

function send(options: Sent = {}): Promise<{ status: number; body: string }> {
  const by = options.scope ?? scope;
  const date = new Date(Date.now() - (options.age ?? 0)).toISOString().replace(/[-:]|\.\d+/g, '');
  const host = `127.0.0.1:${portOf(front)}`;
  const headers: Record<string, string> = { host, 'x-amz-date': date, ...options.headers };
  headers['x-amz-security-token'] = by.sessionToken ?? '';
  const names = Object.keys(headers).sort();
  const signed = { method: 'POST', target: options.signedPath ?? path, headers, body: Buffer.from('samples') };
  const credential = `${by.accessKey}/${date.slice(0, 8)}/${by.region}/${by.service}/aws4_request`;
  const signature = signatureOf(signed, by, date, names);
  headers.authorization = `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=${names.join(';')}, Signature=${signature}`;
  return new Promise((resolve, reject) => {
    const target = { host: '127.0.0.1', port: portOf(front), path: options.path ?? path, method: 'POST' };
    const call = request({ ...target, headers: { ...headers, ...options.unsigned } }, (answer) => {
      let body = '';
      answer.setEncoding('utf8').on('data', (text: string) => {
        body += text;
      });
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, body }));
    });
    call.on('error', reject);
    call.end(options.sent ?? 'samples');
  });
}

function listen(listener: Parameters<typeof createServer>[1]): Promise<Server> {
  const server = createServer(listener);
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}
