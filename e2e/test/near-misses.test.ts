import { contentMatrices } from '../kit/aws/content-matrices';
import { ContentStack } from '../kit/aws/content-stack';
import { isAllowed, isDenied, type Judged, judge, printed } from '../kit/aws/near-misses';
import { resourceMatrices } from '../kit/aws/resource-matrices';
import { roleMatrices } from '../kit/aws/role-matrices';
import { RolesStack } from '../kit/aws/roles-stack';
import { synthesized } from '../kit/aws/synthesized';
import { account, deployment, region } from '../kit/aws/world';
import { deployedRoles } from '../kit/cloudformation';

/**
 * Every role that the library makes, and every policy that it writes for a resource: what must be allowed is, and what is
 * like it is not, by an IAM policy evaluator that is not ours. A question that must be allowed stands before each list of
 * near misses, so that an evaluator which denies everything would fail.
 */
const env = { account, region };
const [template, content] = synthesized((app) => [
  new RolesStack(app, 'Roles', { env }),
  new ContentStack(app, 'Content', { env }),
]);
if (!template || !content) {
  throw new Error('nothing was synthesized');
}
const roles = [template, content].flatMap((one) => deployedRoles(one, deployment));
const ofRoles = {
  ...roleMatrices(deployedRoles(template, deployment)),
  ...contentMatrices(deployedRoles(content, deployment)),
};
const ofResources = resourceMatrices(template, deployment);
const matrices = [...Object.values(ofRoles).flat(), ...ofResources];
let judged: Judged[];

beforeAll(async () => {
  judged = await judge(matrices);
}, 180_000);

afterAll(() => {
  process.stdout.write(printed(judged));
});

test('there is a matrix for every role of the stacks', () => {
  expect(Object.keys(ofRoles).sort()).toEqual(roles.map(({ name }) => name).sort());
});

test('no role has a managed policy, whose content is not in the template', () => {
  expect(roles.filter(({ managedPolicies }) => managedPolicies.length > 0).map(({ name }) => name)).toEqual([]);
});

describe.each(matrices.map(({ subject }, index) => [subject, index] as const))('%s', (_, index) => {
  test('what is right is allowed', () => {
    const { allowed } = judged[index] ?? { allowed: [] };
    expect(allowed.length).toBeGreaterThanOrEqual(1);
    expect(allowed.filter(({ decision }) => !isAllowed(decision))).toEqual([]);
  });

  test('what is like it is denied, five cases at least', () => {
    const { denied } = judged[index] ?? { denied: [] };
    expect(denied.length).toBeGreaterThanOrEqual(5);
    expect(denied.filter(({ decision }) => !isDenied(decision))).toEqual([]);
  });
});
