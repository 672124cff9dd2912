import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Yaml } from 'cdk8s';
import { engine, optionalEngine } from '../engines';
import { run, succeed } from '../engines/run';
import { everyConstruct } from '../kit/every-construct';
import { overlayFolder, overlays } from '../kit/rendered';
import { temporaryFolder } from '../kit/temporary';
import { workshop } from '../kit/workshop';

const kubeLinter = optionalEngine('kube-linter');
const lacking = kubeLinter ? '' : ' (skipped: no kube-linter on PATH or in SIGHTLINE_KUBE_LINTER)';

/** What it finds and we leave as it is, by check and name. A finding that is not here fails. */
const accepted: Readonly<Record<string, string>> = {
  'no-anti-affinity tictactoe-backend': 'a topology spread constraint keeps the pods apart',
  'no-anti-affinity tictactoe-frontend': 'a topology spread constraint keeps the pods apart',
  ...Object.fromEntries(
    ['alloy-cluster', 'grafana-alloy', 'prometheus-agent', 'prometheus-server'].map((name) => [
      `no-anti-affinity ${name}`,
      'a topology spread constraint keeps the pods apart',
    ]),
  ),
  'run-as-non-root fluent-bit': 'the logs of containers belong to root on the node',
};

// Values of a chart are no manifests.
const manifests = workshop.manifests.map((file) => readFileSync(file, 'utf8')).filter((text) => /^kind: /m.test(text));

interface Report {
  readonly Reports:
    | readonly { readonly Check: string; readonly Object: { readonly K8sObject: { readonly Name: string } } }[]
    | null;
  readonly Checks: readonly object[];
}

(kubeLinter ? describe : describe.skip)(`kube-linter${lacking}`, () => {
  const folder = temporaryFolder();

  async function findings(name: string, text: string): Promise<string[]> {
    const file = join(folder, `${name}.yaml`);
    writeFileSync(file, text);
    const { stdout } = await run([...(kubeLinter?.command ?? []), 'lint', '--format', 'json', file], {
      timeout: 60_000,
    });
    const { Reports, Checks } = JSON.parse(stdout) as Report;
    expect(Checks.length).toBeGreaterThan(20);
    return [...new Set((Reports ?? []).map(({ Check, Object: { K8sObject } }) => `${Check} ${K8sObject.Name}`))].sort();
  }

  const built = async (overlay: string) =>
    (await succeed([...engine('kustomize').command, 'build', overlayFolder(overlay)])).stdout;

  test('of the overlays it finds what is accepted', async () => {
    const found = await Promise.all(overlays.map(async (overlay) => findings(overlay, await built(overlay))));
    expect(found.flat().filter((finding) => !(finding in accepted))).toEqual([]);
  });

  test('of every construct of the library it finds what is accepted', async () => {
    const found = await findings('library', Yaml.stringify(...everyConstruct().toJson()));
    expect(found.filter((finding) => !(finding in accepted))).toEqual([]);
  });

  test(`of the ${manifests.length} manifests of the workshop that are rendered it finds nothing`, async () => {
    const found = manifests.map((text, index) => findings(`workshop-${index}`, text));
    expect((await Promise.all(found)).flat()).toEqual([]);
  });

  test('a container that may do anything is found', async () => {
    const container = { name: 'any', image: 'any:latest', securityContext: { privileged: true } };
    const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'any' }, spec: { containers: [container] } };
    const found = await findings('privileged', JSON.stringify(pod));
    expect(found).toEqual(expect.arrayContaining(['latest-tag any', 'privileged-container any']));
  });
});
