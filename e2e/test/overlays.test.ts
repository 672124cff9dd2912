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

const builds = new Map<string, KubernetesObject[]>();

beforeAll(async () => {
  for (const overlay of overlays) {
    builds.set(overlay, await buildObjects(overlayFolder(overlay)));
  }
});

function built(overlay: string): KubernetesObject[] {
  return builds.get(overlay) ?? [];
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
    const text = JSON.stringify(built(overlay));
    for (const other of overlays.filter((name) => name !== overlay)) {
      expect(text).not.toMatch(new RegExp(`-${other}\\b`));
    }
  });
});

describe('overlays differ only where the environment says so', () => {
  const pairs = overlays.flatMap((left, index) => overlays.slice(index + 1).map((right) => [left, right] as const));

  test.each(pairs)('%s and %s', (left, right) => {
    const found = differences(built(left), built(right));
    expect(found.map(({ path }) => path)).toEqual(allowed);
    // Each side of a difference belongs to its overlay, or is the plain name that only dev has.
    expect(found.filter((difference) => !named(difference, left, right))).toEqual([]);
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
