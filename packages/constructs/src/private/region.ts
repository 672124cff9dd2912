import { type ArnComponents, Stack, Token } from 'aws-cdk-lib';
import { RegionInfo } from 'aws-cdk-lib/region-info';
import type { IConstruct } from 'constructs';

/**
 * DNS suffix of the endpoints in a region: `amazonaws.com`, `amazonaws.com.cn`, …
 *
 * Concrete when the region is, so that a URL can be written into a manifest; otherwise `AWS::URLSuffix`, which
 * CloudFormation resolves for the partition that it deploys to.
 */
export function dnsSuffix(stack: Stack, region: string): string {
  if (Token.isUnresolved(region)) {
    return stack.urlSuffix;
  }
  return RegionInfo.get(region).domainSuffix ?? stack.urlSuffix;
}

/**
 * An ARN whose partition follows from its region, or from the stack's when it has none (IAM).
 *
 * `Stack.formatArn` alone writes `AWS::Partition` even where the region is known, unless a feature flag is set; an ARN
 * for a manifest must be plain text whatever the flags of the app.
 */
export function formatArn(scope: IConstruct, components: ArnComponents): string {
  const stack = Stack.of(scope);
  const region = components.region || stack.region;
  const partition = Token.isUnresolved(region) ? undefined : RegionInfo.get(region).partition;
  return stack.formatArn({ ...components, partition: partition ?? stack.partition });
}
