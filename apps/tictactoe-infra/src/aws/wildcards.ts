import { Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { environment } from '../environment';

const { account, partition, region } = environment;

/** Each wildcard in the policies below a construct with the reason why it is there, for whoever reviews with cdk-nag. */
export function explainWildcards(scope: IConstruct, wildcards: Readonly<Record<string, string>>): void {
  Validations.of(scope).acknowledge(
    ...Object.entries(wildcards).map(([resource, reason]) => ({
      id: `AwsSolutions::AwsSolutions-IAM5[Resource::${resource}]`,
      reason,
    })),
  );
}

export const anyWorkspace = {
  [`arn:${partition}:aps:${region}:${account}:workspace/*`]:
    'ACK makes the workspace, so its id is not known here; a condition on its tag narrows this to one workspace.',
};

export const anyStreamOf = (logGroup: string) => ({
  [`arn:${partition}:logs:${region}:${account}:log-group:${logGroup}:*`]:
    'The ARN of a log group ends in :* and covers its streams, one per namespace.',
});

export const unscopedReads = {
  '*': 'Listing log groups and reading CloudWatch metrics cannot be limited to a resource.',
};
