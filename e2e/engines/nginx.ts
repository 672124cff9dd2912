import type { Engine } from './engine';

/** The server of the game's frontend. Its configuration is as old as nginx 1.7: any version that Debian has will do. */
export const nginx: Engine = {
  name: 'nginx',
  version: 'any',
  source: { kind: 'debian', packages: ['nginx', 'nginx-common'], program: 'usr/sbin/nginx' },
  check: { arguments: ['-v'], prints: /^nginx version: nginx\/1\./ },
};

/** Reads nginx's stub_status. The version of the manifests, 1.5.3, is no published module; the metrics are the same. */
export const nginxExporter: Engine = {
  name: 'nginx-exporter',
  version: '1.5.1',
  source: {
    kind: 'go-program',
    module: 'github.com/nginx/nginx-prometheus-exporter',
    version: 'v1.5.1',
    sum: 'h1:44jvKTJ4S0SydKbXw7H9V5VjcGdM3tdOPDd4em86GZQ=',
    package: 'github.com/nginx/nginx-prometheus-exporter',
    variables: { 'github.com/prometheus/common/version.Version': '1.5.1' },
  },
  check: { arguments: ['--version'], prints: /version 1\.5\.1/ },
};
