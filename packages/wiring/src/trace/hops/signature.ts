import { describe, equal, labelOf, missingIn, textOf, type Value, type World } from '../../model';
import type { Collector } from '../collectors/find';
import { type MetricsSink, originsOf } from '../collectors/metrics-plan';
import type { Environment } from '../environment';
import { type Hop, HopBuilder } from '../path';

/** Is each request signed for the service and region that it goes to? */
export function signatureHop(
  sink: MetricsSink,
  region: Value,
  collector: Collector,
  environment: Environment,
  world: World,
): Hop {
  const who = `${labelOf(collector.workload.object)} ${sink.component}`;
  const hop = new HopBuilder('signature', who, `SigV4 for aps in ${describe(region)}`);
  const { signing } = sink;
  if (!signing) {
    const instead = sink.otherAuth ? `authenticates with ${sink.otherAuth}` : 'does not authenticate';
    return hop
      .breaks({
        claim: 'request-is-signed',
        message: `${sink.component} ${instead}, and ${describe(sink.url.value)} takes requests signed with SigV4 only`,
        span: sink.span,
        related: [{ span: sink.url.span, message: 'the URL is written here' }],
        help: sink.howToSign,
      })
      .build();
  }
  const service = signing.service && textOf(signing.service.value);
  if (service !== undefined && service !== 'aps') {
    hop.breaks({
      claim: 'signing-service-is-right',
      message: `${sink.component} signs for service ${service}, the workspace belongs to aps`,
      span: signing.service?.span ?? signing.span,
      related: [{ span: sink.url.span, message: 'the URL is written here' }],
    });
  }
  // An empty region means the one of the credentials chain, that is the container's AWS_REGION.
  const written = signing.region && textOf(signing.region.value) !== '' ? signing.region : undefined;
  if (!written && signing.isFromUrl) {
    return hop.saw(`${sink.component} signs for the region in the URL`, signing.span).build();
  }
  const fallback = environment.read('AWS_REGION') ?? environment.read('AWS_DEFAULT_REGION');
  const value = written?.value ?? fallback?.value ?? world.surroundings.region;
  const span = written?.span ?? value.span ?? signing.span;
  if (written?.broken) hop.breaks(written.broken);
  const open = missingIn(value);
  const same = equal(value, region);
  if (same === 'no') {
    hop.breaks({
      claim: 'signing-region-is-right',
      message: `${sink.component} signs for ${describe(value)} and writes to ${describe(region)}`,
      span,
      related: [
        { span: sink.url.span, message: `the URL leads to ${describe(region)}` },
        ...(written ? originsOf(written) : []),
        ...originsOf(sink.url),
      ],
      help: `sign for ${describe(region)}`,
    });
  } else if (same === 'unknown') {
    hop.lacks(
      ...(open.length > 0 ? open : [{ kind: 'region', what: `whether ${describe(value)} is ${describe(region)}` }]),
    );
  } else hop.saw(`${sink.component} signs for ${describe(value)}`, span);
  return hop.build();
}
