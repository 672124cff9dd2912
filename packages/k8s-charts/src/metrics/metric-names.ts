import { checked, invalid } from '../core/check';

/** What a collector adds to each scrape. Where rules see these series too, they must not be dropped. */
const SYNTHETIC =
  'up|scrape_duration_seconds|scrape_samples_scraped|scrape_samples_post_metric_relabeling|scrape_series_added';

/** The regular expression of a list of names, in a fixed order; undefined when all are kept. */
export function keepExpression(prop: string, names: string[] | undefined): string | undefined {
  if (names === undefined) {
    return undefined;
  }
  if (names.length === 0) {
    throw invalid(prop, [], 'one name or more', 'Leave the prop out to keep all metrics.');
  }
  for (const name of names) {
    checked(prop, name, {
      matches: /^[a-zA-Z_:][a-zA-Z0-9_:]*\*?$/,
      allowed: 'names of metrics, with or without an asterisk at the end',
      mend: 'Write the name as it is scraped: a histogram has the names "…_bucket", "…_sum" and "…_count", or "…_*" for all three.',
    });
  }
  const patterns = [...new Set(names)].sort().map((name) => name.replace('*', '.*'));
  return [SYNTHETIC, ...patterns].join('|');
}
