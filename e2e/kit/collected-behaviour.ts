import { type CollectedCluster, collectorAddress, workspace, world } from './collected-cluster';

/** What every collector has to do, whichever it is. `metric` is one that it tells of itself. */
export function describeCollected(name: string, metric: string, cluster: () => CollectedCluster): void {
  test.each([
    ['nginx_http_requests_total', 'tictactoe-dev', 'tictactoe-frontend'],
    ['http_requests_in_flight', 'tictactoe-dev', 'tictactoe-backend'],
    [metric, 'monitoring', name],
  ])('%s arrives with the labels of its pod', async (series, namespace, app) => {
    expect(await cluster().query(series)).toEqual([
      expect.objectContaining({ namespace, pod: `${app}-0`, app, cluster: world.cluster, job: 'kubernetes-pods' }),
    ]);
  });

  test('every series has the labels namespace, pod, app and cluster', async () => {
    const without = ['namespace', 'pod', 'app'].map((label) => `{__name__!="",${label}=""}`).join(' or ');
    expect(await cluster().query(without)).toEqual([]);
    expect(await cluster().query('count by (cluster) ({__name__!=""})')).toEqual([{ cluster: world.cluster }]);
  });

  test('every pod is scraped once, also the one with two containers', async () => {
    const instances = (await cluster().query('up')).map(({ instance = '' }) => instance.split(':')[0]);
    expect(instances.sort()).toEqual(['10.77.0.2', '10.77.0.3', collectorAddress]);
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
