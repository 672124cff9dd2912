import { optionalEngine } from '../engines';
import { describeCollected, job } from '../kit/collected-behaviour';
import { CollectedCluster, collectorAddress, workspace } from '../kit/collected-cluster';
import { buildObjects } from '../kit/objects';
import { overlayFolder } from '../kit/rendered';

const alloy = optionalEngine('alloy');
const reason = alloy ? '' : ' (skipped: no alloy on PATH or in SIGHTLINE_ALLOY)';

(alloy ? describe : describe.skip)(`alloy from a real API server to a real Prometheus${reason}`, () => {
  let cluster: CollectedCluster;

  beforeAll(async () => {
    const objects = await buildObjects(overlayFolder('dev'));
    cluster = await CollectedCluster.start({
      name: 'grafana-alloy',
      objects: objects.filter(({ metadata }) => metadata.namespace === 'monitoring'),
      container: 'alloy',
      // What the FieldExport writes into the ConfigMap.
      image: { command: alloy?.command ?? [], env: { AMP_WORKSPACE_ID: workspace } },
    });
  }, 300_000);

  afterAll(() => cluster?.stop());

  const own = { __name__: 'alloy_build_info', job, instance: `${collectorAddress}:12345` };
  describeCollected('grafana-alloy', own, () => cluster);
});
