import { Token } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { invalidProp } from './errors';

/**
 * Refuses what cannot be the id of an identity store, such as the ARN of the instance.
 *
 * @see https://docs.aws.amazon.com/singlesignon/latest/IdentityStoreAPIReference/API_CreateUser.html
 */
export function validateIdentityStoreId(scope: IConstruct, id: string): void {
  if (!Token.isUnresolved(id) && !/^(d-[0-9a-f]{10}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.test(id)) {
    throw invalidProp(scope, {
      prop: 'identityStoreId',
      got: id,
      allowed: 'd- and ten hexadecimal digits, or a UUID',
      mend: 'aws sso-admin list-instances tells it.',
    });
  }
}
