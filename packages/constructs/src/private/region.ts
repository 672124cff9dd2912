import { type Stack, Token } from 'aws-cdk-lib';
import { RegionInfo } from 'aws-cdk-lib/region-info';

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
