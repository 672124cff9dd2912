import { example } from '../example';
import { METRICS } from '../examples/metrics';
import { type BreakRules, breakRule } from './break-rule';

/** Whether packets pass. */
export const network = {
  'network-admits-scrape': breakRule({
    id: 'network/forbidden-scrape',
    summary: 'a NetworkPolicy keeps a collector from what it scrapes',
    why: 'every scrape ends in a timeout',
    help: 'let the namespace and pods of the collector in, on the port that is scraped',
    example: example(METRICS, { file: 'shop.yaml', good: 'metadata.name: observe', bad: 'metadata.name: monitoring' }),
  }),
} satisfies BreakRules;
