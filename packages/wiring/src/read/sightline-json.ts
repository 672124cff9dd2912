import type { Located, PageOwner } from '../model';
import { type MapNode, MappedText, type Node, type SourceText, type Span } from '../text';
import { at, itemsAt, mapAt } from './access';
import { parentPath } from './file-tree';
import { readJson } from './json';
import { located } from './kubernetes';
import type { Problem } from './problem';

/** What `sightline.json` says. Its schema is published as schema/sightline.schema.json. */
export interface SightlineConfig {
  readonly source: SourceText;
  /** The directory that paths in the file start from. */
  readonly directory: string;
  readonly worlds: readonly WorldConfig[];
  readonly ignore: readonly Suppression[];
}

export interface WorldConfig {
  readonly name: Located<string>;
  readonly manifests: readonly Located<string>[];
  readonly templates: readonly Located<string>[];
  /** Dashboards, and files of provisioning of Grafana, that no object of the cluster holds. */
  readonly dashboards: readonly Located<string>[];
  readonly account?: Located<string>;
  readonly region?: Located<string>;
  readonly partition?: Located<string>;
  readonly cluster?: Located<string>;
  /** As written, with `https://`. */
  readonly issuer?: Located<string>;
  readonly namespace?: Located<string>;
  /** Keys of ConfigMaps that somebody fills with outputs of stacks after they are deployed. */
  readonly bindings: readonly BindingConfig[];
  /** Files as `cdk deploy --outputs-file` writes them; they need not be there. */
  readonly outputs: readonly Located<string>[];
  /** Saved /metrics pages, and whose they are. */
  readonly metrics: readonly MetricsConfig[];
  /** Ids of AMP workspaces that exist, and that nothing in the input makes. */
  readonly workspaces: readonly Located<string>[];
  /** Roles that no template makes, and where their policies stand. */
  readonly roles: readonly RoleConfig[];
}

/** A role by its name (with its path, if it has one), and its documents: paths as in the rest of the file. */
export interface RoleConfig {
  readonly name: Located<string>;
  readonly trust: Located<string>;
  /** Files of JSON, and ARNs of policies of AWS or of the account. */
  readonly policies: readonly Located<string>[];
}

/** A saved page; without a workload it is of the target that has no page of its own. */
export interface MetricsConfig {
  readonly file: Located<string>;
  readonly of: PageOwner;
}

/** After the deployment, this key holds that output. */
export interface BindingConfig {
  readonly namespace?: string;
  readonly configMap: string;
  readonly key: string;
  /** `<stack>.<output>`. */
  readonly output: string;
  readonly span: Span;
}

/** Findings that somebody has looked at and accepts. */
export interface Suppression {
  readonly rule: string;
  readonly reason: string;
  readonly world?: string;
  /** The finding's file, as the report shows it. */
  readonly file?: string;
}

const ROOT_KEYS = ['$schema', 'worlds', 'ignore'];
const IGNORE_KEYS = ['rule', 'reason', 'world', 'file'];
const TEXTS = ['account', 'region', 'partition', 'cluster', 'issuer', 'namespace'] as const;
const WORLD_KEYS = [
  'manifests',
  'templates',
  'dashboards',
  ...TEXTS,
  'bindings',
  'outputs',
  'workspaces',
  'metrics',
  'roles',
];
type ListKey = 'manifests' | 'templates' | 'dashboards' | 'outputs' | 'workspaces' | 'policies';
const ROLE_KEYS = ['name', 'trust', 'policies'];
const METRICS_KEYS = ['file', 'workload', 'container', 'port', 'path'];
const BINDING_KEYS = ['configMap', 'key', 'output'];

const FORMS: Readonly<Partial<Record<(typeof TEXTS)[number], { form: RegExp; says: string }>>> = {
  account: { form: /^\d{12}$/, says: 'an AWS account id has 12 digits, in quotes' },
  region: { form: /^[a-z]{2}(-[a-z]+)+-\d$/, says: 'a region looks like ap-northeast-2' },
  partition: { form: /^aws(-[a-z-]+)?$/, says: 'partitions are aws, aws-cn, aws-us-gov and the like' },
  issuer: { form: /^https:\/\/\S+[^/\s]$/, says: 'an issuer is a URL with https:// and no slash at its end' },
};

/** Reads the file; with problems the configuration is not to be used. */
export function readSightlineConfig(source: SourceText): {
  readonly config?: SightlineConfig;
  readonly problems: readonly Problem[];
} {
  const { value, problems } = readJson(MappedText.whole(source));
  if (!value)
    return { problems: problems.map((p) => ({ ...p, code: 'config', message: `sightline.json is ${p.message}` })) };
  const found = new Collected();
  if (value.kind !== 'map') {
    found.add('sightline.json must be an object', value.span);
    return { problems: found.problems };
  }
  found.keys(value, ROOT_KEYS, 'sightline.json');
  const worlds = mapAt(value, 'worlds');
  if (!worlds || worlds.entries.size === 0) {
    found.add('"worlds" must map at least one name to its manifests', at(value, 'worlds')?.span ?? value.span);
  }
  const config: SightlineConfig = {
    source,
    directory: parentPath(source.file),
    worlds: [...(worlds?.entries ?? [])].flatMap(
      ([name, entry]) => found.world({ value: name, span: entry.key }, entry.value) ?? [],
    ),
    ignore: itemsAt(value, 'ignore').flatMap((item) => found.suppression(item) ?? []),
  };
  return found.problems.length > 0 ? { problems: found.problems } : { config, problems: [] };
}

const HOW_TO_BIND = 'write {"configMap": "<namespace>/<name>", "key": …, "output": "<stack>.<output>"}';

const HOW_TO_NAME_ROLES = 'write {"name": …, "trust": "<file>", "policies": ["<file or ARN>"]}';

const HOW_TO_NAME_PAGES =
  'write {"file": …, "workload": "<namespace>/<kind>/<name>"}, with "container", "port" and "path" where it has several pages';

class Collected {
  readonly problems: Problem[] = [];

  add(message: string, span: Span, help?: string): void {
    this.problems.push({ code: 'config', message, span, ...(help && { help }) });
  }

  keys(map: MapNode, allowed: readonly string[], where: string): void {
    for (const [key, entry] of map.entries) {
      if (!allowed.includes(key))
        this.add(`${where} has no setting "${key}"`, entry.key, `settings are ${allowed.join(', ')}`);
    }
  }

  world(name: Located<string>, node: Node): WorldConfig | undefined {
    if (node.kind !== 'map') {
      this.add(`world "${name.value}" must be an object`, node.span);
      return undefined;
    }
    this.keys(node, WORLD_KEYS, `world "${name.value}"`);
    const manifests = this.paths(node, 'manifests', name.value);
    if (!node.entries.has('manifests'))
      this.add(`world "${name.value}" has no "manifests"`, name.span, 'list the directories of its manifests');
    const texts: Partial<Record<(typeof TEXTS)[number], Located<string>>> = {};
    for (const key of TEXTS) {
      const entry = node.entries.get(key);
      if (!entry) continue;
      const text =
        entry.value.kind === 'scalar' && typeof entry.value.value === 'string' ? located(entry.value) : undefined;
      const rule = FORMS[key];
      if (!text || (rule && !rule.form.test(text.value))) {
        this.add(
          `"${key}" of world "${name.value}" is ${shown(entry.value)}`,
          entry.value.span,
          rule?.says ?? 'a string is expected',
        );
      } else texts[key] = text;
    }
    return {
      name,
      manifests,
      templates: this.paths(node, 'templates', name.value),
      dashboards: this.paths(node, 'dashboards', name.value),
      outputs: this.paths(node, 'outputs', name.value),
      workspaces: this.workspaces(node, name.value),
      roles: itemsAt(node, 'roles').flatMap((item) => this.role(item, name.value) ?? []),
      metrics: itemsAt(node, 'metrics').flatMap((item) => this.metrics(item, name.value) ?? []),
      bindings: itemsAt(node, 'bindings').flatMap((item) => this.binding(item, name.value) ?? []),
      ...texts,
    };
  }

  private workspaces(node: MapNode, world: string): readonly Located<string>[] {
    const ids = this.paths(node, 'workspaces', world);
    for (const { value, span } of ids.filter(({ value }) => !/^ws-[0-9a-f-]{36}$/.test(value))) {
      this.add(`"workspaces" of world "${world}" has ${JSON.stringify(value)}`, span, 'an id is ws- and a UUID');
    }
    return ids;
  }

  private role(node: Node, world: string): RoleConfig | undefined {
    const where = `an item of "roles" of world "${world}"`;
    if (node.kind !== 'map') {
      this.add(`${where} must be an object`, node.span, HOW_TO_NAME_ROLES);
      return undefined;
    }
    this.keys(node, ROLE_KEYS, where);
    const name = located(node, 'name');
    const trust = located(node, 'trust');
    if (!name || !trust || !node.entries.has('policies')) {
      this.add(`${where} is incomplete`, node.span, HOW_TO_NAME_ROLES);
      return undefined;
    }
    return { name, trust, policies: this.paths(node, 'policies', world) };
  }

  private metrics(node: Node, world: string): MetricsConfig | undefined {
    const where = `an item of "metrics" of world "${world}"`;
    if (node.kind !== 'map') {
      this.add(`${where} must be an object`, node.span, HOW_TO_NAME_PAGES);
      return undefined;
    }
    this.keys(node, METRICS_KEYS, where);
    const file = located(node, 'file');
    const [workload, container, port, path] = METRICS_KEYS.slice(1).map((key) => located(node, key)?.value);
    const [name, kind, namespace, ...rest] = workload?.split('/').reverse() ?? [];
    const isWorkload = workload === undefined || (name && kind && namespace !== '' && rest.length === 0);
    if (
      !file ||
      !isWorkload ||
      (port !== undefined && !/^\d+$/.test(port)) ||
      (!workload && (container ?? port ?? path))
    ) {
      this.add(`${where} is incomplete`, node.span, HOW_TO_NAME_PAGES);
      return undefined;
    }
    const owner = workload ? { kind, name, ...(namespace && { namespace }) } : {};
    return {
      file,
      of: { ...owner, ...(container && { container }), ...(port && { port: Number(port) }), ...(path && { path }) },
    };
  }

  private binding(node: Node, world: string): BindingConfig | undefined {
    if (node.kind !== 'map') {
      this.add(`an item of "bindings" of world "${world}" must be an object`, node.span, HOW_TO_BIND);
      return undefined;
    }
    this.keys(node, BINDING_KEYS, `an item of "bindings" of world "${world}"`);
    const [place, key, output] = BINDING_KEYS.map((each) => located(node, each)?.value);
    const [configMap, ...rest] = (place ?? '').split('/').reverse();
    if (!configMap || !key || rest.length > 1 || !/^[^.]+\.[^.]+$/.test(output ?? '')) {
      this.add(`an item of "bindings" of world "${world}" is incomplete`, node.span, HOW_TO_BIND);
      return undefined;
    }
    return { configMap, key, output: output ?? '', span: node.span, ...(rest[0] && { namespace: rest[0] }) };
  }

  private paths(world: MapNode, key: ListKey, name: string): readonly Located<string>[] {
    const entry = world.entries.get(key);
    if (!entry) return [];
    if (entry.value.kind !== 'list') {
      this.add(
        `"${key}" of world "${name}" must be a list of ${key === 'workspaces' ? 'ids' : 'paths'}`,
        entry.value.span,
      );
      return [];
    }
    return entry.value.items.flatMap((item) => {
      const path = item.kind === 'scalar' && typeof item.value === 'string' ? located(item) : undefined;
      if (!path)
        this.add(
          `"${key}" of world "${name}" has an item that is no ${key === 'workspaces' ? 'id' : 'path'}`,
          item.span,
        );
      return path ?? [];
    });
  }

  suppression(node: Node): Suppression | undefined {
    if (node.kind !== 'map') {
      this.add('an item of "ignore" must be an object', node.span, 'write {"rule": …, "reason": …}');
      return undefined;
    }
    this.keys(node, IGNORE_KEYS, 'an item of "ignore"');
    const [rule, reason, world, file] = IGNORE_KEYS.map((key) => located(node, key)?.value);
    if (!rule || !reason) {
      this.add('an item of "ignore" needs "rule" and "reason"', node.span);
      return undefined;
    }
    return { rule, reason, ...(world && { world }), ...(file && { file }) };
  }
}

function shown(node: Node): string {
  return node.kind === 'scalar' ? JSON.stringify(node.value) : `a ${node.kind}`;
}
