import { type Application, type Delivery, type KubeObject, labelOf, type World } from '../../model';
import { locatedMap } from '../../read/kubernetes';
import type { Span } from '../../text';
import { example } from '../example';
import { LONG_DEFINITION } from '../examples/long-definition';
import type { LintRule } from './lint-rule';
import { delivers, hasOption, optionsOf } from './of-application';

/** What all annotations of an object may hold together, in bytes. */
const MOST = 262_144;
/** Nothing is kept in an annotation, or somebody else keeps it. */
const WITHOUT_IT = ['ServerSideApply=true', 'Replace=true'];

export const tooLongForApply: LintRule = {
  id: 'gitops/too-long-for-apply',
  severity: 'error',
  summary: 'an object is too long for the annotation that Argo CD keeps it in',
  why: 'client-side apply keeps the whole object in an annotation, and the API server refuses it: metadata.annotations: Too long',
  help: 'give the Application the sync option ServerSideApply=true',
  example: example(LONG_DEFINITION, {
    file: 'argocd/shelves.yaml',
    good: '      - ServerSideApply=true\n',
    bad: '      - PruneLast=true\n',
  }),
  check: ({ world, gitOps }) =>
    world.objects.flatMap((object) => {
      const { span } = object.node;
      if (span.end - span.start <= MOST || leastLength(span) <= MOST) return [];
      const options = optionsOf(locatedMap(object.node, 'metadata', 'annotations'));
      if (options.some((option) => WITHOUT_IT.includes(option))) return [];
      const applying = applicationsOf(object, world, gitOps.deliveries).find(
        (one) => !WITHOUT_IT.some((option) => hasOption(one, option)),
      );
      if (!applying) return [];
      return [
        {
          subject: labelOf(object),
          message: `${applying.label} applies ${labelOf(object)}, which is longer than ${MOST} bytes`,
          span: object.name.span,
          related: [{ span: applying.object.name.span, message: 'the Application applies it on the client side' }],
        },
      ];
    }),
};

function applicationsOf(
  { node: { span } }: KubeObject,
  world: World,
  deliveries: readonly Delivery[],
): readonly Application[] {
  const { file } = span.source;
  return deliveries
    .filter((one) => delivers(one, world) || (one.directory !== undefined && file.startsWith(`${one.directory}/`)))
    .map(({ application }) => application);
}

/** JSON of YAML is longer than the YAML without its indentation and comments: every key and text has quotes. */
function leastLength({ source, start, end }: Span): number {
  let length = 0;
  for (const line of source.text.slice(start, end).split('\n')) {
    const text = line.trim();
    if (!text.startsWith('#')) length += text.length;
  }
  return length;
}
