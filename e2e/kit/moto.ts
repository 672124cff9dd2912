import { join } from 'node:path';
import { engine } from '../engines';
import { freePort, RunningProcess } from './process';
import { temporaryFolder } from './temporary';

/** AWS as moto stands for it, on a port of the loopback. It checks no signature and no permission. */
export class Moto {
  public static async start(account: string, region: string): Promise<Moto> {
    const port = await freePort();
    const address = ['-H', '127.0.0.1', '-p', `${port}`];
    const command = ['env', `MOTO_ACCOUNT_ID=${account}`, ...engine('moto').command, ...address];
    const moto = new Moto(RunningProcess.start(command, join(temporaryFolder(), 'moto.log')), port, region);
    try {
      await moto.process.until('moto answers', () => moto.answers(), 60_000);
    } catch (error) {
      await moto.stop();
      throw error;
    }
    return moto;
  }

  private constructor(
    private readonly process: RunningProcess,
    private readonly port: number,
    private readonly region: string,
  ) {}

  /** What makes AWS's own programs call this. By address for S3's paths, by name where moto has to tell a bucket. */
  public environment(): Record<string, string> {
    return {
      AWS_ENDPOINT_URL: `http://127.0.0.1:${this.port}`,
      AWS_ENDPOINT_URL_S3_FOR_CLOUDFORMATION: `http://localhost:${this.port}`,
      AWS_ACCESS_KEY_ID: 'any',
      AWS_SECRET_ACCESS_KEY: 'any',
      AWS_REGION: this.region,
      AWS_EC2_METADATA_DISABLED: 'true',
    };
  }

  /** A call of a service that answers in XML, which is returned. */
  public async query(service: string, parameters: Readonly<Record<string, string>>): Promise<string> {
    const body = new URLSearchParams(parameters).toString();
    return this.call(service, { 'content-type': 'application/x-www-form-urlencoded' }, body);
  }

  /** A call of a service that answers in JSON. */
  public async json<T>(service: string, target: string, body: object): Promise<T> {
    const headers = { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': target };
    return JSON.parse(await this.call(service, headers, JSON.stringify(body))) as T;
  }

  /** Resource types that a template had and moto made nothing of. */
  public ignoredTypes(): string[] {
    return [...new Set([...this.process.log().matchAll(/Tried to parse (\S+) but it's not supported/g)].map(String))]
      .map((text) => /parse (\S+)/.exec(text)?.[1] ?? text)
      .sort();
  }

  public stop(): Promise<void> {
    return this.process.stop();
  }

  private async call(service: string, headers: Record<string, string>, body: string): Promise<string> {
    // It finds the service by the scope of the signature.
    const scope = `any/20260101/${this.region}/${service}/aws4_request`;
    const authorization = `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=0`;
    const url = `http://127.0.0.1:${this.port}/`;
    const answer = await fetch(url, { method: 'POST', headers: { ...headers, authorization }, body });
    const text = await answer.text();
    if (!answer.ok) {
      throw new Error(`${service} ${body}: ${answer.status} ${text}`);
    }
    return text;
  }

  private async answers(): Promise<boolean> {
    try {
      return (await fetch(`http://127.0.0.1:${this.port}/moto-api/`)).ok;
    } catch {
      return false;
    }
  }
}

/** The texts of all elements of that name. */
export function elements(xml: string, name: string): string[] {
  return [...xml.matchAll(new RegExp(`<${name}>([^<]*)</${name}>`, 'g'))].map(([, text]) => text ?? '');
}
