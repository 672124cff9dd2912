import { checked, invalid, isUnresolved } from '../core/check';
import type { IamStatement } from './iam-statement';

/** A policy as JSON. */
export function policyDocument(statements: object[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: statements });
}

/** Statements that allow, as JSON. */
export function allowDocument(prop: string, statements: IamStatement[]): string {
  if (statements.length === 0) {
    throw invalid(prop, [], 'one statement or more', 'Say what is allowed.');
  }
  return policyDocument(statements.map((statement) => allow(prop, statement)));
}

function allow(prop: string, { actions, resources, conditions }: IamStatement): object {
  if (actions.length === 0 || resources.length === 0) {
    throw invalid(prop, { actions, resources }, 'one action and one resource or more', 'Name what is allowed on what.');
  }
  for (const action of actions) {
    checked(`${prop}.actions`, action, {
      matches: /^[a-z0-9-]+:[A-Za-z0-9]+$/,
      allowed: '"<service>:<Action>" without wildcards',
      mend: 'Name each action that is needed.',
    });
  }
  for (const resource of resources) {
    if (
      !isUnresolved(resource) &&
      resource !== '*' &&
      !/^arn:aws(-[a-z]+)*:[a-z0-9-]+:[^:]*:[^:]*:.+$/.test(resource)
    ) {
      throw invalid(
        `${prop}.resources`,
        resource,
        'an ARN, or "*" for actions that know no resources',
        'Give the ARN.',
      );
    }
  }
  return {
    Effect: 'Allow',
    Action: actions,
    Resource: resources,
    ...(conditions === undefined ? {} : { Condition: conditions }),
  };
}

/** Tags as IAM's objects want them. */
export function tagList(tags: Record<string, string> | undefined): { key: string; value: string }[] | undefined {
  return tags && Object.entries(tags).map(([key, value]) => ({ key, value }));
}
