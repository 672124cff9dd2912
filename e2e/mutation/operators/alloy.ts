import { all, type End, type Operator, replace } from '../operator';
import { pathsOf, type Yard } from '../yard';

const text = ['data', 'config.alloy'];

/** Replaces a part of the configuration, one occurrence at a time. */
const edit = (expression: RegExp, to: string | ((match: RegExpExecArray) => string)) =>
  replace('ConfigMap', text, expression, to);

/** A rule of `discovery.relabel` that names a label, changed inside. */
const inRule = (label: string, from: RegExp, to: string) =>
  edit(
    new RegExp(`\\trule \\{\\n(?:\\t\\t[^\\n]*\\n)*?\\t\\t[^\\n]*${label}[^\\n]*\\n(?:\\t\\t[^\\n]*\\n)*?\\t\\}`),
    (match) => match[0].replace(from, to),
  );

/** What a scrape has to meet: the ports and annotations of pods. */
const scraped = (yard: Yard): End[] =>
  yard.of('Deployment', 'DaemonSet', 'StatefulSet').flatMap((thing) => {
    const template = ['spec', 'template'];
    const ports = pathsOf(thing, [...template, 'spec', 'containers', '*', 'ports', '*', 'containerPort']);
    const annotations = pathsOf(thing, [...template, 'metadata', 'annotations', '*']);
    return [...ports, ...annotations].map((path) => ({ thing, path }));
  });

const scrape = '_annotation_prometheus_io_scrape';

export const alloyOperators: readonly Operator[] = [
  {
    id: 'alloy-other-host',
    does: 'the URL is of another service or region',
    mutations: all(
      edit(/aps-workspaces\./, 'aps.'),
      edit(/aps-workspaces\." \+ sys\.env\("AWS_REGION"\)/, 'aps-workspaces.us-east-1"'),
    ),
  },
  {
    id: 'alloy-other-domain',
    does: 'the URL is in the domain of another partition',
    mutations: edit(/\.amazonaws\.com\//, '.amazonaws.com.cn/'),
  },
  {
    id: 'alloy-other-path',
    does: 'the path of the URL is not that of remote write',
    mutations: all(
      edit(/\/api\/v1\/remote_write/, '/api/v1/write'),
      edit(/\/api\/v1\/remote_write/, ''),
      edit(/\/workspaces\//, '/workspace/'),
    ),
  },
  {
    id: 'alloy-plain-http',
    does: 'the URL is without TLS',
    mutations: edit(/https:\/\/aps/, 'http://aps'),
  },
  {
    id: 'alloy-literal-workspace',
    does: 'the URL has a literal workspace id, of no workspace that is known',
    lint: { 'backends/literal-workspace': 'the id in the URL is that of no workspace that is made' },
    mutations: edit(
      /\/workspaces\/" \+ sys\.env\("AMP_WORKSPACE_ID"\) \+ "/,
      '/workspaces/ws-00000000-0000-0000-0000-000000000000',
    ),
  },
  {
    id: 'alloy-unsigned',
    does: 'nothing signs the requests',
    mutations: edit(/\n\t\tsigv4 \{\n[^}]*\}\n/, '\n'),
  },
  {
    id: 'alloy-signed-for-another-region',
    does: 'requests are signed for another region than that of the URL',
    mutations: edit(/region = sys\.env\("AWS_REGION"\)/, 'region = "us-east-1"'),
  },
  {
    id: 'alloy-signed-as-another-role',
    does: 'requests are signed as a role that nobody declares',
    mutations: edit(
      /(\t+)region = sys\.env\("AWS_REGION"\)/,
      '$1region = sys.env("AWS_REGION")\n$1role_arn = "arn:aws:iam::444455556666:role/Other"',
    ),
  },
  {
    id: 'alloy-variable-misspelt',
    does: 'the configuration reads a variable that nobody sets',
    lint: { 'metrics/unset-variable': 'the variable that is read is one that nobody sets' },
    mutations: edit(/sys\.env\("([A-Z_]+)"\)/, 'sys.env("THE_$1")'),
  },
  {
    id: 'alloy-forwards-nowhere',
    does: 'what is scraped is forwarded to nobody',
    mutations: edit(/forward_to( +)= \[[^\]]*\]/, 'forward_to$1= []'),
  },
  {
    id: 'alloy-dangling-reference',
    does: 'a component refers to one that is not there',
    mutations: all(
      edit(/\[prometheus\.remote_write\.\w+\.receiver\]/, '[prometheus.remote_write.other.receiver]'),
      edit(/discovery\.relabel\.\w+\.output/, 'discovery.relabel.other.output'),
      edit(/discovery\.kubernetes\.\w+\.targets/, 'discovery.kubernetes.other.targets'),
    ),
  },
  {
    id: 'alloy-label-of-component-renamed',
    does: 'a component has another name than those that refer to it know',
    mutations: edit(/^(discovery\.kubernetes|discovery\.relabel|prometheus\.remote_write) "(\w+)"/m, '$1 "$2_2"'),
  },
  {
    id: 'alloy-raw-targets',
    does: 'what was discovered is scraped without the relabelling',
    mutations: edit(/discovery\.relabel\.\w+\.output/, 'discovery.kubernetes.pods.targets'),
  },
  {
    id: 'alloy-discovers-other-things',
    does: 'nodes or services are discovered instead of pods',
    lint: { 'metrics/unknown-meta-label': 'the rules read labels of pods, which the other role does not give' },
    mutations: all(edit(/role = "pod"/, 'role = "node"'), edit(/role = "pod"/, 'role = "service"')),
  },
  {
    id: 'alloy-other-namespaces',
    does: 'discovery looks into another namespace only',
    mutations: edit(/(\t)role = "pod"\n/, '$1role = "pod"\n\n$1namespaces {\n$1\tnames = ["default"]\n$1}\n'),
  },
  {
    id: 'alloy-discovers-by-label',
    does: 'discovery asks for pods with a label that they do not have',
    mutations: edit(
      /(\t)role = "pod"\n/,
      '$1role = "pod"\n\n$1selectors {\n$1\trole  = "pod"\n$1\tlabel = "tier=frontend"\n$1}\n',
    ),
  },
  {
    id: 'alloy-keeps-other-annotation',
    does: 'pods are kept by an annotation that they do not have',
    ends: scraped,
    mutations: edit(
      /__meta_kubernetes_pod_annotation_prometheus_io_scrape/,
      '__meta_kubernetes_pod_annotation_metrics_scrape',
    ),
  },
  {
    id: 'alloy-keeps-other-value',
    does: 'pods are kept by a value that they do not have',
    ends: scraped,
    mutations: all(
      inRule(scrape, /"true"/, '"yes"'),
      inRule('_pod_phase', /"Running"/, '"running"'),
      inRule('_pod_phase', /"Running"/, '"Pending"'),
    ),
  },
  {
    id: 'alloy-drops-what-it-should-keep',
    does: 'the pods that ask for it are dropped, or those that run',
    ends: scraped,
    mutations: all(
      inRule(scrape, /"keep"/, '"drop"'),
      inRule('_pod_phase', /"keep"/, '"drop"'),
      inRule('_container_init', /"drop"/, '"keep"'),
    ),
  },
  {
    id: 'alloy-label-misspelt',
    does: 'a rule reads a label that discovery does not give',
    lint: { 'metrics/unknown-meta-label': 'no discovery gives the label that the rule reads' },
    equal: 'nothing is different where pods have IPv4 addresses',
    ends: scraped,
    mutations: edit(
      /"__meta_kubernetes_(pod_annotation_prometheus_io_port|pod_ip|pod_phase|namespace|pod_name)"/,
      '"__meta_kubernetes_the_$1"',
    ),
  },
  {
    id: 'alloy-address-without-port',
    does: 'the address is without its port',
    ends: scraped,
    mutations: edit(/"\$1:\$2"/, '"$$1"'),
  },
  {
    id: 'alloy-other-separator',
    does: 'the separator is not the one that the expression expects',
    equal: 'nothing is different where pods have IPv4 addresses',
    ends: scraped,
    mutations: inRule('_pod_ip', /separator {5}= ";"/, 'separator     = ":"'),
  },
  {
    id: 'alloy-address-of-host',
    does: 'the address is that of the node',
    equal: 'nothing is different where pods have IPv4 addresses',
    ends: scraped,
    mutations: edit(/__meta_kubernetes_pod_ip/, '__meta_kubernetes_pod_host_ip'),
  },
  {
    id: 'alloy-other-target-label',
    does: 'the address, the path or the scheme is written to a label that nobody reads',
    equal: 'nothing is different where pods have IPv4 addresses, and where every pod tells its port',
    ends: scraped,
    mutations: edit(/target_label( +)= "(__address__|__tmp_port|__metrics_path__)"/, 'target_label$1= "_$2"'),
  },
  {
    id: 'alloy-expression-does-not-fit',
    does: 'an expression fits no value that there is',
    ends: scraped,
    mutations: all(
      edit(/"\(\[0-9\.\]\+\);\(\.\+\)"/, '"([0-9.]+);([a-z]+)"'),
      inRule('_prometheus_io_path', /"\(\.\+\)"/, '"(/metrics)"'),
      edit(/"\(\[1-9\]\[0-9\]\{0,3\}[^"]*\)"/, '"([a-z]+)"'),
    ),
  },
  {
    id: 'alloy-group-that-is-not-there',
    does: 'the replacement names a group that the expression does not have',
    ends: scraped,
    mutations: edit(/"\$1:\$2"/, '"$$1:$$3"'),
  },
  {
    id: 'alloy-path-to-nowhere',
    does: 'everything is scraped at a path that nobody serves',
    mutations: edit(
      /(\t)job_name {8}= "kubernetes-pods"/,
      '$1job_name        = "kubernetes-pods"\n$1metrics_path    = "/healthz"',
    ),
  },
  {
    id: 'alloy-scrapes-by-https',
    does: 'everything is scraped by TLS',
    mutations: edit(
      /(\t)job_name {8}= "kubernetes-pods"/,
      '$1job_name        = "kubernetes-pods"\n$1scheme          = "https"',
    ),
  },
  {
    id: 'alloy-timeout-longer-than-interval',
    does: 'the timeout is longer than the interval, which Alloy refuses',
    mutations: edit(/scrape_timeout {2}= "10s"/, 'scrape_timeout  = "90s"'),
  },
  {
    id: 'alloy-every-metric-dropped',
    does: 'a rule before the store drops everything',
    mutations: edit(
      /(\t)endpoint \{/,
      '$1endpoint {\n$1\twrite_relabel_config {\n$1\t\tsource_labels = ["__name__"]\n$1\t\tregex         = ".+"\n$1\t\taction        = "drop"\n$1\t}\n',
    ),
  },
  {
    id: 'alloy-unknown-component',
    does: 'a component is of a kind that Alloy does not have',
    mutations: all(
      edit(/^prometheus\.scrape /m, 'prometheus.scraper '),
      edit(/^prometheus\.remote_write /m, 'prometheus.remotewrite '),
    ),
  },
  {
    id: 'alloy-syntax',
    does: 'the configuration does not parse',
    // Where a brace is missing, no parser can tell; it tells where it noticed.
    ends: (_, thing) => [{ thing, path: text, words: [''] }],
    mutations: all(edit(/\n\}\n/, '\n\n'), edit(/role = "pod"/, 'role = "pod')),
  },
];
