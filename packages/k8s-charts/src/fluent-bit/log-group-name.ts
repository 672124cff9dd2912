import type { Rule } from '../core/check';

export const LOG_GROUP_NAME: Rule = {
  matches: /^[.\-_/#A-Za-z0-9]{1,512}$/,
  allowed: '1 to 512 letters, digits and the characters . - _ / #',
  mend: 'Give the name of the log group, not its ARN.',
};
