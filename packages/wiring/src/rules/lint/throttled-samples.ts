import { at, booleanAt, itemsAt, stringAt } from '../../read/access';
import { readYaml } from '../../read/yaml';
import { example } from '../example';
import { PROMETHEUS } from '../examples/prometheus';
import type { LintRule } from './lint-rule';
import { nameOf } from './of-collector';

export const throttledSamples: LintRule = {
  id: 'durability/throttled-samples',
  severity: 'info',
  summary: 'samples are dropped when the workspace asks to wait',
  why: 'AMP answers 429 above its limits, and Prometheus takes that as final unless it is told to try again',
  help: 'set queue_config.retry_on_http_429: true for the remote write',
  example: example(PROMETHEUS, {
    file: 'collector.yaml',
    good: '        queue_config: {retry_on_http_429: true}\n',
    bad: '',
  }),
  check: ({ collectors }) =>
    collectors
      .filter(({ kind }) => kind === 'prometheus')
      .flatMap((collector) => {
        const documents = collector.main.flatMap(({ content }) => readYaml(content.text()).documents);
        return documents.flatMap((document) =>
          itemsAt(document, 'remote_write').flatMap((write) => {
            const url = stringAt(write, 'url');
            if (!url?.includes('aps-workspaces')) return [];
            if (booleanAt(write, 'queue_config', 'retry_on_http_429')) return [];
            const name = nameOf(collector);
            const message = `${name} does not try again after a 429 of AMP`;
            return [{ subject: `${name} remote_write`, message, span: (at(write, 'url') ?? write).span }];
          }),
        );
      }),
};
