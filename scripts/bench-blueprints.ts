import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { root } from './run';

/**
 * An app of like scope on EKS Blueprints (Apache-2.0), in a folder of its own: installed from the registry when the bench
 * runs, never a dependency. With our version of the CDK, since newer ones validate templates at synth.
 *
 * @param folder where it is installed
 * @returns the script that synthesizes it
 */
export function blueprintsApp(folder: string): string {
  const { version } = JSON.parse(
    fs.readFileSync(path.join(root, 'apps/tictactoe-infra/node_modules/aws-cdk-lib/package.json'), 'utf8'),
  ) as { version: string };
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(path.join(folder, 'package.json'), '{"private":true}');
  execFileSync(
    'npm',
    [
      'install',
      ...['--no-audit', '--no-fund', '--ignore-scripts', '--legacy-peer-deps', '--loglevel=error'],
      ...['@aws-quickstart/eks-blueprints@1.19.0', `aws-cdk-lib@${version}`, 'aws-cdk', 'constructs'],
    ],
    { cwd: folder, stdio: 'inherit' },
  );
  const script = path.join(folder, 'app.js');
  fs.writeFileSync(script, app);
  return script;
}

/** One cluster, metrics by ADOT to AMP, logs by Fluent Bit. */
const app = `
const { App } = require('aws-cdk-lib');
const { addons, CreateAmpProvider, EksBlueprint } = require('@aws-quickstart/eks-blueprints');
const app = new App({ outdir: 'cdk.out' });
const endpoint = 'https://aps-workspaces.ap-northeast-2.amazonaws.com/workspaces/ws-0f3c2a6e-7d41-4b5e-9a86-1c2d3e4f5a6b/api/v1/remote_write';
EksBlueprint.builder()
  .account('111122223333')
  .region('ap-northeast-2')
  .version('auto')
  .resourceProvider('amp', new CreateAmpProvider('amp', 'eks-metrics'))
  .addOns(
    new addons.AwsLoadBalancerControllerAddOn(),
    new addons.CertManagerAddOn(),
    // Without a version it would ask the API of EKS.
    new addons.AdotCollectorAddOn({ version: 'v0.151.0-eksbuild.1' }),
    new addons.AmpAddOn({ ampPrometheusEndpoint: endpoint }),
    new addons.AwsForFluentBitAddOn(),
  )
  .build(app, 'blueprint');
app.synth();
`;
