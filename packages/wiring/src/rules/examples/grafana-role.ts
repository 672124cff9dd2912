import type { Files } from '../example';
import { METRICS } from './metrics';

/** The shop, and a role for a workspace of Grafana. */
export const GRAFANA_ROLE: Files = {
  ...METRICS,
  'role.template.yaml': `${METRICS['role.template.yaml']}  Grafana:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow
            Action: sts:AssumeRole
            Principal:
              Service: grafana.amazonaws.com
            Condition:
              StringEquals:
                aws:SourceAccount: "111122223333"
`,
};
