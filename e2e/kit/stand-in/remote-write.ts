import { type Answer, type Request, signatureOf } from './answer';
import { inflateSnappy } from './snappy';

/** Takes Prometheus remote write (version 1) and notes the labels of every series. */
export function answerRemoteWrite(request: Request): Answer {
  return {
    body: '',
    contentType: 'text/plain',
    call: {
      service: 'aps',
      status: 200,
      path: request.url.pathname,
      series: seriesOf(inflateSnappy(request.body)),
      signature: signatureOf(request.headers),
    },
  };
}

/** `WriteRequest{timeseries = 1}`, `TimeSeries{labels = 1}`, `Label{name = 1, value = 2}`, of prompb/remote.proto. */
function seriesOf(request: Buffer): Record<string, string>[] {
  return fields(request, 1).map((series) => {
    const labels = fields(series, 1).map((label) => [text(label, 1), text(label, 2)]);
    return Object.fromEntries(labels) as Record<string, string>;
  });
}

function text(message: Buffer, field: number): string {
  return fields(message, field)[0]?.toString('utf8') ?? '';
}

/** The values of a length-delimited field of a protobuf message, in order. */
function fields(message: Buffer, wanted: number): Buffer[] {
  const found: Buffer[] = [];
  let at = 0;
  const varint = () => {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = message[at++] ?? 0;
      value += (byte & 0x7f) * factor;
      if (byte < 0x80) {
        return value;
      }
    }
  };
  while (at < message.length) {
    const key = varint();
    const wireType = key & 7;
    if (wireType === 2) {
      const length = varint();
      if (key >>> 3 === wanted) {
        found.push(message.subarray(at, at + length));
      }
      at += length;
    } else if (wireType === 0) {
      varint();
    } else {
      at += wireType === 1 ? 8 : 4;
    }
  }
  return found;
}
