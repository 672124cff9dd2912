import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';
import type { PropertyType, Resource, ResourceProperties, SpecDatabase } from '@aws-cdk/service-spec-types';
import type { TemplateResource } from './rendered';

/** Checks resources against the CloudFormation registry's schemas, as the CDK's own specification database holds them. */
export class ServiceSpec {
  private readonly database: SpecDatabase = loadAwsServiceSpecSync();

  /** Unknown types, unknown or missing properties and values of another type, one line for each. */
  public faults(id: string, resource: TemplateResource): string[] {
    const [type] = this.database.lookup('resource', 'cloudFormationType', 'equals', resource.Type);
    if (!type) {
      return [`${id}: CloudFormation has no resource type ${resource.Type}`];
    }
    return this.ofObject(`${id}: `, type.properties, resource.Properties ?? {}, tagProperty(type));
  }

  private ofObject(
    path: string,
    properties: ResourceProperties,
    value: Record<string, unknown>,
    open?: string,
  ): string[] {
    const missing = Object.entries(properties)
      .filter(([name, property]) => property.required && value[name] === undefined)
      .map(([name]) => `${path}${name} is required`);
    const present = Object.entries(value).flatMap(([name, item]) => {
      const property = properties[name];
      if (!property) {
        return name === open ? [] : [`${path}${name} is no property; there are ${Object.keys(properties).join(', ')}`];
      }
      const types = [property.type, ...(property.previousTypes ?? [])];
      return this.ofValue(`${path}${name}`, { type: 'union', types }, item);
    });
    return [...missing, ...present];
  }

  private ofValue(path: string, type: PropertyType, value: unknown): string[] {
    if (isIntrinsic(value)) {
      return [];
    }
    switch (type.type) {
      case 'ref': {
        const definition = this.database.get('typeDefinition', type.reference.$ref);
        return isObject(value) ? this.ofObject(`${path}.`, definition.properties, value) : [`${path} is no object`];
      }
      case 'array':
        return Array.isArray(value)
          ? value.flatMap((item, index) => this.ofValue(`${path}[${index}]`, type.element, item))
          : [`${path} is no list`];
      case 'map':
        return isObject(value)
          ? Object.entries(value).flatMap(([key, item]) => this.ofValue(`${path}.${key}`, type.element, item))
          : [`${path} is no map`];
      case 'union': {
        const faults = type.types.map((choice) => this.ofValue(path, choice, value));
        return faults.some((list) => list.length === 0) ? [] : (faults[0] ?? []);
      }
      case 'tag':
        return this.ofObject(
          `${path}.`,
          { Key: { type: { type: 'string' } }, Value: { type: { type: 'string' } } },
          value as Record<string, unknown>,
        );
      case 'json':
      case 'null':
        return [];
      default:
        return scalar(type.type, value) ? [] : [`${path} is ${JSON.stringify(value)}, which is no ${type.type}`];
    }
  }
}

/** CloudFormation converts scalars both ways, except what can't be read as the other. */
function scalar(type: string, value: unknown): boolean {
  switch (type) {
    case 'integer':
      return Number.isInteger(typeof value === 'string' ? Number(value) : value);
    case 'number':
      return Number.isFinite(typeof value === 'string' ? Number(value) : value);
    case 'boolean':
      return typeof value === 'boolean' || value === 'true' || value === 'false';
    default:
      return ['string', 'number', 'boolean'].includes(typeof value);
  }
}

function isIntrinsic(value: unknown): boolean {
  const names = isObject(value) ? Object.keys(value) : [];
  return names.length === 1 && (names[0] === 'Ref' || names[0]?.startsWith('Fn::') === true);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function tagProperty(type: Resource): string | undefined {
  return type.tagInformation?.tagPropertyName;
}
