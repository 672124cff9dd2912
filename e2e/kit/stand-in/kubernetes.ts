import type { Answer, Request } from './answer';
import type { StandInWorld } from './world';

/** Reads of single pods, as Fluent Bit makes them, for whoever has the token. */
export function answerKubernetes({ url, headers }: Request, world: StandInWorld): Answer {
  const [, namespace, name] = /^\/api\/v1\/namespaces\/([^/]+)\/pods\/([^/]+)$/.exec(url.pathname) ?? [];
  const pod = world.pods.find(({ metadata }) => metadata.namespace === namespace && metadata.name === name);
  const status = headers.authorization !== `Bearer ${world.kubernetesToken}` ? 401 : pod ? 200 : 404;
  const body =
    status === 200 ? { apiVersion: 'v1', kind: 'Pod', ...pod } : { apiVersion: 'v1', kind: 'Status', code: status };
  return {
    body: JSON.stringify(body),
    contentType: 'application/json',
    call: { service: 'kubernetes', status, path: url.pathname },
  };
}
