import type { Construct } from 'constructs';
import {
  AckAdoptionPolicy,
  AckAlertManagerDefinition,
  AckDeletionPolicy,
  AckLogGroup,
  AckLoggingConfiguration,
  AckPodIdentityAssociation,
  AckPolicy,
  AckPrometheusWorkspace,
  AckRole,
  AckRuleGroupsNamespace,
  IamTrust,
} from '../../src';
import { at, only, render } from '../render';

const { ADOPT, ADOPT_OR_CREATE } = AckAdoptionPolicy;
const PLACE = { name: 'one', namespace: 'ack-system' };
const ID = 'ws-01234567-89ab-cdef-0123-456789abcdef';
const ARN = 'arn:aws:iam::111122223333:policy/team/AMPIngestPolicy';
const workspace = { ...PLACE, region: 'ap-northeast-2' };
const statements = [{ actions: ['aps:RemoteWrite'], resources: ['*'] }];
const role = (scope: Construct) => new AckRole(scope, 'role', { ...PLACE, name: 'r', trust: IamTrust.podIdentity() });

interface Kind {
  readonly kind: string;
  /** Makes one with further props. */
  readonly make: (scope: Construct, more: object) => unknown;
  /** What `adoption-fields` has to hold, from the controller's `PopulateResourceFromAnnotation`. */
  readonly fields: Record<string, string>;
  /** The prop with the id that AWS chose, and whether the object can be created or adopted without it. */
  readonly id?: Record<string, string>;
  readonly byReference?: boolean;
}

const KINDS: Kind[] = [
  {
    kind: 'Workspace',
    make: (scope, more) =>
      new AckPrometheusWorkspace(scope, 'x', { ...workspace, exportNamespace: 'monitoring', ...more }),
    fields: { workspaceID: ID },
    id: { existingWorkspaceId: ID },
  },
  {
    kind: 'RuleGroupsNamespace',
    make: (scope, more) =>
      new AckRuleGroupsNamespace(scope, 'x', {
        ...PLACE,
        workspace,
        rulesName: 'game',
        configuration: 'groups: []',
        ...more,
      }),
    fields: { name: 'game', workspaceID: ID },
    id: { existingWorkspaceId: ID },
    byReference: true,
  },
  {
    kind: 'AlertManagerDefinition',
    make: (scope, more) =>
      new AckAlertManagerDefinition(scope, 'x', {
        ...PLACE,
        workspace,
        configuration: 'alertmanager_config: |\n  {}',
        ...more,
      }),
    fields: { workspaceID: ID },
    id: { existingWorkspaceId: ID },
    byReference: true,
  },
  {
    kind: 'LoggingConfiguration',
    make: (scope, more) =>
      new AckLoggingConfiguration(scope, 'x', {
        ...PLACE,
        workspace,
        logGroupArn: 'arn:aws:logs:ap-northeast-2:111122223333:log-group:/aws/vendedlogs/amp:*',
        ...more,
      }),
    fields: { workspaceID: ID },
    id: { existingWorkspaceId: ID },
    byReference: true,
  },
  {
    kind: 'LogGroup',
    make: (scope, more) => new AckLogGroup(scope, 'x', { ...PLACE, logGroupName: '/eks/x', ...more }),
    fields: { name: '/eks/x' },
  },
  {
    kind: 'Role',
    make: (scope, more) =>
      new AckRole(scope, 'x', { ...PLACE, roleName: 'FluentBitRole', trust: IamTrust.podIdentity(), ...more }),
    fields: { name: 'FluentBitRole' },
  },
  {
    kind: 'Policy',
    make: (scope, more) => new AckPolicy(scope, 'x', { ...PLACE, statements, ...more }),
    fields: { arn: ARN },
    id: { existingPolicyArn: ARN },
  },
  {
    kind: 'PodIdentityAssociation',
    make: (scope, more) =>
      new AckPodIdentityAssociation(scope, 'x', {
        ...PLACE,
        clusterName: 'tictactoe-dev',
        serviceAccountNamespace: 'monitoring',
        serviceAccountName: 'fluent-bit',
        role: role(scope),
        ...more,
      }),
    fields: { clusterName: 'tictactoe-dev', associationID: 'a-0123456789abcdefg' },
    id: { existingAssociationId: 'a-0123456789abcdefg' },
  },
];

describe.each(KINDS)('$kind', ({ kind, make, fields, id, byReference }) => {
  const annotations = (more: object) => {
    const found = render((scope) => make(scope, more)).filter((object) => object.kind === kind);
    return at(only(found.slice(-1), kind), 'metadata', 'annotations') as Record<string, string>;
  };
  const [idProp = ''] = Object.keys(id ?? {});

  test.each([ADOPT, ADOPT_OR_CREATE])(
    'is taken over (%s) by what its controller asks for, and kept',
    (adoptionPolicy) => {
      const given = annotations({ adoptionPolicy, ...id });
      expect(given).toMatchObject({
        'services.k8s.aws/adoption-policy': adoptionPolicy,
        'services.k8s.aws/deletion-policy': 'retain',
        'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false',
      });
      expect(JSON.parse(given['services.k8s.aws/adoption-fields'] ?? '')).toEqual(fields);
    },
  );

  test('is made anew unless asked', () => {
    expect(Object.keys(annotations({}))).not.toContainEqual(expect.stringMatching(/adoption|read-only/));
  });

  test('can be followed without being changed, and stays when the object goes', () => {
    const given = annotations({ readOnly: true, ...(id && !byReference ? { adoptionPolicy: ADOPT, ...id } : {}) });
    expect(given).toMatchObject({
      'services.k8s.aws/read-only': 'true',
      'services.k8s.aws/deletion-policy': 'retain',
    });
  });

  test.each([
    [{ readOnly: true, adoptionPolicy: ADOPT_OR_CREATE, ...id }, 'adoptionPolicy'],
    [
      { readOnly: true, deletionPolicy: AckDeletionPolicy.DELETE, ...id, ...(id ? { adoptionPolicy: ADOPT } : {}) },
      'deletionPolicy',
    ],
  ])('that is read-only refuses %j', (more, prop) => {
    expect(() => annotations(more)).toThrow(`Props.${prop}: got`);
  });

  if (id) {
    test('whose id is missing is not adopted', () => {
      expect(() => annotations({ adoptionPolicy: ADOPT })).toThrow(`Props.${idProp}: got null`);
    });

    test('whose id is given has to say what for', () => {
      expect(() => annotations(id)).toThrow('an id together with adoptionPolicy');
    });

    test('refuses what is no id', () => {
      expect(() => annotations({ adoptionPolicy: ADOPT, [idProp]: 'x' })).toThrow(`Props.${idProp}: got "x"`);
    });

    test(`${byReference ? 'finds' : 'cannot find'} without its id what may or may not exist`, () => {
      const without = () => annotations({ adoptionPolicy: ADOPT_OR_CREATE });
      if (byReference) {
        expect(without()).not.toHaveProperty(['services.k8s.aws/adoption-fields']);
      } else {
        expect(without).toThrow(`Props.${idProp}: got null`);
      }
    });
  }
});

test('what is adopted may go all the same when that is asked for', () => {
  const objects = render(
    (scope) =>
      new AckLogGroup(scope, 'x', {
        ...PLACE,
        logGroupName: '/eks/x',
        adoptionPolicy: ADOPT,
        deletionPolicy: AckDeletionPolicy.DELETE,
      }),
  );
  expect(at(only(objects, 'LogGroup'), 'metadata', 'annotations')).toMatchObject({
    'services.k8s.aws/deletion-policy': 'delete',
  });
});
