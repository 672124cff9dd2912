import { example } from '../example';
import { DELIVERED } from '../examples/delivered';
import type { EstateRule } from './lint-rule';

export const missingSourcePath: EstateRule = {
  id: 'gitops/missing-source-path',
  severity: 'error',
  summary: 'an Application of Argo CD names a path that its repository does not have',
  why: 'Argo CD says "app path does not exist", and nothing of the Application is applied',
  help: 'name a directory of the repository',
  example: example(DELIVERED, { file: 'argocd/shop.yaml', good: 'path: overlays/dev', bad: 'path: overlay/dev' }),
  check: ({ gitOps }) =>
    gitOps.deliveries.flatMap(({ application, source: { path }, absent }) => {
      if (!absent || !path) return [];
      const { parent, missing, alike, other } = absent;
      const place = parent === '' ? 'the repository' : `directory ${parent}`;
      return [
        {
          subject: `${application.label}: ${path.value}`,
          message: `${application.label} applies ${path.value}, and ${place} has no ${missing}`,
          span: path.span,
          related: other ? [{ span: other.span, message: `${other.value} of the same repository is there` }] : [],
          ...(alike !== undefined && { help: `there is ${alike}` }),
        },
      ];
    }),
};
