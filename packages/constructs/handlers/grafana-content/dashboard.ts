import { type Kind, type Properties, type Task, text } from './event';
import { adopts, existsAlready, holds } from './existing';
import { drop, find, type Item, item, make } from './item';
import { inGrafana } from './session';

interface Model {
  readonly title: string;
  readonly [field: string]: unknown;
}

/**
 * A dashboard, whose JSON is an object of S3: it may be larger than a template.
 *
 * https://grafana.com/docs/grafana/latest/developers/http_api/dashboard/
 */
export const dashboard: Kind = {
  physicalId: ({ properties }) => `${properties.WorkspaceId}/dashboards/${text(properties, 'Uid')}`,

  create: (task) => write(task, false),

  update: (task) => write(task, true),

  remove: (task) => inGrafana(task, (grafana) => drop(grafana, itemOf(task.properties))),
};

async function write(task: Task, ours: boolean) {
  const { properties, event, world } = task;
  const source = await world.download(text(properties, 'Bucket'), text(properties, 'Key'));
  const target = itemOf(properties);
  const model: Model = { ...(JSON.parse(source) as Model), uid: target.uid };
  const folderUid = (properties.FolderUid as string | undefined) ?? '';
  return inGrafana(task, async (grafana) => {
    const existing = ours ? undefined : await find(grafana, target);
    if (existing !== undefined && !adopts(properties) && !earlierTry(existing, model, folderUid)) {
      throw existsAlready(`dashboard with UID ${target.uid}`, (existing as Found).dashboard?.title);
    }
    await make(
      grafana,
      `Save ${target.name}, called ${JSON.stringify(model.title)}`,
      '/api/dashboards/db',
      {
        // The id is the number of the dashboard in the Grafana that it was exported from.
        dashboard: { ...model, id: null },
        // Grafana moves a dashboard to the top level if this is not said.
        folderUid,
        overwrite: ours || existing !== undefined,
        message: `${event.LogicalResourceId} of stack ${event.StackId.split('/')[1] ?? event.StackId}`,
      },
      async () => earlierTry((await find(grafana, target)) ?? {}, model, folderUid),
    );
    return { Uid: target.uid };
  });
}

interface Found {
  readonly dashboard?: { readonly title?: string; readonly version?: number };
  readonly meta?: { readonly folderUid?: string };
}

/**
 * Newer versions of Grafana keep a dashboard in a form of their own, so what is read may differ from what was written.
 */
function earlierTry({ dashboard: found, meta }: Found, model: Model, folderUid: string): boolean {
  const { id: _, version: __, ...content } = model;
  const samePlace = found?.title === model.title && (meta?.folderUid ?? '') === folderUid;
  return samePlace && ((found?.version ?? 0) <= 1 || holds(found, content));
}

function itemOf(properties: Properties): Item {
  return item(properties, 'dashboard', '/api/dashboards/uid');
}
