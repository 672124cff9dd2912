import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { type Stack, Validations } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import { AwsSolutionsChecks } from 'cdk-nag';
import { awsApp } from '../src/aws/app';
import { manifests } from '../src/cluster/manifests';
import { deployedWorkspaceId } from '../src/cluster/outputs';
import { environment } from '../src/environment';

const { adot, cluster, namespace, prometheus } = environment;
let folder: string;
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'eks-workshop-'));
});
afterAll(() => fs.rmSync(folder, { recursive: true }));

const template = (name: string) => Template.fromStack(awsApp(folder).node.findChild(name) as Stack);
const issuer = cluster.issuerUrl.replace('https://', '');

describe.each([adot, prometheus])('stack $stack', ({ stack, role, serviceAccount }) => {
  test('its role trusts the service account that the manifests give to the collector', () => {
    template(stack).hasResourceProperties('AWS::IAM::Role', {
      RoleName: role,
      AssumeRolePolicyDocument: {
        Statement: [
          Match.objectLike({
            Condition: {
              StringEquals: {
                [`${issuer}:sub`]: `system:serviceaccount:${namespace}:${serviceAccount}`,
                [`${issuer}:aud`]: 'sts.amazonaws.com',
              },
            },
          }),
        ],
      },
    });
    const text = [...manifests(undefined).values()].join('\n');
    expect(text).toContain(`eks.amazonaws.com/role-arn: arn:aws:iam::${environment.account}:role/${role}\n`);
  });
});

test('cdk-nag finds nothing', () => {
  const app = awsApp(folder);
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  expect(() => app.synth()).not.toThrow();
});

test('cdk-nag does speak when something is careless', () => {
  const app = awsApp(folder);
  new iam.Role(app.node.findChild(adot.stack), 'Careless', {
    assumedBy: new iam.ServicePrincipal('grafana.amazonaws.com'),
  }).addToPolicy(new iam.PolicyStatement({ actions: ['aps:*'], resources: ['*'] }));
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  expect(() => app.synth()).toThrow(/Careless.*\n.*IAM5\[Action::aps:\*\]/);
});

test('what is made bears the tag of the workshop', () => {
  template(adot.stack).hasResourceProperties('AWS::APS::Workspace', {
    Alias: adot.alias,
    Tags: [{ Key: 'env', Value: 'eks-workshop' }],
  });
});

describe('the id of the workspace', () => {
  test('is not written before it is known', () => {
    expect(configMapOf(undefined)).not.toMatch(/^data:/m);
    expect(deployedWorkspaceId(path.join(folder, 'no-such-file.json'))).toBeUndefined();
  });

  test('is taken from the outputs of the deployment', () => {
    const id = 'ws-6a1b2c3d-0e4f-4a5b-8c6d-7e8f9a0b1c2d';
    const file = outputs({ [adot.stack]: { [adot.idOutput]: id } });
    expect(configMapOf(deployedWorkspaceId(file))).toContain(`data:\n  workspaceId: ${id}\n`);
  });

  test('is missed in outputs of another stack, which are named', () => {
    const file = outputs({ Other: { Id: 'ws-1' } });
    expect(() => deployedWorkspaceId(file)).toThrow(/has no output EksWorkshop\.MetricsWorkspaceId, but Other: deploy/);
  });

  function outputs(content: object): string {
    const file = path.join(folder, 'outputs.json');
    fs.writeFileSync(file, JSON.stringify(content));
    return file;
  }

  function configMapOf(id: string | undefined): string {
    const documents = (manifests(id).get('adot/collector.yaml') ?? '').split('---\n');
    return documents.find((text) => text.includes('kind: ConfigMap')) ?? '';
  }
});
