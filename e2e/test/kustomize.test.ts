import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { buildObjects } from '../kit/objects';
import { gitops, overlayFolder, overlays } from '../kit/rendered';
import { temporaryFolder } from '../kit/temporary';
import { buildWithWiring } from '../kit/wiring';

describe('our own kustomize gives the objects of the real one', () => {
  test.each(overlays)('for %s', async (overlay) => {
    expect(buildWithWiring(gitops, overlayFolder(overlay))).toEqual(await buildObjects(overlayFolder(overlay)));
  });

  test('for a kustomization that moves a namespace, renames, patches and sets images', async () => {
    // GIVEN
    const root = temporaryFolder();
    const files: Record<string, string> = {
      'base/kustomization.yaml': 'resources: [app.yaml]\n',
      'base/app.yaml': [
        'apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: app, namespace: one}\n',
        'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings, namespace: one}\ndata: {mode: "0644", flag: "yes"}\n',
        [
          'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: app, namespace: one}\nspec:\n  replicas: 1\n',
          '  selector: {matchLabels: {app: app}}\n  template:\n    metadata: {labels: {app: app}}\n    spec:\n',
          '      serviceAccountName: app\n      containers:\n        - {name: app, image: registry.example/app:1, env: [{name: A, value: a}]}\n',
          '      volumes: [{name: settings, configMap: {name: settings}}]\n',
        ].join(''),
        [
          'apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata: {name: app, namespace: one}\n',
          'roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: app}\nsubjects: [{kind: ServiceAccount, name: app, namespace: one}]\n',
        ].join(''),
      ].join('---\n'),
      'overlay/kustomization.yaml': [
        'resources: [../base]\nnamespace: two\nnamePrefix: blue-\nlabels: [{pairs: {team: game}, includeTemplates: true}]\n',
        'images: [{name: registry.example/app, newTag: "2"}]\nreplicas: [{name: app, count: 3}]\npatches:\n',
        '  - patch: |\n      apiVersion: apps/v1\n      kind: Deployment\n      metadata: {name: app, namespace: one}\n',
        '      spec: {template: {spec: {containers: [{name: app, env: [{name: B, value: b}]}]}}}\n',
        '  - target: {kind: ConfigMap}\n    patch: |\n      - op: replace\n        path: /data/mode\n        value: "0600"\n',
      ].join(''),
    };
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(dirname(join(root, file)), { recursive: true });
      writeFileSync(join(root, file), text);
    }
    // WHEN
    const real = await buildObjects(join(root, 'overlay'));
    // THEN
    expect(real.map((object) => object.metadata.name)).toEqual(['blue-app', 'blue-app', 'blue-settings', 'blue-app']);
    expect(buildWithWiring(root, join(root, 'overlay'))).toEqual(real);
  });
});
