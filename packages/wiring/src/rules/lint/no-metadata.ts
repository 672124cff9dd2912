import { nameOf } from '../../trace';
import { example } from '../example';
import { LOGS } from '../examples/logs';
import { fluentBits } from './fluent-bit';
import type { LintRule } from './lint-rule';

const FILTER = `    [FILTER]
        Name                      kubernetes
        Match                     kube.*
        Kube_Tag_Prefix           kube.

`;

export const noMetadata: LintRule = {
  id: 'logs/no-metadata',
  severity: 'warning',
  summary: 'a filter that is to add the names of pods cannot',
  why: 'records pass without them, and nothing says so: no namespace, no pod, no labels to search by',
  help: 'make Kube_Tag_Prefix the tag with the path of the files behind it, and let the service account get pods',
  example: example(LOGS, { file: 'collector.yaml', good: '    [OUTPUT]\n', bad: `${FILTER}    [OUTPUT]\n` }),
  check: (input) =>
    fluentBits(input).flatMap(({ subject, routes, plan }) => {
      const own = routes.all.length > 0 ? routes.all : routes.supposed;
      const failures = own.flatMap(({ flow }) => flow.failures.filter(({ kind }) => kind === 'metadata'));
      const sections = [...new Set(failures.map(({ section }) => section))];
      return sections.flatMap((section) => {
        const first = failures.find((failure) => failure.section === section);
        // Where one workload of many lacks it, the filter is as it should be.
        const isWhole = own.every(
          ({ flow }) => flow.dropped || flow.failures.some((failure) => failure.section === section),
        );
        if (!first || (!isWhole && plan.filters.filter((one) => nameOf(one) === nameOf(section)).length > 1)) return [];
        return [
          {
            subject: `${subject} ${nameOf(section)} ${plan.filters.indexOf(section)}`,
            message: first.message,
            span: first.span,
            related: first.related,
          },
        ];
      });
    }),
};
