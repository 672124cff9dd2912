import { MemoryFileTree, readSightlineConfig, SourceText } from '../../src';
import type { World } from '../../src/model';
import { loadEstate } from '../../src/read/estate';

/** A world of these objects and no others. */
export function worldOfObjects(...objects: readonly object[]): World {
  const files = new MemoryFileTree({
    'all.yaml': objects.map((object) => `---\n${JSON.stringify(object)}\n`).join(''),
  });
  const settings = new SourceText('sightline.json', '{"worlds": {"all": {"manifests": ["all.yaml"]}}}');
  const { config } = readSightlineConfig(settings);
  const [made] = config ? loadEstate({ files, paths: [''], config }).worlds : [];
  if (!made) throw new Error('no world');
  return made;
}
