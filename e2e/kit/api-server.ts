import { generateKeyPairSync } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { Agent, request } from 'node:https';
import { join } from 'node:path';
import { engine } from '../engines';
import { definitionOf } from './custom-resources';
import { idOf, type KubernetesObject } from './objects';
import { freePort, RunningProcess } from './process';
import { temporaryFolder } from './temporary';
import { until } from './until';

export interface Response {
  readonly status: number;
  readonly body: { readonly message?: string; readonly [field: string]: unknown };
}

/** What one may do: `verb resource`, or `verb group/resource`, in all namespaces. */
export interface Access {
  readonly verb: string;
  readonly group?: string;
  readonly resource: string;
  readonly subresource?: string;
  readonly namespace?: string;
}

export interface PodTemplate {
  readonly metadata?: object;
  readonly spec: object;
}

const administrator = 'administrator';

/**
 * A real API server on the loopback, with etcd behind it and RBAC on. The CRDs of the controllers that we render for are
 * there: the first object of such a kind brings its own.
 */
export class ApiServer {
  public static async start(): Promise<ApiServer> {
    const folder = temporaryFolder();
    const [client, peer, port] = [await freePort(), await freePort(), await freePort()];
    const store = `http://127.0.0.1:${client}`;
    const etcd = RunningProcess.start(etcdCommand(folder, store, `http://127.0.0.1:${peer}`), join(folder, 'etcd.log'));
    const server = RunningProcess.start(serverCommand(folder, store, port), join(folder, 'kube-apiserver.log'));
    const started = new ApiServer(folder, port, [server, etcd]);
    try {
      await server.until('the API server is ready', () => started.ready(), 90_000);
    } catch (error) {
      await started.stop();
      throw error;
    }
    return started;
  }

  private readonly agent = new Agent({ keepAlive: true, maxSockets: 16 });
  private readonly paths = new Map<string, { readonly plural: string; readonly namespaced: boolean }>();

  private constructor(
    private readonly folder: string,
    /** On the loopback. */
    public readonly port: number,
    private readonly processes: readonly RunningProcess[],
  ) {}

  public async stop(): Promise<void> {
    this.agent.destroy();
    for (const process of this.processes) {
      await process.stop();
    }
  }

  /** Of somebody who may do everything. */
  public readonly token = administrator;

  /** The file of the certificate that clients have to trust. It is for kubernetes.default.svc too. */
  public authority(): string {
    return join(this.folder, 'apiserver.crt');
  }

  /** Server-side apply with field validation Strict, as `kubectl apply --server-side` and Argo CD do it. */
  public async apply(object: KubernetesObject): Promise<Response> {
    const query = 'fieldManager=sightline-e2e&fieldValidation=Strict&force=true';
    return this.call('PATCH', `${await this.pathOf(object)}?${query}`, object, 'application/apply-patch+yaml');
  }

  /** Applies all, namespaces first, and returns what the server refused, one line for each. */
  public async refused(objects: readonly KubernetesObject[]): Promise<string[]> {
    const first = (object: KubernetesObject) => (object.kind === 'Namespace' ? 0 : 1);
    const faults: string[] = [];
    for (const object of [...objects].sort((a, b) => first(a) - first(b))) {
      const { status, body } = await this.apply(object);
      if (status !== 200 && status !== 201) {
        faults.push(`${idOf(object)}: ${status} ${body.message}`);
      }
    }
    return faults;
  }

  /** What the server says of a pod of that template, without making it: its own validation and Pod Security Admission. */
  public admit(namespace: string, template: PodTemplate): Promise<Response> {
    const metadata = { ...template.metadata, generateName: 'admitted-', namespace };
    const pod = { apiVersion: 'v1', kind: 'Pod', metadata, spec: template.spec };
    return this.call('POST', `/api/v1/namespaces/${namespace}/pods?dryRun=All&fieldValidation=Strict`, pod);
  }

  /** What `kubectl auth can-i --as=system:serviceaccount:…` says. */
  public async can(serviceAccount: string, access: Access): Promise<boolean> {
    const [namespace] = serviceAccount.split('/');
    const review = {
      apiVersion: 'authorization.k8s.io/v1',
      kind: 'SubjectAccessReview',
      spec: {
        user: `system:serviceaccount:${serviceAccount.replace('/', ':')}`,
        groups: ['system:serviceaccounts', `system:serviceaccounts:${namespace}`, 'system:authenticated'],
        resourceAttributes: access,
      },
    };
    const { body } = await this.call('POST', '/apis/authorization.k8s.io/v1/subjectaccessreviews', review);
    return (body.status as { allowed: boolean }).allowed;
  }

  public call(method: string, path: string, body?: unknown, type = 'application/json'): Promise<Response> {
    const headers = { authorization: `Bearer ${administrator}`, 'content-type': type };
    const ca = readFileSync(this.authority());
    return new Promise((resolve, reject) => {
      const call = request(
        { agent: this.agent, host: '127.0.0.1', port: this.port, method, path, headers, ca, servername: 'kubernetes' },
        (answer) => {
          let text = '';
          answer.setEncoding('utf8').on('data', (chunk: string) => {
            text += chunk;
          });
          answer.on('end', () => resolve({ status: answer.statusCode ?? 0, body: json(text) }));
        },
      );
      call.on('error', reject);
      call.end(body === undefined ? undefined : JSON.stringify(body));
    });
  }

  private async ready(): Promise<boolean> {
    if (!existsSync(this.authority())) {
      return false;
    }
    try {
      return (await this.call('GET', '/readyz')).status === 200;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ECONNREFUSED') {
        return false;
      }
      throw error;
    }
  }

  /** Brings the CRD of a kind, and waits until the server serves it. */
  private async define(apiVersion: string, kind: string): Promise<void> {
    const definition = definitionOf(apiVersion, kind);
    if (!definition) {
      throw new Error(`the API server knows no ${apiVersion} ${kind}, and no engine has its CRD`);
    }
    const { status, body } = await this.apply(definition);
    if (status !== 201) {
      throw new Error(`${definition.metadata.name}: ${status} ${body.message}`);
    }
    const served = async () =>
      (await this.established(definition.metadata.name)) && (await this.served(apiVersion, kind)) !== undefined;
    await until(`the API server serves ${definition.metadata.name}`, served, 30_000);
  }

  private async established(name: string): Promise<boolean> {
    const { body } = await this.call('GET', `/apis/apiextensions.k8s.io/v1/customresourcedefinitions/${name}`);
    const status = body.status as { conditions?: { type: string; status: string }[] | null } | undefined;
    return (status?.conditions ?? []).some(
      (condition) => condition.type === 'Established' && condition.status === 'True',
    );
  }

  private async pathOf({ apiVersion, kind, metadata }: KubernetesObject): Promise<string> {
    const known = this.paths.get(`${apiVersion} ${kind}`) ?? (await this.discover(apiVersion, kind));
    const namespace = known.namespaced ? `/namespaces/${metadata.namespace}` : '';
    return `${rootOf(apiVersion)}${namespace}/${known.plural}/${metadata.name}`;
  }

  private async discover(apiVersion: string, kind: string) {
    if (!(await this.served(apiVersion, kind))) {
      await this.define(apiVersion, kind);
    }
    const resource = await this.served(apiVersion, kind);
    const path = { plural: resource?.name ?? '', namespaced: resource?.namespaced ?? false };
    this.paths.set(`${apiVersion} ${kind}`, path);
    return path;
  }

  /** What the server says of a kind that it serves. */
  private async served(apiVersion: string, kind: string): Promise<ApiResource | undefined> {
    const { body } = await this.call('GET', rootOf(apiVersion));
    const { resources = [] } = body as { resources?: ApiResource[] };
    return resources.find((one) => one.kind === kind && !one.name.includes('/'));
  }
}

interface ApiResource {
  readonly name: string;
  readonly kind: string;
  readonly namespaced: boolean;
}

function rootOf(apiVersion: string): string {
  return apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
}

function etcdCommand(folder: string, client: string, peer: string): string[] {
  return [
    ...engine('etcd').command,
    ...['--data-dir', join(folder, 'etcd'), '--unsafe-no-fsync', '--log-level', 'warn'],
    ...['--listen-client-urls', client, '--advertise-client-urls', client],
    ...['--listen-peer-urls', peer, '--initial-advertise-peer-urls', peer, '--initial-cluster', `default=${peer}`],
  ];
}

function serverCommand(folder: string, store: string, port: number): string[] {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  writeFileSync(join(folder, 'sa.key'), privateKey.export({ type: 'pkcs1', format: 'pem' }));
  writeFileSync(join(folder, 'sa.pub'), publicKey.export({ type: 'spki', format: 'pem' }));
  writeFileSync(join(folder, 'tokens.csv'), `${administrator},administrator,1,"system:masters"\n`);
  return [
    ...engine('kube-apiserver').command,
    `--etcd-servers=${store}`,
    '--bind-address=127.0.0.1',
    '--advertise-address=127.0.0.1',
    '--endpoint-reconciler-type=none',
    `--secure-port=${port}`,
    `--cert-dir=${folder}`,
    '--authorization-mode=RBAC',
    `--token-auth-file=${join(folder, 'tokens.csv')}`,
    '--service-account-issuer=https://sightline.invalid',
    `--service-account-key-file=${join(folder, 'sa.pub')}`,
    `--service-account-signing-key-file=${join(folder, 'sa.key')}`,
    '--service-cluster-ip-range=10.96.0.0/16',
  ];
}

function json(text: string): Response['body'] {
  try {
    return JSON.parse(text) as Response['body'];
  } catch {
    return { message: text };
  }
}
