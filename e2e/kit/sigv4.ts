import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/** A request as it came, or as it is to be signed. */
export interface SignedRequest {
  readonly method: string;
  /** Path and query, as on the request line. */
  readonly target: string;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
}

/** Who may call what. */
export interface SigningScope {
  readonly accessKey: string;
  readonly secretKey: string;
  /** Of temporary credentials. */
  readonly sessionToken?: string;
  readonly region: string;
  readonly service: string;
}

/** AWS takes a signature for this long. */
const validity = 300_000;

/**
 * What AWS would have against the Signature Version 4 of a request; undefined when nothing.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export function whyRefused(request: SignedRequest, scope: SigningScope, now = Date.now()): string | undefined {
  const authorization = headerOf(request, 'authorization');
  const [, accessKey, day = '', region, service, signed = '', signature = ''] =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/([^/]+)\/aws4_request, ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/.exec(
      authorization,
    ) ?? [];
  const date = headerOf(request, 'x-amz-date');
  const names = signed.split(';');
  const sent = headerOf(request, 'x-amz-content-sha256');
  if (!accessKey) {
    return 'the request is not signed';
  }
  if (accessKey !== scope.accessKey) {
    return `nobody has the access key ${accessKey}`;
  }
  if (region !== scope.region || service !== scope.service) {
    return `the signature is for ${service} in ${region}, this is ${scope.service} in ${scope.region}`;
  }
  if (!date.startsWith(day) || Math.abs(timeOf(date) - now) > validity) {
    return `the signature is of ${date || 'no date'}`;
  }
  if ((scope.sessionToken ?? '') !== headerOf(request, 'x-amz-security-token')) {
    return 'the session token is not that of the credentials';
  }
  const must = ['host', ...Object.keys(request.headers).filter((name) => name.startsWith('x-amz-'))];
  const unsigned = must.filter((name) => !names.includes(name));
  if (unsigned.length > 0) {
    return `headers that have to be signed are not: ${unsigned.join(', ')}`;
  }
  if (sent && sent !== sha256(request.body)) {
    return 'the body is not the one that was signed';
  }
  const expected = Buffer.from(signatureOf(request, scope, date, names));
  return timingSafeEqual(expected, Buffer.from(signature)) ? undefined : 'the signature does not match';
}

/** The signature of a request whose headers, x-amz-date among them, are complete. */
export function signatureOf(
  request: SignedRequest,
  scope: SigningScope,
  date: string,
  names: readonly string[],
): string {
  const url = new URL(request.target, 'http://host.invalid');
  const query = [...url.searchParams]
    .map(([name, value]) => `${encoded(name)}=${encoded(value)}`)
    .sort()
    .join('&');
  const canonical = [
    request.method,
    // Every service but S3 wants the segments of the path, as they are sent, encoded once more.
    url.pathname.split('/').map(encoded).join('/'),
    query,
    ...names.map((name) => `${name}:${headerOf(request, name).trim().replace(/ +/g, ' ')}`),
    '',
    names.join(';'),
    sha256(request.body),
  ].join('\n');
  const day = date.slice(0, 8);
  const place = `${day}/${scope.region}/${scope.service}/aws4_request`;
  const text = ['AWS4-HMAC-SHA256', date, place, sha256(canonical)].join('\n');
  const key = [day, scope.region, scope.service, 'aws4_request'].reduce<Buffer>(
    (secret, part) => createHmac('sha256', secret).update(part).digest(),
    Buffer.from(`AWS4${scope.secretKey}`),
  );
  return createHmac('sha256', key).update(text).digest('hex');
}

function headerOf({ headers }: SignedRequest, name: string): string {
  const value = headers[name] ?? '';
  return Array.isArray(value) ? value.join(',') : value;
}

function sha256(text: string | Buffer): string {
  return createHash('sha256').update(text).digest('hex');
}

/** RFC 3986: what `encodeURIComponent` leaves out of it is encoded too. */
function encoded(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** `20150830T123600Z` in milliseconds. */
function timeOf(date: string): number {
  return Date.parse(date.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));
}
