import { appendFileSync, readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import { createConnection, createServer as createRelay } from 'node:net';
import { join } from 'node:path';
import { type GatewayOptions, gateway } from './listener';

/**
 * `main.ts FOLDER`: the gateway on port 443 of the machine's address, with FOLDER's cert.pem, key.pem and gateway.json; every
 * call is appended to calls.jsonl. Port 6443 leads to the socket api-server.sock, behind which the API server is: a socket
 * is what crosses network namespaces.
 */
const [folder = '.'] = process.argv.slice(2);
const options = JSON.parse(readFileSync(join(folder, 'gateway.json'), 'utf8')) as GatewayOptions;
const note = (call: object) => appendFileSync(join(folder, 'calls.jsonl'), `${JSON.stringify(call)}\n`);
const certificate = { cert: readFileSync(join(folder, 'cert.pem')), key: readFileSync(join(folder, 'key.pem')) };

createServer(certificate, gateway(options, note)).listen(443, '10.77.0.1');

createRelay((client) => {
  const server = createConnection(join(folder, 'api-server.sock'));
  client.pipe(server).pipe(client);
  client.on('error', () => server.destroy());
  server.on('error', () => client.destroy());
}).listen(6443, '10.77.0.1');
