import type { Missing } from '../../../model';
import { mapAt, scalarAt } from '../../../read/access';
import type { Node } from '../../../text';
import type { Break } from '../../path';
import { component, type Pipeline, typeOf } from './service';

/** Processors that change, delay or enrich samples, and drop none of them for good. */
const HARMLESS = new Set(
  `attributes batch groupbyattrs k8sattributes memory_limiter metricsgeneration
  experimental_metricsgeneration metricstransform resource resourcedetection span transform metricstarttime
  deltatocumulative deltatorate interval schema`.split(/\s+/),
);

/** What the processors of a pipeline leave open. */
export function processorGaps(pipeline: Pipeline): readonly Missing[] {
  return pipeline.processors
    .filter(({ name }) => !HARMLESS.has(typeOf(name)) && typeOf(name) !== 'filter' && typeOf(name) !== DELTA)
    .map(({ name }) => ({
      kind: 'not-examined',
      what: `not examined by this version: what processor ${name} of pipeline ${pipeline.name} does with samples`,
    }));
}

/** Processors that leave names and labels of samples as they are; those of the resource are no labels. */
const NEUTRAL = new Set(
  'batch memory_limiter k8sattributes resource resourcedetection span metricstarttime'.split(' '),
);

/** What nobody can say of names and labels behind the processors of a pipeline. */
export function changesOf(pipeline: Pipeline, exporter: Node | undefined): readonly Missing[] {
  const changing = pipeline.processors
    .filter(({ name }) => !NEUTRAL.has(typeOf(name)))
    .map(({ name }) => `what processor ${name} makes of names and labels`);
  const isSpread = scalarAt(exporter, 'resource_to_telemetry_conversion', 'enabled')?.value === true;
  const isNamed = scalarAt(exporter, 'namespace')?.value;
  return [
    ...changing,
    ...(isSpread ? ['which labels resource_to_telemetry_conversion adds'] : []),
    ...(isNamed ? [`what the namespace ${isNamed} of the exporter makes of names`] : []),
  ].map((what) => ({ kind: 'not-examined', what }));
}

const DELTA = 'cumulativetodelta';

/** Remote write knows no deltas: the exporter drops counters and histograms that are no longer cumulative. */
export function deltaFault(pipeline: Pipeline, root: Node): Break | undefined {
  const index = pipeline.processors.findLastIndex(({ name }) => typeOf(name) === DELTA);
  const delta = pipeline.processors[index];
  if (!delta || pipeline.processors.slice(index).some(({ name }) => typeOf(name) === 'deltatocumulative'))
    return undefined;
  // One that names its metrics, or feeds another exporter too, may be meant for those.
  const settings = component(root, 'processors', delta.name)?.node;
  const isLimited = ['include', 'exclude', 'metrics', 'metric_types'].some((key) => mapAt(settings, key));
  const isShared = pipeline.exporters.some(
    ({ name }) => !/^(?:aws)?prometheusremotewrite$|^debug$|^logging$/.test(typeOf(name)),
  );
  if (isLimited || isShared) return undefined;
  return {
    claim: 'samples-reach-store',
    message: `processor ${delta.name} makes deltas of counters and histograms, which remote write drops`,
    span: delta.span,
    related: [
      { span: pipeline.exporters[0]?.span ?? pipeline.span, message: `pipeline ${pipeline.name} writes them here` },
    ],
    help: `leave ${delta.name} out of the pipeline`,
  };
}
