import type { Answer, Request } from './answer';
import type { StandInWorld } from './world';

/** Reads of pods, for whoever has the token: a single one, the list of all, and a watch on which nothing happens. */
export function answerKubernetes({ url, headers }: Request, world: StandInWorld): Answer {
  const found = headers.authorization === `Bearer ${world.kubernetesToken}` ? read(url, world) : { status: 401 };
  const failure = { apiVersion: 'v1', kind: 'Status', status: 'Failure', code: found.status };
  const body = found.body ?? failure;
  return {
    body: found.open ? '' : JSON.stringify(body),
    contentType: 'application/json',
    open: found.open,
    call: { service: 'kubernetes', status: found.status, path: url.pathname },
  };
}

function read(url: URL, { pods }: StandInWorld): { status: number; body?: object; open?: boolean } {
  if (url.pathname === '/api/v1/pods') {
    if (url.searchParams.get('sendInitialEvents') === 'true') {
      return { status: 422 }; // The client then lists first, as it does with older servers.
    }
    const list = { apiVersion: 'v1', kind: 'PodList', metadata: { resourceVersion: '1' }, items: pods };
    return {
      status: 200,
      body: list,
      open: url.searchParams.get('watch') === 'true' || url.searchParams.get('watch') === '1',
    };
  }
  const [, namespace, name] = /^\/api\/v1\/namespaces\/([^/]+)\/pods\/([^/]+)$/.exec(url.pathname) ?? [];
  const pod = pods.find(({ metadata }) => metadata.namespace === namespace && metadata.name === name);
  return pod ? { status: 200, body: { apiVersion: 'v1', kind: 'Pod', ...pod } } : { status: 404 };
}
