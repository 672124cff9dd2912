import { Token } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { invalidProp } from './errors';

/** Letters, digits, spaces and `_ . : / = + - @`: what every AWS tag may hold; leaves out IAM's `*`, `?` and `${`. */
const TAG_TEXT = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

/**
 * Refuses tags that could not be on a resource, or that would turn a condition into one that matches more than meant.
 *
 * @see https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html
 */
export function validateTags(scope: IConstruct, prop: string, tags: Record<string, string>): void {
  const keys = Object.keys(tags);
  if (keys.length === 0) {
    throw invalidProp(scope, {
      prop,
      got: tags,
      allowed: 'at least one tag',
      mend: 'Without a tag the grant would reach every workspace of the account and region.',
    });
  }
  for (const key of keys) {
    validateKey(scope, prop, key);
    validateValue(scope, `${prop}['${key}']`, tags[key]);
  }
}

function validateKey(scope: IConstruct, prop: string, key: string): void {
  if (Token.isUnresolved(key)) {
    throw invalidProp(scope, {
      prop,
      got: key,
      allowed: 'tags whose keys are known at synth',
      mend: 'A tag key becomes the name of a condition key, which CloudFormation cannot compute: write it as plain text.',
    });
  }
  if (key.length === 0 || key.length > 128 || !TAG_TEXT.test(key) || key.toLowerCase().startsWith('aws:')) {
    throw invalidProp(scope, {
      prop,
      got: key,
      allowed:
        'tags whose keys have 1 to 128 letters, digits, spaces or any of _ . : / = + - @, and do not start with aws:',
      mend: 'Use the key that the workspace is tagged with.',
    });
  }
}

function validateValue(scope: IConstruct, prop: string, value: string): void {
  if (Token.isUnresolved(value)) {
    return;
  }
  if (value.length > 256 || !TAG_TEXT.test(value)) {
    throw invalidProp(scope, {
      prop,
      got: value,
      allowed: 'at most 256 letters, digits, spaces or any of _ . : / = + - @',
      mend: 'The value is compared literally, so wildcards and policy variables are no use: give the exact value of the tag.',
    });
  }
}
