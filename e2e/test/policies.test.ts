import { writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { engine } from '../engines';
import { succeed } from '../engines/run';
import { type Finding, findings, type Verdict } from '../kit/checkov';
import { overlayFolder, overlays, templates } from '../kit/rendered';
import { temporaryFolder } from '../kit/temporary';

interface Accepted {
  readonly check: string;
  /** What the finding may be about: names of workloads, or types of resources. */
  readonly on: readonly string[];
  readonly reason: string;
}

const collectors = ['fluent-bit', 'grafana-alloy'];
const game = ['tictactoe-backend', 'tictactoe-frontend'];
const every = [...collectors, ...game];

/** What checkov finds and we leave as it is. A finding that is not here fails, and so does a line that nothing needs. */
const accepted: readonly Accepted[] = [
  {
    check: 'CKV_K8S_8', // liveness probe
    on: ['tictactoe-frontend'],
    reason: 'nginx has one; the exporter beside it holds no state, so that a restart would mend nothing',
  },
  {
    check: 'CKV_K8S_11', // CPU limits
    on: every,
    reason: 'CPU is requested and memory limited; a CPU limit throttles a collector when there is most to collect',
  },
  {
    check: 'CKV_K8S_15', // image pull policy Always
    on: every,
    reason: 'tags are of one version each; a node that has the image starts the pod while the registry is out of reach',
  },
  {
    check: 'CKV_K8S_23', // root
    on: ['fluent-bit'],
    reason: 'the logs of containers belong to root on the node; it has no capability and a read-only file system',
  },
  {
    check: 'CKV_K8S_38',
    on: collectors,
    reason: 'both ask the API server for pods, with the token of the service account',
  },
  { check: 'CKV_K8S_40', on: every, reason: 'the user is the one that the image was made for' }, // user ids above 10000
  { check: 'CKV_K8S_43', on: every, reason: 'versions are told by tag, which people can read; mirrors change digests' },
  {
    check: 'CKV2_K8S_6', // NetworkPolicy
    on: every,
    reason: 'a policy does nothing where no engine enforces it; the environment declares none for its clusters',
  },
  {
    check: 'CKV_AWS_158', // log group with a KMS key
    on: ['AWS::Logs::LogGroup'],
    reason: 'CloudWatch encrypts with a key of its own; one of ours costs money and adds a way to lose the logs',
  },
];

const folder = temporaryFolder();
let manifests: Verdict;
let stacks: Verdict;

beforeAll(async () => {
  const files = overlays.map(async (overlay) => {
    const { stdout } = await succeed([...engine('kustomize').command, 'build', overlayFolder(overlay)]);
    return written(`${overlay}.yaml`, stdout);
  });
  manifests = await findings('kubernetes', await Promise.all(files));
  stacks = await findings(
    'cloudformation',
    templates().map(({ file }) => file),
  );
});

test.each(overlays)('in %s checkov finds what is accepted', (overlay) => {
  expect(unexplained(manifests.findings.filter(({ file }) => file === `${overlay}.yaml`))).toEqual([]);
});

test.each(templates().map(({ file }) => basename(file)))('in %s checkov finds what is accepted', (template) => {
  expect(unexplained(stacks.findings.filter(({ file }) => file === template))).toEqual([]);
});

test('it has looked', () => {
  expect(manifests.passed).toBeGreaterThan(1000);
  expect(stacks.passed).toBeGreaterThan(100);
});

test('nothing is accepted that is not found', () => {
  const found = new Set(
    [...manifests.findings, ...stacks.findings].map((finding) => `${finding.check} ${nameOf(finding)}`),
  );
  const unneeded = accepted
    .flatMap(({ check, on }) => on.map((name) => `${check} ${name}`))
    .filter((line) => !found.has(line));
  expect(unneeded).toEqual([]);
});

test('a container that may do anything is found', async () => {
  const container = { name: 'any', image: 'any:1', securityContext: { privileged: true } };
  const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'any' }, spec: { containers: [container] } };
  const { findings: found } = await findings('kubernetes', [written('privileged.yaml', JSON.stringify(pod))]);
  expect(unexplained(found)).toContain('CKV_K8S_16 Container should not be privileged: Pod.default.any');
});

function written(name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

function unexplained(found: readonly Finding[]): string[] {
  return found
    .filter((finding) => !accepted.some(({ check, on }) => check === finding.check && on.includes(nameOf(finding))))
    .map(({ check, name, resource }) => `${check} ${name}: ${resource}`)
    .sort();
}

/** `grafana-alloy` of `Deployment.monitoring.grafana-alloy`, `AWS::Logs::LogGroup` of `AWS::Logs::LogGroup.LogGroup2B0BDB39`. */
function nameOf({ resource }: Finding): string {
  const parts = resource.split('.');
  return (resource.startsWith('AWS::') ? parts[0] : parts[2]) ?? '';
}
