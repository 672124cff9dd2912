import type { Rule } from '../core/check';

export const REPOSITORY: Rule = {
  matches: /^((https|ssh):\/\/[^\s/]+\/\S+|git@[^\s:]+:\S+)$/,
  allowed: 'https://…, ssh://… or git@host:path',
  mend: 'Give the URL by which git clones the repository.',
};

export const FOLDER: Rule = {
  matches: /^(?!.*(^|\/)\.\.(\/|$))[^\s/][^\s]*$/,
  allowed: 'a path relative to the root of the repository, without ".."',
  mend: 'Write "gitops/overlays/dev", without a slash in front; "." is the root.',
};
