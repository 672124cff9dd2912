import { describe, textOf } from '../../model';
import { example } from '../example';
import { DASHBOARDS } from '../examples/dashboards';
import type { EstateRule } from './lint-rule';

const ID = /\/workspaces\/(ws-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?![\w-])/;

export const literalSourceWorkspace: EstateRule = {
  id: 'dashboards/literal-workspace',
  severity: 'warning',
  summary: 'a data source reads a workspace by its id, beside one that is made here',
  why: 'the workspace that is made gets an id of its own: panels show what is in another one, or nothing',
  help: 'take the id from the workspace: by a FieldExport and valuesFrom, or by an output',
  example: example(DASHBOARDS, {
    file: 'grafana.yaml',
    good: '/workspaces/${id}',
    bad: '/workspaces/ws-0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9',
  }),
  check: ({ worlds }) => {
    // A Grafana that several worlds share reads workspaces of all of them.
    const texts = new Set(worlds.flatMap(({ aws }) => aws.workspaces.map(({ id }) => textOf(id))));
    return worlds.flatMap(({ name: world, aws, grafana }) => {
      const made = aws.workspaces.find(({ id }) => textOf(id) === undefined);
      return grafana.dataSources.flatMap(({ label, url, span }) => {
        const id = ID.exec(url ? describe(url) : '')?.[1];
        if (!made || id === undefined || texts.has(id)) return [];
        return [
          {
            world,
            subject: `${label} ${id}`,
            message: `${label} reads ${id}, and ${made.label} gets its id when it is made`,
            span: url?.span ?? span,
            related: [{ span: made.span, message: `${made.label} is made here` }],
          },
        ];
      });
    });
  },
};
