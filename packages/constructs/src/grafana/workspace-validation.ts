import { Token } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { invalidProp } from '../private/errors';
import { validateRoleName } from '../private/role-name';
import { GrafanaAuthenticationProvider } from './enums';
import type { GrafanaWorkspaceProps } from './workspace-props';

/** Refuses what contradicts itself, or what Amazon Managed Grafana would not take. */
export function validateProps(scope: Construct, props: GrafanaWorkspaceProps): void {
  const { workspaceName, authenticationProviders, role, roleName } = props;
  if (
    workspaceName !== undefined &&
    !Token.isUnresolved(workspaceName) &&
    !/^[a-zA-Z0-9\-._~]{1,255}$/.test(workspaceName)
  ) {
    throw invalidProp(scope, {
      prop: 'workspaceName',
      got: workspaceName,
      allowed: '1 to 255 letters, digits or any of - . _ ~',
      mend: 'Replace blanks and other characters by a hyphen.',
    });
  }
  if (authenticationProviders?.length === 0) {
    throw invalidProp(scope, {
      prop: 'authenticationProviders',
      got: authenticationProviders,
      allowed: 'at least one provider',
      mend: 'Leave it out for AWS IAM Identity Center: otherwise nobody could log in.',
    });
  }
  if (role !== undefined && roleName !== undefined) {
    throw invalidProp(scope, {
      prop: 'roleName',
      got: roleName,
      allowed: 'left out when role is given',
      mend: 'roleName names the role that is made; give one of the two.',
    });
  }
  validateRoleName(scope, 'roleName', roleName);
  validateSaml(scope, props);
  validateVpc(scope, props);
}

/** How people log in, as CloudFormation takes it. */
export function providersOf({ authenticationProviders, saml }: GrafanaWorkspaceProps): GrafanaAuthenticationProvider[] {
  const usual = saml ? GrafanaAuthenticationProvider.SAML : GrafanaAuthenticationProvider.AWS_SSO;
  return authenticationProviders ?? [usual];
}

function validateSaml(scope: Construct, props: GrafanaWorkspaceProps): void {
  const providers = providersOf(props);
  if (props.saml !== undefined && !providers.includes(GrafanaAuthenticationProvider.SAML)) {
    throw invalidProp(scope, {
      prop: 'authenticationProviders',
      got: providers,
      allowed: 'with SAML among them when saml is given',
      mend: 'Add GrafanaAuthenticationProvider.SAML, or leave authenticationProviders out.',
    });
  }
}

function validateVpc(scope: Construct, { vpc, vpcSubnets, securityGroups }: GrafanaWorkspaceProps): void {
  const [prop] = [vpcSubnets && 'vpcSubnets', securityGroups && 'securityGroups'].filter((name) => name !== undefined);
  if (vpc === undefined && prop !== undefined) {
    throw invalidProp(scope, {
      prop,
      got: 'given',
      allowed: 'left out when vpc is',
      mend: 'Give the VPC with the data sources as vpc.',
    });
  }
}
