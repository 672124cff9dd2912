import { type DeployedRole, deployedRoles } from '../kit/cloudformation';
import { assume, type Call, type Decision, permitted, type Token } from '../kit/iam';
import { buildObjects, type KubernetesObject, only } from '../kit/objects';
import { overlayFolder, overlays, templateOf, type World, worldOf } from '../kit/rendered';
import { type Workload, workloadOf } from '../kit/workload';

/**
 * From the pod to the AWS call, by an IAM policy evaluator that is not ours. Each list starts with the case that must be
 * allowed: an evaluator that denies everything would fail there.
 */
describe.each(overlays)('%s', (overlay) => {
  const world = worldOf(overlay);
  const other = overlays[(overlays.indexOf(overlay) + 1) % overlays.length] ?? '';
  let objects: KubernetesObject[];
  let otherObjects: KubernetesObject[];

  beforeAll(async () => {
    objects = await buildObjects(overlayFolder(overlay));
    otherObjects = await buildObjects(overlayFolder(other));
  });

  describe.each([
    ['Deployment', 'grafana-alloy', 'fluent-bit'],
    ['DaemonSet', 'fluent-bit', 'grafana-alloy'],
  ] as const)('%s %s', (kind, name, neighbour) => {
    test('may assume its role, and nothing else that a cluster makes may', async () => {
      // GIVEN
      const workload = workloadOf(objects, kind, name);
      const right = tokenOf(workload, world);
      const cases: [string, Token][] = [
        ['the pod', right],
        ['the same service account name in another namespace', { ...right, namespace: 'tictactoe' }],
        ['another service account of the namespace', { ...right, serviceAccount: neighbour }],
        ['the default service account', { ...right, serviceAccount: 'default' }],
        ['the same pod on the cluster of another overlay', { ...right, issuer: worldOf(other).issuer }],
        ['a token without an audience', { ...right, audience: undefined }],
        ['a token for the API server', { ...right, audience: 'https://kubernetes.default.svc' }],
      ];
      // WHEN
      const decisions = await assume(
        roleOf(workload, overlay, world),
        cases.map(([, token]) => token),
      );
      // THEN
      expect(table(cases, decisions)).toEqual(onlyFirst(cases));
    });
  });

  test('the role of Alloy may write to the workspace of this overlay, and nothing else', async () => {
    // GIVEN
    const workload = workloadOf(objects, 'Deployment', 'grafana-alloy');
    const { AWS_REGION: region } = workload.env;
    const workspace = (where: string) => `arn:${world.partition}:aps:${where}:${world.account}:workspace/ws-0a1b2c3d`;
    const write = { action: 'aps:RemoteWrite', resource: workspace(region ?? ''), context: tagsOf(objects) };
    const cases: [string, Call][] = [
      ['remote write to the workspace', write],
      ['remote write to the workspace of another overlay', { ...write, context: tagsOf(otherObjects) }],
      ['remote write to a workspace without tags', { ...write, context: {} }],
      ['remote write in another region', { ...write, resource: workspace('us-east-1') }],
      [
        'remote write in another account',
        { ...write, resource: write.resource.replace(world.account, '444455556666') },
      ],
      ['a query', { ...write, action: 'aps:QueryMetrics' }],
      ['removal of the workspace', { ...write, action: 'aps:DeleteWorkspace' }],
    ];
    // WHEN
    const decisions = await permitted(
      roleOf(workload, overlay, world),
      cases.map(([, call]) => call),
    );
    // THEN
    expect(table(cases, decisions)).toEqual(onlyFirst(cases));
  });

  test('the role of Fluent Bit may make streams in the log group of this overlay and write to them, and nothing else', async () => {
    // GIVEN
    const workload = workloadOf(objects, 'DaemonSet', 'fluent-bit');
    const { AWS_REGION: region = '', LOG_GROUP_NAME: group = '' } = workload.env;
    const { LOG_GROUP_NAME: otherGroup = '' } = workloadOf(otherObjects, 'DaemonSet', 'fluent-bit').env;
    const stream = (where: string, name: string) =>
      `arn:${world.partition}:logs:${where}:${world.account}:log-group:${name}:log-stream:tictactoe`;
    const put = { action: 'logs:PutLogEvents', resource: stream(region, group) };
    const create = { ...put, action: 'logs:CreateLogStream' };
    const denied: [string, Call][] = [put, create].flatMap((call): [string, Call][] => [
      [`${call.action} in the group of another overlay`, { ...call, resource: stream(region, otherGroup) }],
      [`${call.action} in a group whose name goes on`, { ...call, resource: stream(region, `${group}-x`) }],
      [`${call.action} in another region`, { ...call, resource: stream('us-east-1', group) }],
    ]);
    const cases: [string, Call][] = [
      ['write to a stream', put],
      ['make a stream', create],
      ...denied,
      ['reading', { ...put, action: 'logs:GetLogEvents' }],
      ['making the group', { action: 'logs:CreateLogGroup', resource: put.resource.replace(/:log-stream:.*/, ':*') }],
      ['removing the group', { action: 'logs:DeleteLogGroup', resource: put.resource.replace(/:log-stream:.*/, ':*') }],
    ];
    // WHEN
    const decisions = await permitted(
      roleOf(workload, overlay, world),
      cases.map(([, call]) => call),
    );
    // THEN
    expect(table(cases, decisions)).toEqual({ ...onlyFirst(cases), 'make a stream': 'Allowed' });
  });
});

/** The token that the pod's service account gets for STS on this cluster. */
function tokenOf(workload: Workload, { issuer }: World): Token {
  const { namespace, serviceAccount } = workload;
  return { issuer, namespace, serviceAccount, audience: 'sts.amazonaws.com' };
}

/** The role that the service account's annotation names, out of the overlay's stack. */
function roleOf(workload: Workload, overlay: string, world: World): DeployedRole {
  const roles = deployedRoles(templateOf(`Observability-${overlay}`), world);
  const role = roles.find((candidate) => candidate.arn === workload.roleArn);
  if (!role) {
    throw new Error(
      `${workload.serviceAccount} names the role ${workload.roleArn}, there are ${roles.map(({ arn }) => arn).join(', ')}`,
    );
  }
  expect(role.managedPolicies).toEqual([]);
  return role;
}

function tagsOf(objects: readonly KubernetesObject[]): Record<string, string> {
  const { tags } = only(objects, 'Workspace', 'eks-metrics').spec as { tags: Record<string, string> };
  return Object.fromEntries(Object.entries(tags).map(([key, value]) => [`aws:ResourceTag/${key}`, value]));
}

function table(
  cases: readonly [string, unknown][],
  decisions: readonly Decision[],
): Record<string, Decision | undefined> {
  return Object.fromEntries(cases.map(([title], index) => [title, decisions[index]]));
}

function onlyFirst(cases: readonly [string, unknown][]): Record<string, Decision> {
  return Object.fromEntries(cases.map(([title], index) => [title, index === 0 ? 'Allowed' : 'ImplicitlyDenied']));
}
