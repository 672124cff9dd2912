import { readFileSync } from 'node:fs';
import { type Duration, Token } from 'aws-cdk-lib';
import type { CfnWorkspace } from 'aws-cdk-lib/aws-grafana';
import type { IConstruct } from 'constructs';
import { invalidProp } from '../private/errors';

/**
 * Metadata of a SAML identity provider: where they are, or what they are.
 *
 * @example
 * const metadata = SamlMetadata.fromUrl('https://idp.example.com/metadata');
 */
export class SamlMetadata {
  /**
   * Metadata that Amazon Managed Grafana fetches.
   *
   * @param url an https URL that can be reached from the internet
   */
  public static fromUrl(url: string): SamlMetadata {
    if (!Token.isUnresolved(url) && !/^https:\/\/[^\s/]+/.test(url)) {
      throw invalidProp(undefined, {
        prop: 'url',
        got: url,
        allowed: 'an https URL',
        mend: 'If you have the metadata as XML, use fromXml or fromFile.',
      });
    }
    return new SamlMetadata({ url });
  }

  /**
   * Metadata as a text.
   *
   * @param xml the `EntityDescriptor` of the identity provider
   */
  public static fromXml(xml: string): SamlMetadata {
    return new SamlMetadata({ xml: checkedXml('xml', xml) });
  }

  /**
   * Metadata from a file of XML, read at once.
   *
   * @param path relative to the working directory
   */
  public static fromFile(path: string): SamlMetadata {
    return new SamlMetadata({ xml: checkedXml(`file ${path}`, readFileSync(path, 'utf8')) });
  }

  private readonly metadata: CfnWorkspace.IdpMetadataProperty;

  private constructor(metadata: CfnWorkspace.IdpMetadataProperty) {
    this.metadata = metadata;
  }

  /**
   * As CloudFormation takes it.
   *
   * @internal
   */
  public _render(): CfnWorkspace.IdpMetadataProperty {
    return this.metadata;
  }
}

/**
 * How a workspace understands what a SAML identity provider says of somebody.
 */
export interface GrafanaSaml {
  /** Metadata of the identity provider. */
  readonly metadata: SamlMetadata;

  /**
   * Values of the attribute `roleAttribute` whose bearers are admins of Grafana. Without any, nobody is.
   *
   * @default - none
   */
  readonly adminRoleValues?: string[];

  /**
   * Values of the attribute `roleAttribute` whose bearers are editors. Everybody else is a viewer.
   *
   * @default - none
   */
  readonly editorRoleValues?: string[];

  /**
   * Attribute of the assertion that tells the role; needed for `adminRoleValues` and `editorRoleValues`.
   *
   * @default - none
   */
  readonly roleAttribute?: string;

  /**
   * Attribute that tells the login name.
   *
   * @default - the service's default
   */
  readonly loginAttribute?: string;

  /**
   * Attribute that tells the full name.
   *
   * @default - the service's default
   */
  readonly nameAttribute?: string;

  /**
   * Attribute that tells the mail address.
   *
   * @default - the service's default
   */
  readonly emailAttribute?: string;

  /**
   * Attribute that tells the groups.
   *
   * @default - none
   */
  readonly groupsAttribute?: string;

  /**
   * Attribute that tells the organization; needed for `allowedOrganizations`.
   *
   * @default - none
   */
  readonly organizationAttribute?: string;

  /**
   * Organizations whose people may log in.
   *
   * @default - all
   */
  readonly allowedOrganizations?: string[];

  /**
   * How long people stay logged in before they have to log in again: whole minutes, 30 days at most.
   *
   * AWS's reference names no unit for the number in `LoginValidityDuration`; published configurations for other tools
   * count minutes there, and so does this.
   *
   * @default - the service's default, a day
   * @see https://docs.aws.amazon.com/grafana/latest/APIReference/API_SamlConfiguration.html
   */
  readonly loginValidity?: Duration;
}

const MOST_MINUTES = 30 * 24 * 60;

/** As CloudFormation takes it. */
export function renderSaml(scope: IConstruct, saml: GrafanaSaml): CfnWorkspace.SamlConfigurationProperty {
  const { adminRoleValues: admin, editorRoleValues: editor, allowedOrganizations } = saml;
  requireAttribute(scope, 'roleAttribute', saml.roleAttribute, [...(admin ?? []), ...(editor ?? [])]);
  requireAttribute(scope, 'organizationAttribute', saml.organizationAttribute, allowedOrganizations ?? []);
  const attributes = {
    role: saml.roleAttribute,
    login: saml.loginAttribute,
    name: saml.nameAttribute,
    email: saml.emailAttribute,
    groups: saml.groupsAttribute,
    org: saml.organizationAttribute,
  };
  return {
    idpMetadata: saml.metadata._render(),
    assertionAttributes: Object.values(attributes).some((name) => name !== undefined) ? attributes : undefined,
    roleValues: admin || editor ? { admin, editor } : undefined,
    allowedOrganizations,
    loginValidityDuration: saml.loginValidity && minutesOf(scope, saml.loginValidity),
  };
}

function minutesOf(scope: IConstruct, loginValidity: Duration): number {
  if (loginValidity.isUnresolved()) {
    return loginValidity.toMinutes();
  }
  const minutes = loginValidity.toMinutes({ integral: false });
  if (!Number.isInteger(minutes) || minutes < 1 || minutes > MOST_MINUTES) {
    throw invalidProp(scope, {
      prop: 'saml.loginValidity',
      got: loginValidity.toString(),
      allowed: 'whole minutes, 1 minute to 30 days',
      mend: 'Use Duration.minutes(n), Duration.hours(n) or Duration.days(n).',
    });
  }
  return minutes;
}

function requireAttribute(
  scope: IConstruct,
  prop: string,
  attribute: string | undefined,
  values: readonly string[],
): void {
  if (attribute === undefined && values.length > 0) {
    throw invalidProp(scope, {
      prop: `saml.${prop}`,
      got: attribute,
      allowed: `given with the values ${values.join(', ')}`,
      mend: 'Name the attribute of the assertion in which the identity provider sends them.',
    });
  }
}

function checkedXml(prop: string, xml: string): string {
  if (!Token.isUnresolved(xml) && !/<([\w-]+:)?Entit(yDescriptor|iesDescriptor)\b/.test(xml)) {
    throw invalidProp(undefined, {
      prop,
      got: xml.length > 60 ? `${xml.slice(0, 60)}…` : xml,
      allowed: 'XML with an EntityDescriptor',
      mend: 'Give what the identity provider offers for download as its metadata.',
    });
  }
  return xml;
}
