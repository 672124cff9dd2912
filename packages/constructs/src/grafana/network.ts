import { Annotations, Stack, Token } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type { CfnWorkspace } from 'aws-cdk-lib/aws-grafana';
import type { IConstruct } from 'constructs';
import { invalidProp } from '../private/errors';

/**
 * From where alone a workspace can be reached; either is enough. Whoever reaches it must log in all the same.
 */
export interface GrafanaNetworkAccess {
  /**
   * Managed prefix lists of the addresses that are let in.
   *
   * @default - none
   */
  readonly prefixLists?: ec2.IPrefixList[];

  /**
   * Interface endpoints of the service `grafana-workspace` that are let in; AWS ignores those of other services.
   *
   * @default - none
   */
  readonly vpcEndpoints?: ec2.IVpcEndpoint[];
}

/** As CloudFormation takes it: both lists must be there, an empty one lets nothing of its kind in. */
export function renderNetworkAccess(
  scope: IConstruct,
  { prefixLists = [], vpcEndpoints = [] }: GrafanaNetworkAccess,
): CfnWorkspace.NetworkAccessControlProperty {
  if (prefixLists.length === 0 && vpcEndpoints.length === 0) {
    throw invalidProp(scope, {
      prop: 'networkAccess',
      got: {},
      allowed: 'at least one prefix list or endpoint',
      mend: 'Otherwise nobody could reach the workspace; leave networkAccess out to let everybody reach it.',
    });
  }
  return {
    prefixListIds: prefixLists.map(({ prefixListId }) => prefixListId),
    vpceIds: vpcEndpoints.map(({ vpcEndpointId }) => vpcEndpointId),
  };
}

/**
 * Where the documentation of `AWS::Grafana::Workspace` says that a workspace cannot be connected to a VPC, read on
 * 2026-11-22.
 */
const REGIONS_WITHOUT_VPC = ['ap-northeast-2'];
const READ_ON = '2026-11-22';

/** A warning only: regions gain features, and a table in a library does not notice. */
export function warnAboutRegion(scope: IConstruct): void {
  const { region } = Stack.of(scope);
  if (!Token.isUnresolved(region) && REGIONS_WITHOUT_VPC.includes(region)) {
    Annotations.of(scope).addWarningV2(
      '@eks-sightline/constructs:grafana.vpcNotInRegion',
      `Amazon Managed Grafana did not connect workspaces to a VPC in ${region} when its documentation was read on ` +
        `${READ_ON}. If it does by now, acknowledge this warning; otherwise the deployment fails: leave vpc out.`,
    );
  }
}

/** As CloudFormation takes it. */
export function renderVpc(
  scope: IConstruct,
  { subnetIds }: ec2.SelectedSubnets,
  securityGroups: readonly ec2.ISecurityGroup[],
): CfnWorkspace.VpcConfigurationProperty {
  validateCount(scope, 'vpcSubnets', subnetIds, 2, 6, 'Select them by vpcSubnets.');
  validateCount(scope, 'securityGroups', securityGroups, 1, 5, 'Leave it out for one that is made.');
  return { subnetIds, securityGroupIds: securityGroups.map(({ securityGroupId }) => securityGroupId) };
}

function validateCount(
  scope: IConstruct,
  prop: string,
  values: readonly unknown[],
  least: number,
  most: number,
  mend: string,
): void {
  if (!Token.isUnresolved(values) && (values.length < least || values.length > most)) {
    throw invalidProp(scope, { prop, got: `${values.length} of them`, allowed: `${least} to ${most}`, mend });
  }
}
