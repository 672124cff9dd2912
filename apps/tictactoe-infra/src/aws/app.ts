import { App, Tags } from 'aws-cdk-lib';
import { environment, overlays } from '../environment';
import { GrafanaStack } from './grafana-stack';
import { ObservabilityStack } from './observability-stack';

/**
 * The stacks of the environment.
 *
 * @param outdir folder of the templates
 */
export function awsApp(outdir: string): App {
  const app = new App({
    outdir,
    analyticsReporting: false,
    treeMetadata: false,
    // Findings about a template name the construct that made the resource.
    context: { 'aws:cdk:enable-path-metadata': true },
  });
  const env = { account: environment.account, region: environment.region };
  for (const overlay of overlays) {
    const stack = new ObservabilityStack(app, overlay.stack, { env, overlay });
    Tags.of(stack).add('sightline-overlay', overlay.name);
  }
  new GrafanaStack(app, environment.grafana.stack, { env, overlays });
  return app;
}
