/** The annotations by which a pod asks metrics collectors to scrape it. */
export function scrapeAnnotations(port: number, path?: string): Record<string, string> {
  return {
    'prometheus.io/scrape': 'true',
    'prometheus.io/port': String(port),
    ...(path === undefined ? {} : { 'prometheus.io/path': path }),
  };
}
