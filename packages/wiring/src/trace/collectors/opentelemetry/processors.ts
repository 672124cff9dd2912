import type { Missing } from '../../../model';
import type { Pipeline } from './service';
import { typeOf } from './service';

/** Processors that change, delay or enrich samples, and drop none of them for good. */
const HARMLESS = new Set(
  `attributes batch cumulativetodelta groupbyattrs k8sattributes memory_limiter metricsgeneration
  experimental_metricsgeneration metricstransform resource resourcedetection span transform metricstarttime
  deltatocumulative deltatorate interval schema`.split(/\s+/),
);

/** What the processors of a pipeline leave open. */
export function processorGaps(pipeline: Pipeline): readonly Missing[] {
  return pipeline.processors
    .filter(({ name }) => !HARMLESS.has(typeOf(name)) && typeOf(name) !== 'filter')
    .map(({ name }) => ({
      kind: 'not-examined',
      what: `not examined by this version: what processor ${name} of pipeline ${pipeline.name} does with samples`,
    }));
}
