import type { Answer, Grafana } from '../common/grafana';
import { type Properties, text } from './event';

/** Something in Grafana that has a UID. */
export interface Item {
  readonly uid: string;
  /** Such as `folder games`, for messages. */
  readonly name: string;
  readonly path: string;
}

export function item(properties: Properties, what: string, collection: string): Item {
  const uid = text(properties, 'Uid');
  return { uid, name: `${what} ${uid}`, path: `${collection}/${encodeURIComponent(uid)}` };
}

export async function find(grafana: Grafana, { name, path }: Item): Promise<Answer['body'] | undefined> {
  const answer = await grafana.request('GET', path);
  if (answer.status !== 200 && answer.status !== 404) {
    throw grafana.refusal(`Read ${name}`, answer);
  }
  return answer.status === 404 ? undefined : answer.body;
}

/** Done, or an error that says why not. */
export async function must(
  grafana: Grafana,
  doing: string,
  method: string,
  path: string,
  body?: unknown,
): Promise<Answer> {
  const answer = await grafana.request(method, path, body);
  if (answer.status !== 200 && answer.status !== 201) {
    throw grafana.refusal(doing, answer);
  }
  return answer;
}

/** Makes something. When it is there already, the answer to an earlier request may have got lost: then it is ours. */
export async function make(
  grafana: Grafana,
  doing: string,
  path: string,
  body: unknown,
  isOurs: () => Promise<boolean>,
): Promise<void> {
  const answer = await grafana.request('POST', path, body);
  if (answer.status === 200 || answer.status === 201) {
    return;
  }
  if ((answer.status !== 409 && answer.status !== 412) || !(await isOurs())) {
    throw grafana.refusal(doing, answer);
  }
}

/** What is gone already is as good as deleted. */
export async function drop(grafana: Grafana, { name, path }: Item): Promise<void> {
  const answer = await grafana.request('DELETE', path);
  if (answer.status !== 200 && answer.status !== 404) {
    throw grafana.refusal(`Delete ${name}`, answer);
  }
}
