import type { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';

/** A statement of a template, as far as the tests need it. */
interface Statement {
  readonly Effect: string;
  readonly Action: string | string[];
  readonly Resource?: unknown;
  readonly Principal?: { readonly Federated?: unknown; readonly Service?: unknown };
  readonly Condition?: Record<string, Record<string, unknown>>;
}

export interface Request {
  readonly action: string;
  /** ARN, for a permission. */
  readonly resource?: string;
  /** Federated principal, for a trust policy. */
  readonly federated?: string;
  /** Service principal, for a trust policy. */
  readonly service?: string;
  /** Condition keys of the request; a missing key matches no condition. */
  readonly context?: Record<string, string>;
}

/** Values of attributes that only a deployment knows, such as `{ 'Logs.Arn': 'arn:…' }`. */
export type Attributes = Record<string, string>;

/**
 * Whether any of the statements allows the request. Evaluates the little of IAM that this library emits and throws on
 * the rest, so that a new operator cannot pass unnoticed.
 */
export function allows(statements: readonly Statement[], request: Request, attributes: Attributes = {}): boolean {
  return statements.some((statement) => {
    if (statement.Effect !== 'Allow') {
      throw new Error(`Effect ${statement.Effect} is not evaluated`);
    }
    return (
      list(statement.Action).some((action) => like(text(action, attributes), request.action)) &&
      (statement.Resource === undefined ||
        list(statement.Resource).some((arn) => like(text(arn, attributes), request.resource ?? ''))) &&
      (statement.Principal === undefined || trusts(statement.Principal, request, attributes)) &&
      Object.entries(statement.Condition ?? {}).every(([operator, keys]) =>
        Object.entries(keys).every(([key, wanted]) =>
          list(wanted).some((value) => holds(operator, text(value, attributes), request.context?.[key])),
        ),
      )
    );
  });
}

/** Statements of the trust policy of the only role of the stack. */
export function trustOf(stack: Stack): Statement[] {
  const roles = Object.values(Template.fromStack(stack).findResources('AWS::IAM::Role'));
  expect(roles).toHaveLength(1);
  return roles[0].Properties.AssumeRolePolicyDocument.Statement;
}

/** Statements of all inline policies of the stack. */
export function permissionsOf(stack: Stack): Statement[] {
  const policies = Object.values(Template.fromStack(stack).findResources('AWS::IAM::Policy'));
  return policies.flatMap((policy) => policy.Properties.PolicyDocument.Statement);
}

function trusts(principal: NonNullable<Statement['Principal']>, request: Request, attributes: Attributes): boolean {
  const { Federated: federated, Service: service } = principal;
  return service === undefined ? text(federated, attributes) === request.federated : service === request.service;
}

function holds(operator: string, wanted: string, got: string | undefined): boolean {
  switch (operator) {
    case 'StringEquals':
    case 'ArnEquals': // like ArnLike where there is a wildcard, and this library writes none
      return got === wanted;
    case 'StringLike':
    case 'ArnLike':
      return got !== undefined && like(wanted, got);
    default:
      throw new Error(`condition operator ${operator} is not evaluated`);
  }
}

function like(pattern: string, value: string): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replace(/\*/g, '.*')
    .replace(/\?/g, '.');
  return new RegExp(`^${source}$`).test(value);
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [value];
}

function text(value: unknown, attributes: Attributes): string {
  if (typeof value === 'string') {
    return value;
  }
  const intrinsic = value as Record<string, unknown>;
  if (intrinsic['Fn::Join']) {
    const [separator, parts] = intrinsic['Fn::Join'] as [string, unknown[]];
    return parts.map((part) => text(part, attributes)).join(separator);
  }
  const attribute = intrinsic['Fn::GetAtt'] ? list(intrinsic['Fn::GetAtt']).join('.') : String(intrinsic.Ref);
  const match = Object.entries(attributes).find(([pattern]) => like(pattern, attribute));
  if (match === undefined) {
    throw new Error(`no value for ${JSON.stringify(value)}`);
  }
  return match[1];
}
