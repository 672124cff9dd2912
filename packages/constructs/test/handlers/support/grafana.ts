import type { FakeAmg } from './amg';
import type { Reply, Request } from './server';

interface Folder {
  uid: string;
  title: string;
  parentUid?: string;
  version: number;
}

interface Dashboard {
  readonly model: Record<string, unknown>;
  readonly folderUid: string;
  readonly version: number;
  readonly message?: string;
}

/**
 * The fields that each command has, as far as a caller may set them, from the models of Grafana's own client for its OpenAPI
 * specification: this Grafana refuses any other, where the real one would overlook it.
 *
 * https://github.com/grafana/grafana-openapi-client-go/tree/main/models
 */
const FIELDS: readonly [RegExp, readonly string[]][] = [
  [/^POST \/api\/folders$/, ['description', 'parentUid', 'title', 'uid']],
  [/^PUT \/api\/folders\/[^/]+$/, ['description', 'overwrite', 'title', 'version']],
  [/^POST \/api\/folders\/[^/]+\/move$/, ['parentUid']],
  [/^POST \/api\/dashboards\/db$/, ['dashboard', 'folderUid', 'message', 'overwrite']],
  [
    /^(POST \/api\/datasources|PUT \/api\/datasources\/uid\/[^/]+)$/,
    ['access', 'basicAuth', 'isDefault', 'jsonData', 'name', 'secureJsonData', 'type', 'uid', 'url', 'version'],
  ],
  [/^(GET|DELETE) /, []],
];

/**
 * Grafana's HTTP API, as its documentation describes it.
 *
 * https://grafana.com/docs/grafana/latest/developers/http_api/
 */
export class FakeGrafana {
  public readonly folders = new Map<string, Folder>();
  public readonly dashboards = new Map<string, Dashboard>();
  public readonly dataSources = new Map<string, Record<string, unknown>>();
  /** How many more searches find what is deleted. */
  public staleSearches = 0;
  public deletedFolders: string[] = [];

  constructor(private readonly amg: FakeAmg) {}

  public readonly route = (request: Request): Reply | undefined => {
    if (!request.path.startsWith('/api/')) {
      return undefined;
    }
    const token = this.amg.valid(String(request.headers.authorization).replace(/^Bearer /, ''));
    if (token === undefined) {
      return { status: 401, body: { message: 'Invalid API key' } };
    }
    const unknown = unknownFields(request);
    if (unknown.length > 0) {
      return { status: 400, body: { message: `unknown fields ${unknown}` } };
    }
    const [, , collection, ...rest] = request.path.split('/');
    if (collection === 'search') {
      return this.search(request);
    }
    if (this.amg.roleOf(token) !== 'ADMIN') {
      return { status: 403, body: { message: `You'll need additional permissions to perform this action` } };
    }
    switch (collection) {
      case 'folders':
        return this.folder(request, rest);
      case 'dashboards':
        return rest[0] === 'db' ? this.saveDashboard(request) : this.dashboard(request, rest[1]);
      case 'datasources':
        return rest.length === 0 ? this.createDataSource(request) : this.dataSource(request, rest[1]);
      default:
        return undefined;
    }
  };

  private search({ query }: Request): Reply {
    const uid = query.get('folderUIDs');
    const found = [...this.dashboards].map(([id, { folderUid, model }]) => ({
      uid: id,
      title: model.title,
      folderUid,
    }));
    if (this.staleSearches > 0) {
      this.staleSearches -= 1;
      found.push({ uid: 'gone', title: 'Deleted a moment ago', folderUid: uid ?? '' });
    }
    return { status: 200, body: found };
  }

  private folder({ method, body }: Request, [uid, action]: string[]): Reply {
    if (uid === undefined) {
      return this.createFolder(body);
    }
    const folder = this.folders.get(uid);
    if (folder === undefined) {
      return { status: 404, body: { message: 'folder not found', status: 'not-found' } };
    }
    if (method === 'DELETE') {
      this.folders.delete(uid);
      this.deletedFolders.push(uid);
      for (const [id, { folderUid }] of this.dashboards) {
        if (folderUid === uid) {
          this.dashboards.delete(id);
        }
      }
      return { status: 200, body: { message: 'Folder deleted' } };
    }
    if (method === 'PUT') {
      if (body.overwrite !== true && body.version !== folder.version) {
        return {
          status: 412,
          body: { message: 'the folder has been changed by someone else', status: 'version-mismatch' },
        };
      }
      folder.title = body.title as string;
      folder.version += 1;
    }
    if (method === 'POST' && action === 'move') {
      const parentUid = body.parentUid as string;
      if (parentUid !== '' && !this.folders.has(parentUid)) {
        return { status: 404, body: { message: 'parent folder not found' } };
      }
      folder.parentUid = parentUid === '' ? undefined : parentUid;
    }
    return { status: 200, body: { ...folder } };
  }

  private createFolder(body: Record<string, unknown>): Reply {
    const { uid, title, parentUid } = body as { uid: string; title: string; parentUid?: string };
    if (!/^[\w-]{1,40}$/.test(uid)) {
      return { status: 400, body: { message: 'uid contains illegal characters' } };
    }
    if (
      this.folders.has(uid) ||
      [...this.folders.values()].some((other) => other.title === title && other.parentUid === parentUid)
    ) {
      return { status: 409, body: { message: 'a folder with the same name already exists' } };
    }
    const folder: Folder = { uid, title, parentUid, version: 1 };
    this.folders.set(uid, folder);
    return { status: 200, body: folder };
  }

  private dashboard({ method }: Request, uid: string): Reply {
    const dashboard = this.dashboards.get(uid);
    if (dashboard === undefined) {
      return { status: 404, body: { message: 'Dashboard not found' } };
    }
    if (method === 'DELETE') {
      this.dashboards.delete(uid);
      return { status: 200, body: { message: 'Dashboard deleted' } };
    }
    const { model, folderUid, version } = dashboard;
    return { status: 200, body: { dashboard: { ...model, id: 7, version }, meta: { folderUid, slug: uid } } };
  }

  private saveDashboard({ body }: Request): Reply {
    const {
      dashboard: model,
      folderUid = '',
      overwrite,
      message,
    } = body as {
      dashboard: Record<string, unknown>;
      folderUid?: string;
      overwrite?: boolean;
      message?: string;
    };
    const uid = model.uid as string;
    if (typeof model.title !== 'string' || model.title === '') {
      return { status: 400, body: { message: 'Dashboard title cannot be empty' } };
    }
    if (folderUid !== '' && !this.folders.has(folderUid)) {
      return { status: 404, body: { message: 'folder not found' } };
    }
    const before = this.dashboards.get(uid);
    if (before !== undefined && overwrite !== true) {
      return {
        status: 412,
        body: { message: 'A dashboard with the same uid already exists', status: 'version-mismatch' },
      };
    }
    const twin = [...this.dashboards].some(
      ([id, other]) => id !== uid && other.folderUid === folderUid && other.model.title === model.title,
    );
    if (twin && overwrite !== true) {
      return {
        status: 412,
        body: { message: 'A dashboard with the same name in the folder already exists', status: 'name-exists' },
      };
    }
    const version = (before?.version ?? 0) + 1;
    this.dashboards.set(uid, { model, folderUid, version, message });
    return { status: 200, body: { uid, url: `/d/${uid}/x`, status: 'success', version } };
  }

  private createDataSource({ body }: Request): Reply {
    const same = [...this.dataSources.values()].some(({ name, uid }) => name === body.name || uid === body.uid);
    if (same) {
      return { status: 409, body: { message: 'data source with the same name already exists' } };
    }
    this.dataSources.set(body.uid as string, { ...body, version: 1 });
    return { status: 200, body: { datasource: body, message: 'Datasource added' } };
  }

  private dataSource({ method, body }: Request, uid: string): Reply {
    const source = this.dataSources.get(uid);
    if (source === undefined) {
      return { status: 404, body: { message: 'Data source not found' } };
    }
    if (method === 'DELETE') {
      this.dataSources.delete(uid);
      return { status: 200, body: { message: 'Data source deleted' } };
    }
    if (method === 'PUT') {
      const clash = [...this.dataSources].some(([id, { name }]) => id !== uid && name === body.name);
      if (clash) {
        return { status: 409, body: { message: 'data source with the same name already exists' } };
      }
      this.dataSources.set(uid, { ...body, version: Number(source.version) + 1 });
    }
    return { status: 200, body: { id: 3, readOnly: false, ...this.dataSources.get(uid) } };
  }
}

function unknownFields({ method, path, body }: Request): string[] {
  const known = FIELDS.find(([pattern]) => pattern.test(`${method} ${path}`))?.[1];
  if (known === undefined) {
    throw new Error(`Grafana has no ${method} ${path}`);
  }
  return Object.keys(body).filter((field) => !known.includes(field));
}
