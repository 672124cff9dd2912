import { type CollectedCluster, workspace, world } from './collected-cluster';

/** The job of every pod that is scraped. */
export const job = 'kubernetes-pods';

/** A series that a collector tells of itself, with its job and instance. */
export interface OwnSeries {
  readonly __name__: string;
  readonly job: string;
  readonly instance: string;
}

/** What every collector has to do, whichever it is. */
export function describeCollected(name: string, own: OwnSeries, cluster: () => CollectedCluster): void {
  test.each([
    ['tictactoe-dev', 'tictactoe-frontend', { __name__: 'nginx_http_requests_total', job, instance: '10.77.0.2:9113' }],
    ['tictactoe-dev', 'tictactoe-backend', { __name__: 'http_requests_in_flight', job, instance: '10.77.0.3:8081' }],
    ['monitoring', name, own],
  ])('in %s the metrics of %s arrive once, with the labels of their pod', async (namespace, app, series) => {
    const labels = { ...series, namespace, pod: `${app}-0`, app, cluster: world.cluster };
    expect(await cluster().query(series.__name__)).toEqual([expect.objectContaining(labels)]);
  });

  test('every pod is scraped once, also the one with two containers', async () => {
    expect(await cluster().query('count by (pod) (up) == 1')).toHaveLength(3);
  });

  test('every series has the labels namespace, pod, app and cluster', async () => {
    const without = ['namespace', 'pod', 'app'].map((label) => `{__name__!="",${label}=""}`).join(' or ');
    expect(await cluster().query(without)).toEqual([]);
    expect(await cluster().query('count by (cluster) ({__name__!=""})')).toEqual([{ cluster: world.cluster }]);
  });

  test('every write is signed as AMP wants it', () => {
    const writes = cluster()
      .calls()
      .filter((call) => call.service === 'aps');
    expect(writes.length).toBeGreaterThan(0);
    for (const write of writes) {
      expect(write).toEqual({ service: 'aps', status: 204, path: `/workspaces/${workspace}/api/v1/remote_write` });
    }
  });

  test('the token that the API server gave is what STS is shown, for the role of the service account', () => {
    const exchanges = cluster()
      .calls()
      .filter((call) => call.service === 'sts');
    expect(exchanges.length).toBeGreaterThan(0);
    for (const exchange of exchanges) {
      expect(exchange).toMatchObject({
        action: 'AssumeRoleWithWebIdentity',
        roleArn: `arn:aws:iam::${world.account}:role/GrafanaAgentAMPRole`,
        claims: { sub: `system:serviceaccount:monitoring:${name}`, aud: ['sts.amazonaws.com'] },
      });
    }
  });
}
