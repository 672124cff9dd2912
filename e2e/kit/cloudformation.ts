import type { Template, TemplateResource } from './rendered';

export interface Deployment {
  readonly partition: string;
  readonly account: string;
  readonly region: string;
}

export interface PolicyDocument {
  readonly Version: string;
  readonly Statement: readonly Readonly<Record<string, unknown>>[];
}

/** A role as it would be deployed: every intrinsic of the template is resolved. */
export interface DeployedRole {
  /** Its logical id, if CloudFormation makes its name up. */
  readonly name: string;
  readonly arn: string;
  readonly trust: PolicyDocument;
  /** Inline policies and those of the stack that name the role. */
  readonly policies: readonly PolicyDocument[];
  readonly managedPolicies: readonly string[];
}

/** The roles of a template. This is a reader of its own, so that a fault in our libraries' readers can't hide here. */
export function deployedRoles(template: Template, deployment: Deployment): DeployedRole[] {
  const resources = Object.entries(template.body.Resources);
  const resolve = <T>(value: unknown) => new Resolver(template, deployment).resolve(value) as T;
  const attached = resources
    .filter(([, resource]) => resource.Type === 'AWS::IAM::Policy')
    .map(([, resource]) => resolve<{ PolicyDocument: PolicyDocument; Roles?: string[] }>(resource.Properties));
  return resources
    .filter(([, resource]) => resource.Type === 'AWS::IAM::Role')
    .map(([id, resource]) => {
      const properties = resolve<RoleProperties>(resource.Properties);
      const name = properties.RoleName ?? id;
      const inline = (properties.Policies ?? []).map((policy) => policy.PolicyDocument);
      const named = attached.filter((policy) => policy.Roles?.includes(name)).map((policy) => policy.PolicyDocument);
      return {
        name,
        arn: roleArn(deployment, name),
        trust: properties.AssumeRolePolicyDocument,
        policies: [...inline, ...named],
        managedPolicies: properties.ManagedPolicyArns ?? [],
      };
    });
}

/** Some properties of the resources of one type, by logical id, with every intrinsic in them resolved. */
export function deployedResources<T extends object>(
  template: Template,
  deployment: Deployment,
  type: string,
  properties: readonly (keyof T & string)[],
): Record<string, T> {
  const resolver = new Resolver(template, deployment);
  return Object.fromEntries(
    Object.entries(template.body.Resources)
      .filter(([, resource]) => resource.Type === type)
      .map(([id, resource]) => {
        const present = properties.filter((name) => resource.Properties?.[name] !== undefined);
        return [
          id,
          Object.fromEntries(present.map((name) => [name, resolver.resolve(resource.Properties?.[name])])) as T,
        ];
      }),
  );
}

interface RoleProperties {
  readonly RoleName?: string;
  readonly AssumeRolePolicyDocument: PolicyDocument;
  readonly Policies?: readonly { readonly PolicyDocument: PolicyDocument }[];
  readonly ManagedPolicyArns?: readonly string[];
}

/** Replaces the intrinsics that our templates use. What it does not know is an error, never a guess. */
class Resolver {
  constructor(
    private readonly template: Template,
    private readonly deployment: Deployment,
  ) {}

  public resolve(value: unknown): unknown {
    if (Array.isArray(value)) {
      return value.map((item) => this.resolve(item));
    }
    if (typeof value !== 'object' || value === null) {
      return value;
    }
    const entries = Object.entries(value);
    const [name, argument] = entries[0] ?? [];
    if (entries.length === 1 && name && (name === 'Ref' || name.startsWith('Fn::'))) {
      return this.intrinsic(name, argument);
    }
    return Object.fromEntries(entries.map(([field, item]) => [field, this.resolve(item)]));
  }

  private intrinsic(name: string, argument: unknown): unknown {
    switch (name) {
      case 'Ref':
        return this.reference(String(argument));
      case 'Fn::Join': {
        const [separator, parts] = argument as [string, unknown];
        return (this.resolve(parts) as string[]).join(separator);
      }
      case 'Fn::Sub':
        if (typeof argument === 'string') {
          return argument.replace(/\$\{([^!}]+)\}/g, (_, reference: string) => this.substitute(reference));
        }
        break;
      case 'Fn::GetAtt': {
        const [logicalId, attribute] = (typeof argument === 'string' ? argument.split('.') : argument) as [
          string,
          string,
        ];
        return this.attribute(logicalId, attribute);
      }
    }
    throw new Error(`${this.template.stack}: can't resolve ${name} ${JSON.stringify(argument)}`);
  }

  private substitute(reference: string): string {
    const [logicalId = '', attribute] = reference.split('.');
    return attribute ? this.attribute(logicalId, attribute) : this.reference(logicalId);
  }

  private reference(id: string): string {
    const { partition, account, region } = this.deployment;
    const pseudo: Record<string, string> = {
      'AWS::Partition': partition,
      'AWS::AccountId': account,
      'AWS::Region': region,
      'AWS::URLSuffix': 'amazonaws.com',
    };
    const known = pseudo[id];
    if (known !== undefined) {
      return known;
    }
    const { Type, Properties } = this.resource(id);
    const named = { 'AWS::Logs::LogGroup': 'LogGroupName', 'AWS::IAM::Role': 'RoleName' }[Type];
    if (named !== undefined) {
      return (this.resolve(Properties?.[named]) as string | undefined) ?? id;
    }
    const service = { 'AWS::SNS::Topic': 'sns', 'AWS::SecretsManager::Secret': 'secretsmanager' }[Type];
    if (service !== undefined) {
      const kind = service === 'sns' ? '' : 'secret:';
      return `arn:${partition}:${service}:${region}:${account}:${kind}${id}`;
    }
    throw new Error(`${this.template.stack}: can't resolve Ref ${id} of a ${Type}`);
  }

  private attribute(id: string, attribute: string): string {
    const { Type, Properties } = this.resource(id);
    const { partition, account, region } = this.deployment;
    if (attribute === 'Arn' && Type === 'AWS::Logs::LogGroup') {
      // With the star at its end, as CloudFormation returns it.
      return `arn:${partition}:logs:${region}:${account}:log-group:${this.reference(id)}:*`;
    }
    if (attribute === 'Arn' && Type === 'AWS::IAM::Role') {
      return roleArn(this.deployment, this.reference(id));
    }
    const made = {
      'AWS::APS::Workspace': 'aps:workspace/',
      'AWS::KMS::Key': 'kms:key/',
      'AWS::Lambda::Function': 'lambda:function:',
    }[Type];
    if (attribute === 'Arn' && made !== undefined) {
      const [service, kind = ''] = made.split(/:(.*)/);
      return `arn:${partition}:${service}:${region}:${account}:${kind}${id}`;
    }
    if (attribute === 'Arn' && Type === 'AWS::IAM::OIDCProvider') {
      const url = this.resolve(Properties?.Url) as string;
      return `arn:${partition}:iam::${account}:oidc-provider/${url.replace(/^https:\/\//, '')}`;
    }
    throw new Error(`${this.template.stack}: can't resolve ${attribute} of ${id}, a ${Type}`);
  }

  private resource(id: string): TemplateResource {
    const resource = this.template.body.Resources[id];
    if (!resource) {
      throw new Error(`${this.template.stack}: there is no resource ${id}`);
    }
    return resource;
  }
}

function roleArn(deployment: Deployment, name: string): string {
  return `arn:${deployment.partition}:iam::${deployment.account}:role/${name}`;
}
