import { join } from 'node:path';
import { type Difference, differences } from '../kit/difference';
import { buildObjects, directoryObjects, idOf, type KubernetesObject, sourceObjects } from '../kit/objects';
import { gitops, overlayFolder, overlays } from '../kit/rendered';

/** What the environment lets differ between two overlays, and nothing else may. */
const allowed = [
  'apps/v1 DaemonSet monitoring/fluent-bit: spec.template.spec.containers[fluent-bit].env[LOG_GROUP_NAME].value',
  'apps/v1 Deployment monitoring/grafana-alloy: spec.template.spec.containers[alloy].env[CLUSTER_NAME].value',
  'prometheusservice.services.k8s.aws/v1alpha1 Workspace ack-system/eks-metrics: spec.alias',
  'prometheusservice.services.k8s.aws/v1alpha1 Workspace ack-system/eks-metrics: spec.tags.sightline-overlay',
  "v1 ServiceAccount monitoring/fluent-bit: metadata.annotations['eks.amazonaws.com/role-arn']",
  "v1 ServiceAccount monitoring/grafana-alloy: metadata.annotations['eks.amazonaws.com/role-arn']",
];

/** Namespaces of the game in each overlay's cluster. */
const gameNamespaces: Record<string, readonly string[]> = {
  dev: ['tictactoe-dev', 'tictactoe-prod', 'tictactoe-staging'],
  prod: ['tictactoe-prod'],
  staging: ['tictactoe-staging'],
};

const builds = new Map<string, KubernetesObject[]>();

beforeAll(async () => {
  for (const overlay of overlays) {
    builds.set(overlay, await buildObjects(overlayFolder(overlay)));
  }
});

function built(overlay: string): KubernetesObject[] {
  return builds.get(overlay) ?? [];
}

/** The overlay without the game. */
function infrastructure(overlay: string): KubernetesObject[] {
  return built(overlay).filter((object) => gameNamespaceOf(object) === undefined);
}

/** The game in one namespace. */
function game(overlay: string, namespace: string): KubernetesObject[] {
  return built(overlay).filter((object) => gameNamespaceOf(object) === namespace);
}

function gameNamespaceOf(object: KubernetesObject): string | undefined {
  const { kind, metadata } = object;
  const namespace = kind === 'Namespace' ? metadata.name : metadata.namespace;
  return namespace?.startsWith('tictactoe-') ? namespace : undefined;
}

test('there are the overlays dev, prod and staging', () => {
  expect(overlays).toEqual(['dev', 'prod', 'staging']);
});

describe.each(overlays)('kustomize build of %s', (overlay) => {
  test('gives every object that the files hold, each in its own namespace, and no other', () => {
    const source = sourceObjects(overlayFolder(overlay)).map(idOf);
    expect(built(overlay).map(idOf)).toEqual(source);
    expect(source.length).toBeGreaterThan(10);
  });

  test('leaves no name of another overlay behind', () => {
    const text = JSON.stringify(infrastructure(overlay));
    for (const other of overlays.filter((name) => name !== overlay)) {
      expect(text).not.toMatch(new RegExp(`-${other}\\b`));
    }
  });
});

describe('overlays differ only where the environment says so', () => {
  const pairs = overlays.flatMap((left, index) => overlays.slice(index + 1).map((right) => [left, right] as const));

  test.each(pairs)('%s and %s', (left, right) => {
    const found = differences(infrastructure(left), infrastructure(right));
    expect(found.map(({ path }) => path)).toEqual(allowed);
    // Each side of a difference belongs to its overlay, or is the plain name that only dev has.
    expect(found.filter((difference) => !named(difference, left, right))).toEqual([]);
  });

  test.each(overlays)('%s has the game in its own namespaces', (overlay) => {
    const namespaces = built(overlay).map(gameNamespaceOf);
    expect([...new Set(namespaces.filter((namespace) => namespace !== undefined))].sort()).toEqual(
      gameNamespaces[overlay],
    );
  });

  test('the game is the same in every namespace of every overlay, but for the name of the namespace', () => {
    const games = overlays.flatMap((overlay) =>
      (gameNamespaces[overlay] ?? []).map((namespace) => {
        const text = JSON.stringify(game(overlay, namespace)).replaceAll(namespace, 'NAMESPACE');
        return JSON.parse(text) as KubernetesObject[];
      }),
    );
    const [first = [], ...others] = games;
    expect(first.length).toBeGreaterThan(0);
    expect(others).toHaveLength(4);
    expect(others.flatMap((other) => differences(first, other))).toEqual([]);
  });

  test('the comparison sees a change of one leaf', () => {
    // GIVEN
    const [first] = overlays;
    const objects = built(first ?? '');
    const changed = JSON.parse(JSON.stringify(objects)) as KubernetesObject[];
    // WHEN
    Object.assign(changed[0]?.metadata ?? {}, { labels: { changed: 'yes' } });
    // THEN
    expect(differences(objects, changed).length).toBeGreaterThan(0);
  });
});

test('there is one Argo CD Application for each overlay, with its own cluster', () => {
  const targets = directoryObjects(join(gitops, 'argocd')).map((object) => {
    const { destination, source } = object.spec as { destination: { server: string }; source: { path: string } };
    return [source.path.split('/').at(-1), destination.server];
  });
  expect(targets.sort()).toEqual(
    overlays.map((overlay) => [overlay, `arn:aws:eks:ap-northeast-2:111122223333:cluster/tictactoe-${overlay}`]),
  );
});

function named({ left, right }: Difference, leftOverlay: string, rightOverlay: string): boolean {
  const belongs = (value: unknown, overlay: string) =>
    typeof value === 'string' && (value.endsWith(overlay) || (overlay === 'dev' && !/-(staging|prod)$/.test(value)));
  return belongs(left, leftOverlay) && belongs(right, rightOverlay);
}
