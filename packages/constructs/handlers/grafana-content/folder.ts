import type { Grafana } from '../common/grafana';
import { type Kind, type Properties, type Task, text } from './event';
import { adopts, existsAlready } from './existing';
import { drop, find, type Item, item, make, must } from './item';
import { inGrafana } from './session';

/** The search may still find what was deleted a moment ago. */
const LOOKS = 6;
const BETWEEN_LOOKS = 5_000;

/**
 * A folder.
 *
 * https://grafana.com/docs/grafana/latest/developers/http_api/folder/
 */
export const folder: Kind = {
  physicalId: ({ properties }) => `${properties.WorkspaceId}/folders/${text(properties, 'Uid')}`,

  create: (task) => write(task, false),

  update: (task) => write(task, true),

  remove: (task) =>
    inGrafana(task, async (grafana) => {
      const target = itemOf(task.properties);
      if ((await find(grafana, target)) !== undefined) {
        await refuseIfUsed(task, grafana, target);
        await drop(grafana, target);
      }
    }),
};

function write(task: Task, ours: boolean) {
  return inGrafana(task, async (grafana) => {
    const { properties } = task;
    const title = text(properties, 'Title');
    const parentUid = (properties.ParentUid as string | undefined) ?? '';
    const target = itemOf(properties);
    const doing = `${target.name}, called ${JSON.stringify(title)}`;
    const existing = await find(grafana, target);
    if (existing === undefined) {
      const body = { uid: target.uid, title, parentUid: parentUid || undefined };
      const isOurs = async () => (await find(grafana, target))?.title === title;
      await make(grafana, `Make ${doing}`, '/api/folders', body, isOurs);
      return { Uid: target.uid };
    }
    const renamed = existing.title !== title;
    const moved = (existing.parentUid ?? '') !== parentUid;
    if ((renamed || moved) && !ours && !adopts(properties)) {
      throw existsAlready(`folder with UID ${target.uid}`, existing.title);
    }
    if (renamed) {
      await must(grafana, `Update ${doing}`, 'PUT', target.path, { title, overwrite: true });
    }
    if (moved) {
      const to = parentUid === '' ? 'the top level' : `folder ${parentUid}`;
      await must(grafana, `Move ${doing} to ${to}`, 'POST', `${target.path}/move`, { parentUid });
    }
    return { Uid: target.uid };
  });
}

/**
 * Grafana deletes a folder with all that is in it; what this stack made there is gone by now, so the rest is others'.
 */
async function refuseIfUsed({ world }: Task, grafana: Grafana, { uid, name }: Item): Promise<void> {
  for (let look = 1; ; look += 1) {
    const search = `/api/search?limit=5000&folderUIDs=${encodeURIComponent(uid)}`;
    const { list } = await must(grafana, `Look into ${name}`, 'GET', search);
    // Versions that do not know this filter find everything.
    const inside = list.filter(({ folderUid }) => folderUid === uid).map(({ title }) => JSON.stringify(title));
    if (inside.length === 0) {
      return;
    }
    if (look === LOOKS) {
      throw new Error(
        `The ${name} still holds ${inside.slice(0, 5).join(', ')}${inside.length > 5 ? ', …' : ''}, which this stack has ` +
          'not made and Grafana would delete with it. Move or delete that, or keep the folder by removalPolicy RETAIN.',
      );
    }
    await world.clock.sleep(BETWEEN_LOOKS);
  }
}

function itemOf(properties: Properties): Item {
  return item(properties, 'folder', '/api/folders');
}
