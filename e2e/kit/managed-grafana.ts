import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

interface Token {
  readonly id: string;
  readonly name: string;
  readonly key: string;
  readonly createdAt: number;
  readonly expiresAt: number;
}

/**
 * A stand-in for one workspace of Amazon Managed Grafana with one service account: the calls of its control plane that make
 * tokens, and a Grafana behind it that answers to these tokens.
 *
 * https://docs.aws.amazon.com/grafana/latest/APIReference/API_CreateWorkspaceServiceAccountToken.html
 */
export class ManagedGrafana {
  public static async start(serviceAccount: string): Promise<ManagedGrafana> {
    const grafana = new ManagedGrafana(serviceAccount);
    await new Promise<void>((resolve) => grafana.server.listen(0, '127.0.0.1', resolve));
    return grafana;
  }

  public readonly workspaceId = 'g-0123456789';
  public tokens: Token[] = [];
  /** What Grafana answers to a token that it knows. */
  public status = 200;

  private readonly server: Server;
  private made = 0;

  private constructor(private readonly serviceAccount: string) {
    this.server = createServer((request, response) => {
      let text = '';
      request.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
      });
      request.on('end', () => this.answer(request, text, response));
    });
  }

  public get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  public async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private answer(request: IncomingMessage, text: string, response: ServerResponse): void {
    const { pathname } = new URL(request.url ?? '/', this.url);
    const { status, body } = pathname.startsWith('/api/')
      ? this.grafana(request.headers.authorization)
      : this.controlPlane(`${request.method} ${pathname}`, text);
    const refused = status >= 400 ? { 'x-amzn-errortype': 'ResourceNotFoundException' } : {};
    response.writeHead(status, { 'content-type': 'application/json', ...refused });
    response.end(JSON.stringify(body));
  }

  private grafana(authorization = ''): { status: number; body: unknown } {
    const known = this.tokens.some(({ key }) => authorization === `Bearer ${key}`);
    return known ? { status: this.status, body: [] } : { status: 401, body: { message: 'Invalid API key' } };
  }

  private controlPlane(call: string, text: string): { status: number; body: unknown } {
    const workspace = `/workspaces/${this.workspaceId}`;
    const tokens = `${workspace}/serviceaccounts/7/tokens`;
    switch (call) {
      case `GET ${workspace}`:
        return { status: 200, body: { workspace: { status: 'ACTIVE', endpoint: this.url, grafanaVersion: '12.1' } } };
      case `GET ${workspace}/serviceaccounts`:
        return { status: 200, body: { serviceAccounts: [{ id: '7', name: this.serviceAccount }] } };
      case `GET ${tokens}`:
        return { status: 200, body: { serviceAccountTokens: this.tokens.map(({ key: _, ...token }) => token) } };
      case `POST ${tokens}`:
        return { status: 200, body: { serviceAccountToken: this.make(JSON.parse(text)) } };
      default:
        return { status: 404, body: { message: `there is no ${call}` } };
    }
  }

  private make({ name, secondsToLive }: { name: string; secondsToLive: number }): Token {
    this.made += 1;
    const createdAt = Date.now() / 1_000;
    const key = `glsa_${this.made}`;
    const token = { id: `${this.made}`, name, key, createdAt, expiresAt: createdAt + secondsToLive };
    this.tokens.push(token);
    return token;
  }
}
