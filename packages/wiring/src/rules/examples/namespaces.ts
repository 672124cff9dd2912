import type { Files } from '../example';
import { METRICS } from './metrics';

const namespace = (name: string): string => `apiVersion: v1\nkind: Namespace\nmetadata: {name: ${name}}\n`;

/** The metrics of the shop, with its namespaces. */
export const NAMESPACES: Files = {
  ...METRICS,
  'sightline.json': METRICS['sightline.json'].replace('"store.yaml"]', '"store.yaml", "namespaces.yaml"]'),
  'namespaces.yaml': `${namespace('observe')}---\n${namespace('shop')}`,
};
