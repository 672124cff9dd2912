import {
  concat,
  dataOf,
  type KubeObject,
  known,
  type Located,
  type ManagedPolicy,
  type PolicyDocument,
  type Role,
  type Surroundings,
  unknown,
  type Value,
} from '../model';
import type { Node } from '../text';
import { itemsAt, mapAt, scalarAt } from './access';
import { readJson } from './json';
import { located } from './kubernetes';
import { readPolicy } from './policy';

export interface AckScope {
  readonly objects: readonly KubeObject[];
  readonly surroundings: Surroundings;
}

/** A role that the IAM controller makes. Its documents are texts of JSON, its policies ARNs or references. */
export function ackRole(object: KubeObject, scope: AckScope): Role {
  const spec = mapAt(object.node, 'spec');
  const name = located(spec, 'name');
  const label = `role ${name?.value ?? object.name.value}`;
  const trust = documentAt(spec, 'assumeRolePolicyDocument', `the trust policy of ${label}`);
  const inline = [...(mapAt(spec, 'inlinePolicies')?.entries ?? [])].flatMap(
    ([key]) => documentAt(mapAt(spec, 'inlinePolicies'), key, `policy ${key} of ${label}`) ?? [],
  );
  const arns = itemsAt(spec, 'policies').flatMap((item) => {
    const arn = located(item);
    return arn ? [known(arn.value, arn.span)] : [];
  });
  const references = itemsAt(spec, 'policyRefs').flatMap((item) => {
    const ref = located(item, 'from', 'name');
    return ref ? [referred('Policy', ref, object, scope)] : [];
  });
  const boundary = located(spec, 'permissionsBoundary');
  return {
    label,
    name: name ? known(name.value, name.span) : unknown('field', 'spec.name'),
    arn: arnOf(object, scope.surroundings),
    policies: inline,
    managedPolicyArns: [...arns, ...references],
    span: name?.span ?? object.name.span,
    ...(trust && { trust }),
    ...(boundary && { boundary: known(boundary.value, boundary.span) }),
  };
}

export function ackPolicy(object: KubeObject, { surroundings }: AckScope): ManagedPolicy | undefined {
  const spec = mapAt(object.node, 'spec');
  const name = located(spec, 'name')?.value ?? object.name.value;
  const document = documentAt(spec, 'policyDocument', `policy ${name}`);
  return document && { arn: arnOf(object, surroundings), document };
}

function documentAt(node: Node | undefined, key: string, label: string): PolicyDocument | undefined {
  const scalar = scalarAt(node, key);
  if (!scalar || typeof scalar.value !== 'string') return undefined;
  const { value } = readJson(scalar.text());
  return readPolicy(value ? dataOf(value) : known(scalar.value, scalar.span), label);
}

function arnOf(object: KubeObject, { partition, account }: Surroundings): Value {
  const name = located(object.node, 'spec', 'name') ?? object.name;
  const path = located(object.node, 'spec', 'path')?.value ?? '/';
  return concat(
    [
      known('arn:'),
      partition,
      known(':iam::'),
      account,
      known(`:${object.kind.toLowerCase()}${path}`),
      known(name.value),
    ],
    name.span,
  );
}

/** A reference names an object of the same controller, in its own namespace unless another is said. */
export function referred(kind: 'Role' | 'Policy', ref: Located<string>, from: KubeObject, scope: AckScope): Value {
  const found = scope.objects.find(
    (object) =>
      object.kind === kind &&
      object.apiVersion.startsWith('iam.services.k8s.aws/') &&
      object.name.value === ref.value &&
      object.namespace?.value === from.namespace?.value,
  );
  if (found) return { ...arnOf(found, scope.surroundings), span: ref.span };
  return unknown(
    'object',
    `${kind} ${ref.value}, which ${from.kind} ${from.name.value} refers to`,
    undefined,
    ref.span,
  );
}
