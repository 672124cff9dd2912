import { Annotations, Stack, Token } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** Where CloudFormation knows a type of resource, as far as that is not everywhere. */
interface Availability {
  /** The regions, or the beginnings of their names, that alone have it; or those that lack it. */
  readonly only?: readonly string[];
  readonly lacking?: readonly string[];
  /** What to do instead. */
  readonly mend: string;
}

/** Types of resources that are not everywhere. */
export type PartlyAvailable =
  | 'AWS::APS::Workspace'
  | 'AWS::APS::Scraper'
  | 'AWS::Grafana::Workspace'
  | 'AWS::IdentityStore::User';

/**
 * Read on 2026-11-22 from the tables of cfn-lint 1.58.0, which are those of CloudFormation's registry in each region. Its
 * tables for isolated and sovereign regions are copies of another region's, so nothing is said of those.
 *
 * https://github.com/aws-cloudformation/cfn-lint/tree/v1.58.0/src/cfnlint/data/schemas/providers
 */
const AVAILABILITY: Record<PartlyAvailable, Availability> = {
  'AWS::APS::Workspace': { lacking: ['cn-'], mend: 'Run Prometheus yourself there, or write to a region that has it.' },
  'AWS::APS::Scraper': { lacking: ['cn-', 'us-gov-'], mend: 'Run a collector in the cluster instead.' },
  'AWS::Grafana::Workspace': {
    only: [
      ...['ap-northeast-1', 'ap-northeast-2', 'ap-southeast-1', 'ap-southeast-2', 'eu-central-1', 'eu-west-1'],
      ...['eu-west-2', 'us-east-1', 'us-east-2', 'us-west-2'],
    ],
    mend: 'One workspace in a region that has it can show the data of all regions.',
  },
  'AWS::IdentityStore::User': {
    only: ['us-east-1'],
    mend: 'Make users in the console of Identity Center there, and refer to them by id.',
  },
};

const UNKNOWN = /^(us-iso|eu-iso|eusc-)/;

/** Warns, in a way that can be acknowledged, where CloudFormation did not know a type of resource when that was read. */
export function warnWhereUnavailable(scope: IConstruct, type: PartlyAvailable): void {
  const { region } = Stack.of(scope);
  if (Token.isUnresolved(region) || UNKNOWN.test(region)) {
    return;
  }
  const { only, lacking = [], mend } = AVAILABILITY[type];
  const missing = only ? !only.includes(region) : lacking.some((beginning) => region.startsWith(beginning));
  if (missing) {
    Annotations.of(scope).addWarningV2(
      `@eks-sightline/constructs:unavailable.${type.split('::').slice(1).join('')}`,
      `On 2026-11-22 CloudFormation did not know ${type} in ${region}${only ? `, but in ${only.join(', ')}` : ''}. ${mend} ` +
        'If the region has caught up, acknowledge this warning.',
    );
  }
}
