import * as fs from 'node:fs';
import * as path from 'node:path';
import { root } from './run';

export interface Member {
  readonly folder: string;
  readonly name: string;
  readonly private: boolean;
  readonly scripts: Readonly<Record<string, string | undefined>>;
}

/** The packages of the workspace, as pnpm-workspace.yaml places them. */
export function members(): Member[] {
  const folders = ['packages', 'apps', 'examples'].flatMap((parent) =>
    fs.existsSync(path.join(root, parent))
      ? fs.readdirSync(path.join(root, parent)).map((name) => path.join(parent, name))
      : [],
  );
  return [...folders, 'e2e']
    .filter((folder) => fs.existsSync(path.join(root, folder, 'package.json')))
    .map((folder) => {
      const manifest = JSON.parse(fs.readFileSync(path.join(root, folder, 'package.json'), 'utf8'));
      return { folder, name: manifest.name, private: manifest.private === true, scripts: manifest.scripts ?? {} };
    });
}
