import type { Files } from '../example';
import { LOGS } from './logs';

const ASSOCIATED = `Resources:
  Association:
    Type: AWS::EKS::PodIdentityAssociation
    Properties:
      ClusterName: shop-dev
      Namespace: observe
      ServiceAccount: shipper
      RoleArn: arn:aws:iam::111122223333:role/Shipper
`;

/** The logs of the shop, with an annotation and an association that agree. */
export const LOGS_BY_BOTH: Files = {
  ...LOGS,
  'logs.template.yaml': LOGS['logs.template.yaml'].replace('Resources:\n', ASSOCIATED),
};

/** The logs of the shop, with a role that Pod Identity gives. */
export const LOGS_BY_POD_IDENTITY: Files = {
  ...LOGS,
  'collector.yaml': LOGS['collector.yaml']
    .replace(/ {2}annotations:\n.*role\/Shipper\n/, '')
    .replace('public.ecr.aws/aws-observability/aws-for-fluent-bit:3.5.8', 'docker.io/fluent/fluent-bit:5.1.1'),
  'logs.template.yaml': LOGS['logs.template.yaml'].replace('Resources:\n', ASSOCIATED).replace(
    / {10}- Effect: Allow\n {12}Action: sts:AssumeRoleWithWebIdentity\n[\s\S]*?(?= {6}Policies:)/,
    `          - Effect: Allow
            Action: [sts:AssumeRole, sts:TagSession]
            Principal:
              Service: pods.eks.amazonaws.com
`,
  ),
};
