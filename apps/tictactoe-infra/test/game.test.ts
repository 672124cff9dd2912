import { App } from 'cdk8s';
import { objectsOf } from '../src/cluster/gitops';
import { Installation } from '../src/cluster/installation';
import { overlays } from '../src/environment';

interface Pod {
  readonly metadata: { readonly labels: Record<string, string>; readonly annotations: Record<string, string> };
  readonly spec: {
    readonly serviceAccountName: string;
    readonly automountServiceAccountToken: boolean;
    readonly containers: readonly {
      readonly name: string;
      readonly ports: readonly { readonly containerPort: number }[];
      readonly securityContext: Record<string, unknown>;
    }[];
  };
}

interface Deployment {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace: string };
  readonly spec: { readonly template: Pod };
}

const game = (overlay: (typeof overlays)[number]) =>
  (objectsOf(new Installation(new App(), overlay)) as Deployment[]).filter(
    ({ kind, metadata }) => kind === 'Deployment' && metadata.namespace.startsWith('tictactoe-'),
  );

describe.each(overlays)('game of overlay $name', (overlay) => {
  test('runs in the namespaces of the overlay', () => {
    expect([...new Set(game(overlay).map(({ metadata }) => metadata.namespace))]).toEqual(overlay.gameNamespaces);
  });

  test('every pod asks to be scraped at a port that one of its containers has', () => {
    for (const { spec } of game(overlay)) {
      const { metadata, spec: pod } = spec.template;
      expect(metadata.annotations['prometheus.io/scrape']).toBe('true');
      const ports = pod.containers.flatMap((container) => container.ports.map(({ containerPort }) => containerPort));
      expect(ports).toContain(Number(metadata.annotations['prometheus.io/port']));
    }
  });

  test('no container has a privilege, and no pod a token', () => {
    for (const { spec } of game(overlay)) {
      expect(spec.template.spec.automountServiceAccountToken).toBe(false);
      for (const { securityContext } of spec.template.spec.containers) {
        expect(securityContext).toMatchObject({
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ['ALL'] },
        });
      }
    }
  });
});

test('the pods of the frontend are scraped at the default port, 9113', () => {
  const [frontend] = game(overlays[0]);
  expect(frontend.spec.template.metadata.annotations['prometheus.io/port']).toBe('9113');
});
