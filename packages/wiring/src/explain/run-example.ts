import { MemoryFileTree } from '../read/file-tree';
import { readSightlineConfig } from '../read/sightline-json';
import type { Verdict } from '../report';
import type { Example, Files } from '../rules';
import { verify } from '../verify';

/** What `sightline verify` says of one half of an example. */
export function runExample(files: Files, { paths = [''], overlay }: Pick<Example, 'paths' | 'overlay'>): Verdict {
  const tree = new MemoryFileTree(files);
  const source = tree.read('sightline.json');
  const config = source && readSightlineConfig(source).config;
  return verify({
    files: tree,
    paths,
    tool: { name: 'example', version: '0.0.0' },
    ...(config && { config }),
    ...(overlay !== undefined && { overlay }),
  });
}
