import type { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { ClusterOidcIssuer, EksObservability, type EksObservabilityProps, ScrapeDefinition } from '../../src';
import { ISSUER, stackIn } from '../support/stack';

export const issuer = ClusterOidcIssuer.fromIssuerUrl(`https://${ISSUER}`);
export const definition = ScrapeDefinition.fromText('scrape_configs: []');

/** The construct for cluster tictactoe-dev, unless another is given. */
export function observe(props: EksObservabilityProps, stack: Stack = stackIn()): EksObservability {
  const cluster = props.cluster ? {} : { clusterName: 'tictactoe-dev' };
  return new EksObservability(stack, 'Observability', { ...cluster, ...props });
}

export function templateOf(props: EksObservabilityProps, stack: Stack = stackIn()): Template {
  observe(props, stack);
  return Template.fromStack(stack);
}

/** Names of the outputs of a template. */
export function outputsOf(template: Template): string[] {
  return Object.keys(template.toJSON().Outputs ?? {}).sort();
}

/** How many resources there are of each type. */
export function typesOf(template: Template): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { Type } of Object.values<{ Type: string }>(template.toJSON().Resources ?? {})) {
    counts[Type] = (counts[Type] ?? 0) + 1;
  }
  return counts;
}

export function vpcOf(stack: Stack): ec2.IVpc {
  return ec2.Vpc.fromVpcAttributes(stack, 'Vpc', {
    vpcId: 'vpc-0123456789abcdef0',
    vpcCidrBlock: '10.0.0.0/16',
    availabilityZones: ['ap-northeast-2a', 'ap-northeast-2b'],
    privateSubnetIds: ['subnet-0123456789abcde0a', 'subnet-0123456789abcde0b'],
    privateSubnetRouteTableIds: ['rtb-0123456789abcde0a', 'rtb-0123456789abcde0b'],
  });
}
