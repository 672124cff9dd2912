import type { MetricPage } from '../../model';
import { type FileTree, joinPath } from '../file-tree';
import { type PageReading, readMetricPage } from '../metric-page';
import type { Problem } from '../problem';
import type { MetricsConfig } from '../sightline-json';

export interface Pages {
  readonly pages: readonly MetricPage[];
  readonly problems: readonly Problem[];
}

const readings = new WeakMap<FileTree, Map<string, PageReading>>();

/**
 * The saved pages of a world: those that sightline.json gives to its workloads, and those of the command line, which are
 * of targets that have no page of their own.
 */
export function metricPages(
  files: FileTree,
  named: readonly MetricsConfig[],
  directory: string,
  catalog: readonly string[],
): Pages {
  const wanted = [
    ...named.map(({ file, of }) => ({ path: joinPath(directory, file.value), of, span: file.span })),
    ...catalog.map((path) => ({ path, of: {}, span: undefined })),
  ];
  const found = wanted.map(({ path, of, span }): Pages => {
    const reading = read(files, path);
    if (reading) return { pages: [{ file: path, series: reading.series, of }], problems: reading.problems };
    const message = `there is no page ${path}${span ? ', which sightline.json names' : ''}`;
    const help = 'save what a target answers: curl http://…/metrics > page';
    return { pages: [], problems: [{ code: 'missing-path', message, help, ...(span && { span }) }] };
  });
  return { pages: found.flatMap(({ pages }) => pages), problems: found.flatMap(({ problems }) => problems) };
}

/** A page of several worlds is read once. */
function read(files: FileTree, path: string): PageReading | undefined {
  const kept = readings.get(files) ?? new Map<string, PageReading>();
  readings.set(files, kept);
  const before = kept.get(path);
  if (before) return before;
  const source = files.kind(path) === 'file' ? files.read(path) : undefined;
  const reading = source && readMetricPage(source);
  if (reading) kept.set(path, reading);
  return reading;
}
