import { deployedRoles } from './cloudformation';
import { assume, type Decision } from './iam';
import { templateOf, worldOf } from './rendered';
import type { Call, StsCall } from './stand-in/world';

export interface Exchange {
  readonly issuer: string;
  readonly subject: string;
  readonly roleArn: string;
  /** Whether the role, as its stack makes it, lets this token in. */
  readonly decision: Decision | undefined;
}

/** Every exchange of a token at STS, judged by the trust policies of the overlay's stack. */
export async function exchanges(calls: readonly Call[], overlay: string): Promise<Exchange[]> {
  const roles = deployedRoles(templateOf(`Observability-${overlay}`), worldOf(overlay));
  const made = calls.filter((call): call is StsCall => call.service === 'sts');
  return Promise.all(
    made.map(async ({ roleArn, claims }) => {
      const role = roles.find(({ arn }) => arn === roleArn);
      const [, , namespace = '', serviceAccount = ''] = (claims.sub ?? '').split(':');
      const token = { issuer: claims.iss ?? '', namespace, serviceAccount, audience: claims.aud?.[0] };
      const [decision] = role ? await assume(role, [token]) : [];
      return { issuer: token.issuer, subject: claims.sub ?? '', roleArn, decision };
    }),
  );
}

/** Endpoints of the pod that have answered. */
export function answered(calls: readonly Call[]): string[] {
  return calls.flatMap((call) => (call.service === 'endpoint' ? [call.path] : [])).sort();
}
