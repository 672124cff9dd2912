import { App, Stack } from 'aws-cdk-lib';

export const ACCOUNT = '111122223333';
export const OTHER_ACCOUNT = '444455556666';
export const REGION = 'ap-northeast-2';
export const ISSUER = 'oidc.eks.ap-northeast-2.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF';
export const OTHER_ISSUER = 'oidc.eks.ap-northeast-2.amazonaws.com/id/FEDCBA9876543210FEDCBA9876543210';
export const WORKSPACE_ID = 'ws-12345678-1234-1234-1234-123456789012';

// The CDK's own validation of templates takes a second each time; `nag.test.ts` runs it once over everything.
process.env.CDK_VALIDATION = 'false';

/** A stack whose account and region are known at synth. */
export function stackIn(region: string = REGION, id = 'Stack', app = new App()): Stack {
  return new Stack(app, id, { env: { account: ACCOUNT, region } });
}

/** A stack that can be deployed anywhere: account, region and partition are tokens. */
export function agnosticStack(): Stack {
  return new Stack(new App(), 'Stack');
}
