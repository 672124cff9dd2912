import { Token } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { invalidProp } from './errors';

/**
 * Refuses what IAM would not take as the name of a role.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html
 */
export function validateRoleName(scope: IConstruct, prop: string, roleName: string | undefined): void {
  if (roleName !== undefined && !Token.isUnresolved(roleName) && !/^[\w+=,.@-]{1,64}$/.test(roleName)) {
    throw invalidProp(scope, {
      prop,
      got: roleName,
      allowed: '1 to 64 letters, digits or any of _ + = , . @ -',
      mend: 'Give the name alone, without path or ARN, or leave it out for a generated one.',
    });
  }
}
