import { labelOf } from '../../model';
import { locatedMap } from '../../read/kubernetes';
import { example } from '../example';
import { DELIVERED } from '../examples/delivered';
import type { LintRule } from './lint-rule';
import { applicationsOf, hasOption, optionsOf } from './of-application';

const KEEPS = ['Prune=false', 'Prune=confirm'];

export const prunableWorkspace: LintRule = {
  id: 'durability/prunable-workspace',
  severity: 'info',
  summary: 'the object of a workspace is pruned when git loses it',
  why: 'a file that is moved or a patch that renames is enough: the object goes, and the next one makes another workspace, with another id and without the past',
  help: 'annotate it with argocd.argoproj.io/sync-options: Prune=false',
  example: example(DELIVERED, {
    file: 'base/store.yaml',
    good: '    argocd.argoproj.io/sync-options: Prune=false\n',
    bad: '',
  }),
  check: ({ world, gitOps }) => {
    const pruning = applicationsOf(world, gitOps.deliveries).find(
      (one) => one.prunes && !KEEPS.some((option) => hasOption(one, option)),
    );
    if (!pruning) return [];
    return world.objects.flatMap((object) => {
      if (object.kind !== 'Workspace' || !object.apiVersion.startsWith('prometheusservice.services.k8s.aws/'))
        return [];
      const annotations = locatedMap(object.node, 'metadata', 'annotations');
      if (optionsOf(annotations).some((option) => KEEPS.includes(option))) return [];
      return [
        {
          subject: labelOf(object),
          message: `${pruning.label} prunes ${labelOf(object)} when git has it no more`,
          span: object.name.span,
          related: [{ span: pruning.prunes, message: 'pruning is switched on here' }],
        },
      ];
    });
  },
};
