import { textOf } from '../../model';
import { example } from '../example';
import { METRICS } from '../examples/metrics';
import type { LintRule } from './lint-rule';
import { nameOf } from './of-collector';

const ID = /\/workspaces\/(ws-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\b/g;

export const literalWorkspace: LintRule = {
  id: 'backends/literal-workspace',
  severity: 'warning',
  summary: 'a collector writes to a workspace by its id, beside one that is made here',
  why: 'the workspace that is made gets an id of its own: what is written goes somewhere else',
  help: 'take the id from the workspace: by a FieldExport, an output, or a binding in sightline.json',
  example: example(METRICS, {
    file: 'collector.yaml',
    good: '/workspaces/" + sys.env("WORKSPACE") + "/api',
    bad: '/workspaces/ws-0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9/api',
  }),
  check: ({ world, collectors }) => {
    const { workspaces } = world.aws;
    const texts = new Set(workspaces.map(({ id }) => textOf(id)));
    if (workspaces.length === 0 || !texts.has(undefined)) return [];
    return collectors.flatMap((collector) =>
      collector.main.flatMap(({ content }) => {
        const text = content.text();
        return [...text.text.matchAll(ID)].flatMap((found) => {
          if (texts.has(found[1])) return [];
          const { label, span } = workspaces[0];
          return [
            {
              subject: `${nameOf(collector)} ${found[1]}`,
              message: `${nameOf(collector)} writes to ${found[1]}, and ${label} gets its id when it is made`,
              span: text.span(found.index, found.index + found[0].length),
              related: [{ span, message: `${label} is made here` }],
            },
          ];
        });
      }),
    );
  },
};
