import type { Hop, Path } from '../trace';
import type { BreakFindings } from './break-findings';
import { placeOf } from './place';
import { redacted } from './redact';
import type { HopVerdict, PathVerdict } from './verdict';

export function pathVerdict(path: Path, findings: BreakFindings): PathVerdict {
  const hops = path.hops.map((hop) => hopVerdict(hop, findings.idOf(path.id, hop.kind)));
  const broken = hops.some(({ status }) => status === 'broken');
  const proven = hops.every(({ status }) => status === 'proven');
  const { world, signal, source, sink } = path;
  return {
    id: path.id,
    world,
    signal,
    source,
    sink: { ...sink, id: redacted(sink.id) },
    status: broken ? 'broken' : proven ? 'proven' : 'unknown',
    hops,
  };
}

const told = new WeakMap<Hop, HopVerdict>();

/** Hops of a collector itself are the same in all of its paths, and are told once. */
function hopVerdict(hop: Hop, finding: string | undefined): HopVerdict {
  if (hop.status === 'broken') return verdictOf(hop, finding);
  const known = told.get(hop) ?? verdictOf(hop, undefined);
  told.set(hop, known);
  return known;
}

function verdictOf({ kind, from, to, status, missing, evidence }: Hop, finding_: string | undefined): HopVerdict {
  return {
    kind,
    from: redacted(from),
    to: redacted(to),
    status,
    ...(missing.length > 0 && { missing: missing.map((one) => ({ ...one, what: redacted(one.what) })) }),
    findings: status === 'broken' && finding_ ? [finding_] : [],
    evidence: evidence.map(({ span, text }) => ({ ...(span && { location: placeOf(span) }), text: redacted(text) })),
  };
}
