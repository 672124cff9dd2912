import type { IncomingHttpHeaders } from 'node:http';
import type { Call, Signature } from './world';

/** A request whose body has been read. */
export interface Request {
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** What goes back, and what is noted about the call. */
export interface Answer {
  readonly body: string;
  readonly contentType: string;
  /** The answer stays open after its body, as that of a watch does. */
  readonly open?: boolean;
  readonly call: Call;
}

export function signatureOf(headers: IncomingHttpHeaders): Signature {
  const scope = /Credential=([^/]+)\/\d{8}\/([^/]+)\/([^/]+)\/aws4_request/.exec(headers.authorization ?? '');
  return { accessKey: scope?.[1] ?? '', region: scope?.[2] ?? '', service: scope?.[3] ?? '' };
}
