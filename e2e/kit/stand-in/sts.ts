import type { Answer, Request } from './answer';
import { type StsCall, temporaryAccessKey } from './world';

/** Exchanges any token for the same credentials, and notes the token's claims: the test judges them, not the stand-in. */
export function answerSts(request: Request): Answer {
  const parameters = new URLSearchParams(
    request.method === 'POST' ? request.body.toString('utf8') : request.url.search,
  );
  const action = parameters.get('Action') ?? '';
  const status = action === 'AssumeRoleWithWebIdentity' ? 200 : 400;
  const expiration = new Date(Date.now() + 3_600_000).toISOString().replace(/\.\d+/, '');
  const roleArn = parameters.get('RoleArn') ?? '';
  return {
    body: `<${action}Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><${action}Result>
<AssumedRoleUser><Arn>${roleArn}/session</Arn><AssumedRoleId>AROASIGHTLINEE2E0001:session</AssumedRoleId></AssumedRoleUser>
<Credentials><AccessKeyId>${temporaryAccessKey}</AccessKeyId><SecretAccessKey>not-a-secret</SecretAccessKey>
<SessionToken>not-a-token</SessionToken><Expiration>${expiration}</Expiration></Credentials>
</${action}Result><ResponseMetadata><RequestId>1</RequestId></ResponseMetadata></${action}Response>`,
    contentType: 'text/xml',
    call: { service: 'sts', status, action, roleArn, claims: claimsOf(parameters.get('WebIdentityToken') ?? '') },
  };
}

function claimsOf(token: string): StsCall['claims'] {
  const [, payload = ''] = token.split('.');
  return JSON.parse(Buffer.from(payload, 'base64url').toString('utf8') || '{}') as StsCall['claims'];
}
