import { join } from 'node:path';
import type { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { GrafanaWorkspace, type IGrafanaWorkspace } from '../../src';

export const WORKSPACE = 'g-0123456789';
export const GAME = join(__dirname, 'fixtures', 'game.json');
export const USER = '01234567-89ab-cdef-0123-456789abcdef';

export function existing(stack: Stack, id = 'Existing'): IGrafanaWorkspace {
  return GrafanaWorkspace.fromWorkspaceAttributes(stack, id, { workspaceId: WORKSPACE });
}

/** Properties of the only resource of this type. */
export function only(stack: Stack, type: string): Record<string, unknown> {
  const found = Object.values(Template.fromStack(stack).findResources(type));
  expect(found).toHaveLength(1);
  return found[0].Properties;
}

/** What the only data source is to be, as the handler reads it. */
export function definition(stack: Stack): Record<string, unknown> {
  return JSON.parse(only(stack, 'Custom::GrafanaDataSource').Definition as string);
}
