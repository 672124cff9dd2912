import type { Engine, Source } from './engine';

/** Tag v3.14.0 is module version v0.314.0. Without its web pages, which no suite opens, and of discoveries Kubernetes only. */
const source = {
  kind: 'go-program',
  module: 'github.com/prometheus/prometheus',
  version: 'v0.314.0',
  sum: 'h1:YjsimqsIi6/mOtzZcrPEYUALO6zpfaht9O5sXqDz2vg=',
  variables: { 'github.com/prometheus/common/version.Version': '3.14.0' },
  tags: ['remove_all_sd', 'enable_kubernetes_sd'],
} as const satisfies Partial<Source>;

/** Takes samples as AMP does: by scrape or by remote write. */
export const prometheus: Engine = {
  name: 'prometheus',
  version: '3.14.0',
  source: { ...source, package: 'github.com/prometheus/prometheus/cmd/prometheus' },
  check: { arguments: ['--version'], prints: /^prometheus, version 3\.14\.0/ },
};

/** Checks metrics pages, rules and configurations. */
export const promtool: Engine = {
  name: 'promtool',
  version: '3.14.0',
  source: { ...source, package: 'github.com/prometheus/prometheus/cmd/promtool' },
  check: { arguments: ['--version'], prints: /^promtool, version 3\.14\.0/ },
};
