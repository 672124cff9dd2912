import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { gitopsTree } from '../src/cluster/gitops';
import { paths } from '../src/paths';
import { mirror, readTree } from '../src/render/mirror';
import { sightlineConfig } from '../src/render/sightline-config';

describe('the committed tree', () => {
  test('is what renders now; `npm start` makes it so', () => {
    expect(Object.fromEntries(readTree(paths.gitops))).toEqual(Object.fromEntries(gitopsTree().files));
  });

  test('has the sightline.json that renders now', () => {
    expect(fs.readFileSync(paths.sightlineConfig, 'utf8')).toBe(sightlineConfig());
  });

  test('renders the same twice', () => {
    expect(gitopsTree().files).toEqual(gitopsTree().files);
  });
});

describe('mirror', () => {
  let folder: string;
  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'mirror-'));
  });
  afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

  test('undoes an edit, brings back a missing file and deletes strays with their empty folders', () => {
    const files = new Map([
      ['a.yaml', 'a\n'],
      ['b/c.yaml', 'c\n'],
    ]);
    mirror(files, folder);
    fs.appendFileSync(path.join(folder, 'a.yaml'), 'x');
    fs.rmSync(path.join(folder, 'b'), { recursive: true });
    fs.mkdirSync(path.join(folder, 'stray/deep'), { recursive: true });
    fs.writeFileSync(path.join(folder, 'stray/deep/file.yaml'), '');

    mirror(files, folder);

    expect(readTree(folder)).toEqual(files);
    expect(fs.readdirSync(folder).sort()).toEqual(['a.yaml', 'b']);
  });

  test('leaves a file alone that is the same', () => {
    const files = new Map([['a.yaml', 'a\n']]);
    mirror(files, folder);
    const before = fs.statSync(path.join(folder, 'a.yaml')).mtimeMs;
    mirror(files, folder);
    expect(fs.statSync(path.join(folder, 'a.yaml')).mtimeMs).toBe(before);
  });
});
