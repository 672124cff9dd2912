import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createConnection, createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { makeCertificate } from '../certificate';
import { temporaryFolder } from '../temporary';
import type { GatewayCall, GatewayOptions } from './listener';

/** What a machine needs to have AWS and the cluster's API server at its address. */
export class Gateway {
  /** @param apiServer the port of the API server on this machine's loopback */
  public static async prepare(options: GatewayOptions, hosts: readonly string[], apiServer: number): Promise<Gateway> {
    const folder = temporaryFolder();
    await makeCertificate(folder, hosts);
    writeFileSync(join(folder, 'gateway.json'), JSON.stringify(options));
    const relay = createServer((client) => {
      const server = createConnection(apiServer, '127.0.0.1');
      client.pipe(server).pipe(client);
      client.on('error', () => server.destroy());
      server.on('error', () => client.destroy());
    });
    await new Promise<void>((resolve) => relay.listen(join(folder, 'api-server.sock'), resolve));
    return new Gateway(folder, relay);
  }

  /** The program to run on the machine. */
  public readonly command: readonly string[];
  /** The file of the certificate that programs have to trust. */
  public readonly authority: string;

  private constructor(
    private readonly folder: string,
    private readonly relay: Server,
  ) {
    this.command = [join(__dirname, '../../node_modules/.bin/tsx'), join(__dirname, 'main.ts'), folder];
    this.authority = join(folder, 'cert.pem');
  }

  public calls(): GatewayCall[] {
    const file = join(this.folder, 'calls.jsonl');
    const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [];
    return lines.filter((line) => line.endsWith('}')).map((line) => JSON.parse(line) as GatewayCall);
  }

  /** Closes the way to the API server. To be called after the machine has stopped. */
  public stop(): Promise<void> {
    return new Promise((resolve) => this.relay.close(() => resolve()));
  }
}
