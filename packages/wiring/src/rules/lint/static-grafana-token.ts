import { describe, labelOf } from '../../model';
import { at, stringAt } from '../../read/access';
import { example } from '../example';
import { DASHBOARDS } from '../examples/dashboards';
import type { LintRule } from './lint-rule';

export const staticGrafanaToken: LintRule = {
  id: 'dashboards/static-token',
  severity: 'warning',
  summary: 'the token for a Grafana workspace stands in a manifest',
  why: 'tokens of Amazon Managed Grafana live for 30 days at most; after that nothing is brought in any more, and whoever reads the repository has the token until then',
  help: 'let something that makes new tokens fill the secret, such as a rotation in Secrets Manager with an ExternalSecret',
  example: example(DASHBOARDS, {
    file: 'grafana.yaml',
    good: `apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: {name: grafana-token, namespace: observe}
spec:
  refreshInterval: 5m
  secretStoreRef: {name: aws, kind: ClusterSecretStore}
  target: {name: grafana-token}
  data:
    - {secretKey: token, remoteRef: {key: grafana/token}}
`,
    bad: `apiVersion: v1
kind: Secret
metadata: {name: grafana-token, namespace: observe}
stringData: {token: example-only}
`,
  }),
  check: ({ world }) =>
    world.grafana.operated.flatMap(({ object, url }) => {
      const reference = at(object.node, 'spec', 'external', 'apiKey');
      const [name, key] = [stringAt(reference, 'name'), stringAt(reference, 'key')];
      if (!url || name === undefined || key === undefined || !/\.grafana-workspace\./.test(describe(url))) return [];
      const secret = world.objects.find(
        (one) => one.kind === 'Secret' && one.name.value === name && one.namespace?.value === object.namespace?.value,
      );
      const isThere = ['data', 'stringData'].some((field) => at(secret?.node, field, key));
      if (!secret || !isThere) return [];
      return [
        {
          subject: labelOf(object),
          message: `${labelOf(object)} is reached with the token in ${labelOf(secret)}, which stands in a manifest`,
          span: reference?.span ?? object.name.span,
          related: [{ span: secret.name.span, message: `${labelOf(secret)} is declared here` }],
        },
      ];
    }),
};
