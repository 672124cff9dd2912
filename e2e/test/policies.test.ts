import { readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { Yaml } from 'cdk8s';
import { engine } from '../engines';
import { succeed } from '../engines/run';
import { type Finding, findings, type Verdict } from '../kit/checkov';
import { everyConstruct } from '../kit/every-construct';
import { overlayFolder, overlays, templates } from '../kit/rendered';
import { temporaryFolder } from '../kit/temporary';
import { noWorkshop, workshop } from '../kit/workshop';

interface Accepted {
  readonly check: string;
  /** What the finding may be about: names of workloads, or types of resources. */
  readonly on: readonly string[];
  readonly reason: string;
}

const alloy = ['grafana-alloy', 'alloy-cluster', 'alloy-on-nodes'];
const collectors = ['fluent-bit', ...alloy, 'adot-collector', 'prometheus-agent', 'prometheus-server'];
const game = ['tictactoe-backend', 'tictactoe-frontend'];
/** Those of the workshop that set up what is inside of Grafana. */
const functions = workshop.templates.some((file) => readFileSync(file, 'utf8').includes('AWS::Lambda::Function'))
  ? ['AWS::Lambda::Function']
  : [];
const every = [...collectors, 'kube-state-metrics', ...game];

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
    on: [...collectors, 'kube-state-metrics'],
    reason: 'all of them ask the API server for pods and other objects, with the token of the service account',
  },
  {
    check: 'CKV_K8S_40', // user ids above 10000
    on: ['fluent-bit', ...alloy, 'adot-collector', ...game],
    reason: 'the user is the one that the image was made for',
  },
  { check: 'CKV_K8S_43', on: every, reason: 'versions are told by tag, which people can read; mirrors change digests' },
  {
    check: 'CKV2_K8S_6', // NetworkPolicy
    on: ['fluent-bit', 'grafana-alloy', ...game],
    reason: 'a policy does nothing where no engine enforces it; the environment declares none for its clusters',
  },
  {
    check: 'CKV_AWS_115', // concurrency reserved
    on: functions,
    reason: 'it would be taken from what the account has; two runs at once do no harm',
  },
  {
    check: 'CKV_AWS_116', // dead letters
    on: functions,
    reason: 'CloudFormation is the caller, and is told of errors',
  },
  { check: 'CKV_AWS_117', on: functions, reason: 'they call public APIs of AWS; a VPC is a choice of the user' }, // in a VPC
  { check: 'CKV_AWS_173', on: functions, reason: 'their variables hold no secret' }, // variables with a KMS key
  {
    check: 'CKV_AWS_158', // log group with a KMS key
    on: ['AWS::Logs::LogGroup'],
    reason: 'CloudWatch encrypts with a key of its own; one of ours costs money and adds a way to lose the logs',
  },
];

const folder = temporaryFolder();
let library: Verdict;
let manifests: Verdict;
let stacks: Verdict;

beforeAll(async () => {
  const files = overlays.map(async (overlay) => {
    const { stdout } = await succeed([...engine('kustomize').command, 'build', overlayFolder(overlay)]);
    return written(`${overlay}.yaml`, stdout);
  });
  const constructs = written('every-construct.yaml', Yaml.stringify(...everyConstruct().toJson()));
  const ofWorkshop = workshop.manifests.map((file) =>
    written(`workshop-${basename(dirname(file))}.yaml`, readFileSync(file, 'utf8')),
  );
  // By themselves: checkov takes a NetworkPolicy for one of every namespace.
  library = await findings('kubernetes', [constructs]);
  manifests = await findings('kubernetes', [...(await Promise.all(files)), ...ofWorkshop]);
  stacks = await findings('cloudformation', [...templates().map(({ file }) => file), ...workshop.templates]);
}, 300_000);

test.each(overlays)('in %s checkov finds what is accepted', (overlay) => {
  expect(unexplained(manifests.findings.filter(({ file }) => file === `${overlay}.yaml`))).toEqual([]);
});

test('of every construct of the library checkov finds what is accepted', () => {
  expect(unexplained(library.findings)).toEqual([]);
});

(noWorkshop ? test.skip : test)(`of the workshop checkov finds what is accepted${noWorkshop}`, () => {
  const names = workshop.templates.map((file) => basename(file));
  const found = [...manifests.findings, ...stacks.findings];
  expect(unexplained(found.filter(({ file }) => file.startsWith('workshop-') || names.includes(file)))).toEqual([]);
});

test.each(templates().map(({ file }) => basename(file)))('in %s checkov finds what is accepted', (template) => {
  expect(unexplained(stacks.findings.filter(({ file }) => file === template))).toEqual([]);
});

test('it has looked', () => {
  expect(library.passed).toBeGreaterThan(500);
  expect(manifests.passed).toBeGreaterThan(1000);
  expect(stacks.passed).toBeGreaterThan(100);
});

test('nothing is accepted that is not found', () => {
  const found = new Set(
    [...library.findings, ...manifests.findings, ...stacks.findings].map(
      (finding) => `${finding.check} ${nameOf(finding)}`,
    ),
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
