import { METRICS } from '../src/rules/examples/metrics';
import { type Edit, edited, type Files, verifyFiles } from './support/estate';

const here = (find: string, replace: string): Edit => ({ file: 'collector.yaml', find, replace });
const rules = (files: Files) => verifyFiles(files).findings.map(({ rule }) => rule);
const told = (files: Files) =>
  verifyFiles(files).paths.map(
    ({ status, source, id }) => `${status} ${source.name} ${/prometheus\.scrape\.[^:]*/.exec(id)?.[0]}`,
  );
const missing = (files: Files) =>
  verifyFiles(files).paths.flatMap(({ hops }) => hops.flatMap(({ missing: all = [] }) => all.map(({ what }) => what)));

const indented = (text: string) => text.replace(/^(?=.)/gm, '    ');
const with_ = (text: string): Files =>
  edited(METRICS, [here('    prometheus.remote_write', `${indented(text)}\n    prometheus.remote_write`)]);

describe('exporters of Alloy', () => {
  const scrape = (kind: string, body = '') => `prometheus.exporter.${kind} "own" {${body}}

prometheus.scrape "own" {
  targets    = prometheus.exporter.${kind}.own.targets
  forward_to = [prometheus.remote_write.store.receiver]
}
`;

  it.each(['self', 'unix', 'process'])('%s is asked inside the process', (kind) => {
    expect(told(with_(scrape(kind)))).toEqual([
      'proven meter prometheus.scrape.own',
      'proven web prometheus.scrape.pods',
    ]);
  });

  it('of probes have a target for each block', () => {
    const target = (name: string) =>
      `\n  target {\n    name    = "${name}"\n    address = "https://${name}.example"\n  }\n`;
    const files = with_(scrape('blackbox', `${target('shop')}${target('cart')}`));
    expect(rules(files)).toEqual([]);
    expect(told(files)).toEqual(['proven meter prometheus.scrape.own', 'proven web prometheus.scrape.pods']);
  });

  it('that ask somebody else are named', () => {
    expect(missing(with_(scrape('postgres')))).toContain(
      'not examined by this version: whether prometheus.exporter.postgres.own gets at what it exports',
    );
  });

  it('that are not there are a component that is missing', () => {
    const files = with_(scrape('self').replace('exporter.self.own.targets', 'exporter.self.mine.targets'));
    expect(new Set(rules(files))).toEqual(new Set(['metrics/missing-component']));
  });
});

describe('modules that a configuration declares', () => {
  const module = `declare "annotated" {
  argument "forward_to" { }
  argument "scrape" {
    optional = true
    default  = "true"
  }

  discovery.kubernetes "all" {
    role = "pod"
    namespaces {
      names = ["shop"]
    }
  }

  discovery.relabel "asked" {
    targets = discovery.kubernetes.all.targets

    rule {
      source_labels = ["__meta_kubernetes_pod_annotation_prometheus_io_scrape"]
      regex         = argument.scrape.value
      action        = "keep"
    }
    rule {
      source_labels = ["__meta_kubernetes_pod_ip", "__meta_kubernetes_pod_annotation_prometheus_io_port"]
      separator     = ":"
      regex         = "(.+):(\\\\d+)"
      target_label  = "__address__"
      replacement   = "$1:$2"
    }
  }

  prometheus.scrape "asked" {
    targets    = discovery.relabel.asked.output
    forward_to = argument.forward_to.value
  }

  export "targets" {
    value = discovery.relabel.asked.output
  }
}

annotated "shop" {
  forward_to = [prometheus.remote_write.store.receiver]
}
`;
  const source = METRICS['collector.yaml'];
  const files: Files = {
    ...METRICS,
    'collector.yaml': `${source.slice(0, source.indexOf('    discovery.kubernetes'))}${indented(module)}
${source.slice(source.indexOf('    prometheus.remote_write "store"'))}`,
  };

  it('are followed', () => {
    expect(rules(files)).toEqual([]);
    expect(told(files)).toEqual(['proven web prometheus.scrape.annotated/shop/asked']);
  });

  it('have faults like any configuration', () => {
    expect(rules(edited(files, [here('default  = "true"', 'default  = "yes"')]))).toEqual(['metrics/dropped-target']);
    const given = here('annotated "shop" {\n', 'annotated "shop" {\n      scrape = "yes"\n');
    expect(rules(edited(files, [given]))).toEqual(['metrics/dropped-target']);
  });

  it('give what they export to what is around them', () => {
    const around = here(
      'annotated "shop" {\n      forward_to = [prometheus.remote_write.store.receiver]',
      'prometheus.scrape "more" {\n      targets    = annotated.shop.targets\n      forward_to = [prometheus.remote_write.store.receiver]\n    }\n\n    annotated "shop" {\n      forward_to = []',
    );
    expect(told(edited(files, [around]))).toContain('proven web prometheus.scrape.more');
  });

  it('that come from elsewhere are named', () => {
    const imported = with_(
      'import.git "more" {\n  repository = "https://git.example/modules"\n  path       = "kubernetes"\n}\n',
    );
    expect(missing(imported)).toContain('what import.git.more brings in');
  });
});
