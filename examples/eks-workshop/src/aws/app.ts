import { App, Tags } from 'aws-cdk-lib';
import { environment } from '../environment';
import { AdotStack } from './adot-stack';
import { PrometheusStack } from './prometheus-stack';

/**
 * The stacks of the workshop.
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
  new AdotStack(app, environment.adot.stack, { env });
  new PrometheusStack(app, environment.prometheus.stack, { env });
  for (const [key, value] of Object.entries(environment.tags)) Tags.of(app).add(key, value);
  return app;
}
