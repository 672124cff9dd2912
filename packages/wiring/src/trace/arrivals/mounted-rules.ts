import { known, type RuleSet, type World } from '../../model';
import { itemsAt } from '../../read/access';
import { joinPath, parentPath } from '../../read/file-tree';
import { located } from '../../read/kubernetes';
import { embeddedRules, readRuleGroups } from '../../read/rules';
import { configuration } from '../collectors/configuration';
import { type Collector, findCollectors } from '../collectors/find';
import { agentFlag } from '../collectors/prometheus/flags';
import { globFinds } from '../log-source/glob';

const found = new WeakMap<World, readonly RuleSet[]>();

/** All rules of a world: those of objects and resources, and the files that a Prometheus is told to load. */
export function ruleSetsOf(world: World): readonly RuleSet[] {
  const before = found.get(world);
  if (before) return before;
  const servers = findCollectors(world).collectors.filter((one) => one.kind === 'prometheus' && !agentFlag(one));
  const sets = [...world.rules.sets, ...servers.flatMap(mountedRules)];
  found.set(world, sets);
  return sets;
}

/** What the chart prometheus tells its Prometheus to load. */
const OF_CHART = ['recording_rules.yml', 'alerting_rules.yml', 'rules', 'alerts'].map((name) => `/etc/config/${name}`);

function finds(pattern: string, path: string, directory: string): boolean {
  const whole = pattern.startsWith('/') ? pattern : joinPath(directory, pattern);
  return globFinds(known(whole.replace(/^(?!\/)/, '/')), known(path.replace(/^(?!\/)/, '/'))) === 'yes';
}

/** Files that `rule_files` names, with wild-cards as the shell has them; relative ones begin beside the configuration. */
function mountedRules(collector: Collector): readonly RuleSet[] {
  const { root } = configuration(collector, 'Prometheus');
  if (root?.kind !== 'map') return [];
  const { object: server } = collector.workload;
  const owner = (span: RuleSet['span'], value: string) => ({
    kind: 'server' as const,
    object: { value, span },
    server,
    config: root,
  });
  const patterns = itemsAt(root, 'rule_files').flatMap((item) => located(item)?.value ?? []);
  const loaded = patterns.length > 0 ? patterns : OF_CHART;
  const inline = [...(server.inline?.rules ?? [])].flatMap(([name, node]): readonly RuleSet[] => {
    if (!loaded.some((pattern) => finds(pattern, `/etc/config/${name}`, '/etc/config'))) return [];
    const label = `rules ${name} of ${server.name.value}`;
    return [{ label, owner: owner(node.span, name), ...readRuleGroups(node), missing: [], span: node.span }];
  });
  const [main] = collector.main;
  if (!main) return inline;
  const directory = parentPath(main.path);
  const files = collector.files.filter(({ path }) => patterns.some((pattern) => finds(pattern, path, directory)));
  const mounted = files.map(({ configMap, key, content }) => {
    const label = `rules ${key} of ConfigMap ${configMap}`;
    const text = { text: content.text(), values: new Map() };
    return embeddedRules(label, owner(content.span, key), text, content.span);
  });
  return [...inline, ...mounted];
}
