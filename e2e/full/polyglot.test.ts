import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { succeed } from '../engines/run';
import { synthesized } from '../kit/aws/synthesized';
import { javaWith, synthesizedBy } from '../kit/polyglot';
import { polyglotStack } from '../kit/polyglot-app';
import { pythonWith } from '../kit/python-package';
import type { TemplateBody, TemplateResource } from '../kit/rendered';
import { temporaryFolder } from '../kit/temporary';

/**
 * A program in Python and one in Java, on the packages that a release would publish, synthesize the template that the same
 * program in TypeScript does. Each also does something wrong, to see that the message of the library reaches it.
 */
const fixtures = join(__dirname, '..', 'fixtures', 'polyglot');
const complaint = 'retentionPeriod is "2000 days"; it must be a whole number of days from 1 to 1095.';
const [reference] = synthesized((app) => [polyglotStack(app)]);
if (!reference) {
  throw new Error('nothing was synthesized');
}
const wanted = withoutFrameworkCode(reference.body);

test('the template has what all are to have', () => {
  const types = Object.values(reference.body.Resources).map(({ Type }) => Type);
  expect(types).toEqual(
    expect.arrayContaining([
      'AWS::APS::Workspace',
      'AWS::IAM::Role',
      'Custom::GrafanaSsoAssignment',
      'AWS::EKS::Addon',
    ]),
  );
  expect(Object.keys(reference.body.Outputs ?? {})).toContain('RemoteWriteUrl');
});

test('Python synthesizes the same template', async () => {
  const python = await pythonWith('constructs');

  const { outdir, stdout } = await synthesizedBy((folder) => [python, join(fixtures, 'app.py'), folder]);

  expect(template(outdir)).toEqual(wanted);
  expect(stdout).toContain(complaint);
}, 900_000);

test('Java synthesizes the same template', async () => {
  const libraries = await javaWith('constructs', ['aws-cdk-lib', 'constructs']);
  const program = temporaryFolder();
  cpSync(join(fixtures, 'App.java'), join(program, 'App.java'));
  await succeed(['javac', '-cp', libraries, '-d', program, join(program, 'App.java')], { timeout: 120_000 });

  const { outdir, stdout } = await synthesizedBy((folder) => ['java', '-cp', `${program}:${libraries}`, 'App', folder]);

  expect(template(outdir)).toEqual(wanted);
  expect(stdout).toContain(complaint);
}, 1_500_000);

/** Other languages may have another version of the CDK; the code of its own functions is then another, too. */
function template(outdir: string): unknown {
  return withoutFrameworkCode(JSON.parse(readFileSync(join(outdir, 'Observability.template.json'), 'utf8')));
}

function withoutFrameworkCode(body: TemplateBody): unknown {
  const isFramework = ({ Properties }: TemplateResource) =>
    String(Properties?.Description).startsWith('AWS CDK resource provider framework');
  const Resources = Object.entries(body.Resources).map(([id, resource]) => [
    id,
    isFramework(resource) ? { ...resource, Properties: { ...resource.Properties, Code: undefined } } : resource,
  ]);
  return { ...body, Resources: Object.fromEntries(Resources) };
}
