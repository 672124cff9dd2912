import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** The root of the repository. */
export const repository = resolve(__dirname, '..', '..');

const app = join(repository, 'apps', 'tictactoe-infra');

/** The committed GitOps tree. */
export const gitops = join(app, 'gitops');

/** Names of the overlays, as the tree has them. */
export const overlays: readonly string[] = foldersIn(join(gitops, 'overlays'));

/** The folder that a kustomization of the tree lies in: an overlay, or the Argo CD Applications. */
export function overlayFolder(overlay: string): string {
  return join(gitops, 'overlays', overlay);
}

/** What `sightline.json` says of the cluster that an overlay is for. */
export interface World {
  readonly account: string;
  readonly region: string;
  readonly partition: string;
  readonly cluster: string;
  readonly issuer: string;
}

export function worldOf(overlay: string): World {
  const { worlds } = JSON.parse(readFileSync(join(app, 'sightline.json'), 'utf8')) as { worlds: Record<string, World> };
  const world = worlds[overlay];
  if (!world) {
    throw new Error(`sightline.json has no world ${overlay}; there are ${Object.keys(worlds).join(', ')}`);
  }
  return world;
}

export interface Template {
  /** Name of the stack. */
  readonly stack: string;
  readonly file: string;
  readonly body: TemplateBody;
}

export interface TemplateBody {
  readonly Resources: Readonly<Record<string, TemplateResource>>;
  readonly Parameters?: Readonly<Record<string, unknown>>;
  readonly Outputs?: Readonly<Record<string, unknown>>;
}

export interface TemplateResource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
}

/** Every synthesized CloudFormation template. */
export function templates(): readonly Template[] {
  const folder = join(app, 'cdk.out');
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.template.json')) : [];
  if (names.length === 0) {
    throw new Error(`there are no templates in ${folder}; render them with: npm start`);
  }
  return names.sort().map((name) => {
    const file = join(folder, name);
    return {
      stack: name.replace('.template.json', ''),
      file,
      body: JSON.parse(readFileSync(file, 'utf8')) as TemplateBody,
    };
  });
}

export function templateOf(stack: string): Template {
  const all = templates();
  const found = all.find((template) => template.stack === stack);
  if (!found) {
    throw new Error(`there is no stack ${stack} among ${all.map((template) => template.stack).join(', ')}`);
  }
  return found;
}

function foldersIn(folder: string): string[] {
  if (!existsSync(folder)) {
    throw new Error(`there is no rendered tree in ${folder}; render it with: npm start`);
  }
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}
