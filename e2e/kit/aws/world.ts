/** Where the stacks of the suites would be deployed to, and the things there that they refer to. */
export const account = '111122223333';
export const otherAccount = '444455556666';
export const region = 'ap-northeast-2';
export const otherRegion = 'us-east-1';
export const partition = 'aws';
export const deployment = { account, region, partition };

export const clusterName = 'tictactoe-dev';
export const clusterArn = `arn:aws:eks:${region}:${account}:cluster/${clusterName}`;
export const issuer = `https://oidc.eks.${region}.amazonaws.com/id/8D2F1A7C4B9E63F05A1C7E2D9B4F6A03`;
export const otherIssuer = `https://oidc.eks.${region}.amazonaws.com/id/3E7B90D1F24C5A68B7D09E1F3C5A7284`;
export const workspaceId = 'ws-12345678-1234-1234-1234-123456789012';
export const workspaceArn = `arn:aws:aps:${region}:${account}:workspace/${workspaceId}`;
export const logGroupName = '/eks/tictactoe';
export const tags = { 'sightline-overlay': 'dev' };
export const grafanaId = 'g-0123456789';
