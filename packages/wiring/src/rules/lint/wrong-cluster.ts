import { type Delivery, textOf, type World } from '../../model';
import { example } from '../example';
import { DELIVERED } from '../examples/delivered';
import type { EstateRule } from './lint-rule';
import { clusterSpan, delivers, eksCluster } from './of-application';

export const wrongCluster: EstateRule = {
  id: 'gitops/wrong-cluster',
  severity: 'error',
  summary: 'the objects of one cluster are brought to another',
  why: "roles trust the other cluster's issuer, so pods get no credentials; and the cluster that they are meant for stays empty",
  help: 'let the destination be the cluster of the path, or the path the one of the cluster',
  example: example(DELIVERED, { file: 'argocd/shop.yaml', good: 'cluster/shop-dev', bad: 'cluster/shop-test' }),
  check: ({ worlds, gitOps }) => {
    const told = worlds.filter(({ surroundings }) => surroundings.clusterSpan);
    const lands = (delivery: Delivery) => told.filter((world) => isCluster(delivery, world));
    const brought = new Map(told.map((world) => [world, gitOps.deliveries.filter((one) => delivers(one, world))]));
    const arrived = new Set(
      told.filter((world) => brought.get(world)?.some((delivery) => lands(delivery).includes(world))),
    );
    return gitOps.deliveries.flatMap((delivery) => {
      const { application, source } = delivery;
      const cluster = eksCluster(application.destination);
      const meant = told.filter((world) => brought.get(world)?.includes(delivery));
      const there = lands(delivery);
      if (!cluster || meant.length === 0 || there.some((world) => meant.includes(world))) return [];
      // The same objects may be brought to clusters that nobody tells about.
      if (there.length === 0 && meant.some((world) => arrived.has(world))) return [];
      const { surroundings } = meant[0];
      const span = clusterSpan(application.destination);
      const other = there[0]?.surroundings.clusterSpan;
      const related = [
        {
          span: surroundings.clusterSpan,
          message: `${source.path?.value} is what cluster ${surroundings.cluster} has`,
        },
        ...(other ? [{ span: other, message: `cluster ${cluster.name} has other manifests` }] : []),
      ];
      return [
        {
          world: meant[0].name,
          subject: application.label,
          message: `${application.label} brings ${source.path?.value} of cluster ${surroundings.cluster} to ${shown(delivery, meant[0])}`,
          // One of several that go there is led to the wrong path; one that goes nowhere else, to the wrong cluster.
          span: there.length > 0 ? (source.path?.span ?? span) : span,
          related,
        },
      ];
    });
  },
};

/** The cluster by its name, or by what of its ARN differs where the name does not. */
function shown({ application }: Delivery, { surroundings }: World): string {
  const cluster = eksCluster(application.destination);
  if (!cluster || cluster.name !== surroundings.cluster) return `cluster ${cluster?.name}`;
  return `the one of account ${cluster.account} in ${cluster.region}`;
}

function isCluster({ application }: Delivery, { surroundings }: World): boolean {
  const cluster = eksCluster(application.destination);
  if (!cluster) return application.destination.name?.value === surroundings.cluster;
  const [account, region] = [textOf(surroundings.account), textOf(surroundings.region)];
  return (
    cluster.name === surroundings.cluster &&
    (account === undefined || account === cluster.account) &&
    (region === undefined || region === cluster.region)
  );
}
