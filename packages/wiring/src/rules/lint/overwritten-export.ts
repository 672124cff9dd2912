import { type Application, type ConfigMap, type Located, labelOf } from '../../model';
import { locatedMap } from '../../read/kubernetes';
import { example } from '../example';
import { DELIVERED } from '../examples/delivered';
import type { LintRule } from './lint-rule';
import { applicationsOf, hasOption, optionsOf } from './of-application';

const REPLACE = 'Replace=true';

/**
 * Argo CD, like kubectl, merges three ways: a key that git does not have is left alone. One that it has is written back at
 * every sync, and `Replace=true` takes the others away.
 */
export const overwrittenExport: LintRule = {
  id: 'gitops/overwritten-export',
  severity: 'warning',
  summary: 'git and a FieldExport write the same key of a ConfigMap',
  why: 'every sync puts the text of git back, and ACK writes its own again only when the resource changes',
  help: 'leave the key out of the manifest; or ignore it in the Application, with RespectIgnoreDifferences=true',
  example: example(DELIVERED, {
    file: 'base/store.yaml',
    good: 'metadata: {name: workspace, namespace: observe}\n',
    bad: 'metadata: {name: workspace, namespace: observe}\ndata: {id: to-be-filled}\n',
  }),
  check: ({ world, gitOps }) =>
    world.cluster.fieldExports.flatMap(({ object, to }) => {
      if (to.kind.toLowerCase() !== 'configmap') return [];
      const map = world.cluster.configMap(to.namespace ?? object.namespace, to.name.value);
      if (!map) return [];
      const written = map.data.get(to.key.value);
      const applications = applicationsOf(world, gitOps.deliveries);
      const options = optionsOf(locatedMap(map.object.node, 'metadata', 'annotations'));
      const replacing = applications.filter((one) => options.includes(REPLACE) || hasOption(one, REPLACE));
      const fighting = (written ? applications : replacing).filter((one) => !leavesAlone(one, map, to.key));
      if (fighting.length === 0 && !(written && applications.length === 0)) return [];
      const [first] = fighting;
      const label = labelOf(map.object);
      const who = first ? first.label : 'whoever applies it';
      return [
        {
          subject: `${label}: ${to.key.value}`,
          message: written
            ? `${who} writes key ${to.key.value} of ${label} as it is in git, and ${labelOf(object)} writes it too`
            : `${who} replaces ${label} without key ${to.key.value}, which ${labelOf(object)} writes`,
          span: written?.span ?? map.object.name.span,
          related: [
            { span: to.key.span, message: 'the FieldExport writes it here' },
            ...(first ? [{ span: first.object.name.span, message: `${first.label} applies the ConfigMap` }] : []),
          ],
        },
      ];
    }),
};

function leavesAlone(application: Application, { object }: ConfigMap, key: Located<string>): boolean {
  const pointers = ['', '/data', `/data/${key.value.replaceAll('~', '~0').replaceAll('/', '~1')}`];
  return (
    hasOption(application, 'RespectIgnoreDifferences=true') &&
    application.ignored.some(
      (one) =>
        ['', '*'].includes(one.group) &&
        ['ConfigMap', '*'].includes(one.kind) &&
        (one.name ?? object.name.value) === object.name.value &&
        (one.namespace ?? object.namespace?.value) === object.namespace?.value &&
        (one.isOpen || one.pointers.some(({ value }) => pointers.includes(value))),
    )
  );
}
