import { environment, overlays } from '../environment';

/** `sightline.json`: tells `sightline verify` which manifests, templates and cluster belong together. */
export function sightlineConfig(): string {
  const { account, region, partition } = environment;
  const worlds = Object.fromEntries(
    overlays.map(({ name, cluster, stack }) => [
      name,
      {
        manifests: [`gitops/overlays/${name}`],
        templates: [stack, environment.grafana.stack].map((stackName) => `cdk.out/${stackName}.template.json`),
        account,
        region,
        partition,
        cluster: cluster.name,
        issuer: cluster.issuerUrl,
      },
    ]),
  );
  return `${JSON.stringify({ $schema: schema, worlds }, null, 2)}\n`;
}

const schema = 'https://eks-sightline.github.io/sightline/schema/sightline.schema.json';
