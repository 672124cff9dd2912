import type { Rule } from '../core/check';

/** Names of roles (64) and policies (128); the shorter bound for both. */
export const IAM_NAME: Rule = {
  matches: /^[\w+=,.@-]{1,64}$/,
  allowed: '1 to 64 letters, digits and the characters _ + = , . @ -',
  mend: 'Give the name, not the ARN.',
};
