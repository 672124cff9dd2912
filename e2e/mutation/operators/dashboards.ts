import { all, type Mutation, type Operator, remove, replace, set, where } from '../operator';
import { type Thing, valueAt, type Yard } from '../yard';

/** Grafana's content, as objects of its operator, and the role with which a workspace of Amazon Managed Grafana reads. */
const dashboard = 'GrafanaDashboard';
const source = 'GrafanaDatasource';
const json = ['spec', 'json'];
const model = ['spec', 'datasource'];
const jsonData = [...model, 'jsonData'];
const edit = (expression: RegExp, to: string) => replace(dashboard, json, expression, to);
/** A change of a query of PromQL in a panel. */
const query = (from: RegExp, to: string) =>
  replace(dashboard, json, /"(?:expr|query)": "(?:[^"\\]|\\.)*"/, (match) => match[0].replace(from, to));
/** A change of a question to CloudWatch Logs, in a panel or saved in the account. */
const question = (from: RegExp, to: string) =>
  all(
    replace(dashboard, json, /"expression": "(?:[^"\\]|\\.)*"/, (match) => match[0].replace(from, to)),
    replace('AWS::Logs::QueryDefinition', ['Properties', 'QueryString'], from, to),
  );

const role = 'AWS::IAM::Role';
const policy = 'AWS::IAM::Policy';
const grants = ['Properties', 'PolicyDocument', 'Statement', '*'];
const trust = ['Properties', 'AssumeRolePolicyDocument', 'Statement', '*'];

/** The role of Grafana and its policies, where something asks with it. */
const ofGrafana = (thing: Thing, yard: Yard) => {
  const roles = yard.of(role).filter(({ value }) => JSON.stringify(value).includes('grafana.amazonaws.com'));
  const isOne = thing.kind === role ? roles.includes(thing) : roles.some(({ name }) => usesRole(thing, name));
  return isOne && yard.of(dashboard).length > 0;
};
const usesRole = ({ value }: Thing, name: string) => JSON.stringify(value).includes(`"${name}"`);

interface Asking {
  datasource?: { uid: string };
  targets?: Asking[];
}

/** Gives each panel and variable another data source; a panel's own counts before those of its queries (PanelQueryRunner). */
function sources(change: (uid: string) => object) {
  return (yard: Yard): Mutation[] =>
    yard.of(dashboard).flatMap((thing) => {
      const text = String(valueAt(thing, json));
      const read = () => {
        const model = JSON.parse(text) as { panels: Asking[]; templating: { list: Asking[] } };
        return { model, asking: [...model.panels, ...model.templating.list] };
      };
      return read().asking.map((_, index) => {
        const { model, asking } = read();
        const one = asking[index] ?? {};
        for (const part of [one, ...(one.targets ?? [])]) {
          Object.assign(part.datasource ?? {}, change(part.datasource?.uid ?? ''));
        }
        return { thing, path: json, to: JSON.stringify(model, undefined, 1) };
      });
    });
}

export const dashboardOperators: readonly Operator[] = [
  {
    id: 'dashboard-other-uid',
    does: 'a panel with its queries, or a variable, asks a data source that nobody makes',
    mutations: sources((uid) => ({ uid: `${uid}-2` })),
  },
  {
    id: 'dashboard-other-source',
    does: 'a panel with its queries asks a data source of another kind than they are for',
    mutations: sources((uid) =>
      uid === 'shop-metrics'
        ? { type: 'cloudwatch', uid: 'shop-cloudwatch' }
        : { type: 'grafana-amazonprometheus-datasource', uid: 'shop-metrics' },
    ),
  },
  {
    id: 'dashboard-metric-misspelt',
    does: 'a query reads a metric that nobody exposes',
    mutations: all(
      query(/nginx_(\w+)/, 'ngnix_$1'),
      query(/nginx_(http_requests|up|connections)\w*/, 'nginx_$1_count'),
    ),
  },
  {
    id: 'dashboard-label-misspelt',
    does: 'a query asks for a label, or groups by one, that no series has',
    lint: { 'dashboards/stray-label': 'the panel groups by a label that no series has' },
    mutations: all(
      query(/namespace=/, 'kubernetes_namespace='),
      query(/by \(pod\)/, 'by (pod_name)'),
      query(/pod=~/, 'pod_name=~'),
      query(/cluster=/, 'cluster_name='),
      query(/, pod\)"/, ', podname)"'),
    ),
  },
  {
    id: 'dashboard-label-value',
    does: 'a query asks for a value that no series has',
    mutations: all(
      query(/namespace=\\"shop/, 'namespace=\\"store'),
      query(/cluster=\\"shop/, 'cluster=\\"shop-prod'),
      query(/namespace=\\"shop\\"/, 'namespace=~\\"sho\\"'),
    ),
  },
  {
    id: 'dashboard-query-syntax',
    does: 'a query does not parse',
    mutations: all(
      query(/\)"$/, '"'),
      query(/\{namespace/, '(namespace'),
      query(/\[\$__rate_interval\]/, '[5 minutes]'),
    ),
  },
  {
    id: 'dashboard-rate-without-range',
    does: 'the rate is asked of an instant',
    mutations: query(/\[\$__rate_interval\]/, ''),
  },
  {
    id: 'dashboard-variable-misspelt',
    does: 'a query uses a variable that the dashboard does not have',
    lint: { 'dashboards/unknown-variable': 'the query uses a variable that the dashboard does not have' },
    mutations: all(query(/\$pod/, '$$pods'), edit(/"name": "pod"/, '"name": "podd"')),
  },
  {
    id: 'dashboard-no-json',
    does: 'the dashboard is no JSON',
    mutations: edit(/("uid": "shop",)/, '"uid": "shop"'),
  },
  {
    id: 'dashboard-folder-missing',
    does: 'the dashboard lies in a folder that nobody makes',
    mutations: all(replace(dashboard, ['spec', 'folderRef'], /$/, '-2'), remove('GrafanaFolder', [])),
  },
  {
    id: 'dashboard-for-no-grafana',
    does: 'a data source, a folder or a dashboard chooses a Grafana that is not there',
    mutations: all(
      ...[source, dashboard, 'GrafanaFolder'].map((kind) =>
        replace(kind, ['spec', 'instanceSelector', 'matchLabels', '*'], /$/, '-2'),
      ),
      replace('Grafana', ['metadata', 'labels', '*'], /$/, '-2'),
      remove('Grafana', []),
    ),
  },
  {
    id: 'dashboard-in-another-namespace',
    does: 'content lies in another namespace than its Grafana, and may not cross',
    mutations: all(...[source, dashboard].map((kind) => set(kind, ['metadata', 'namespace'], () => 'default'))),
  },
  {
    id: 'grafana-token-missing',
    does: 'the secret with the token of Grafana is not there, or has another key',
    lint: { 'dashboards/missing-token-key': 'nobody makes the key with the token' },
    mutations: all(
      replace('Grafana', ['spec', 'external', 'apiKey', 'name'], /$/, '-2'),
      replace('Grafana', ['spec', 'external', 'apiKey', 'key'], /$/, '-2'),
      replace('ExternalSecret', ['spec', 'target', 'name'], /$/, '-2'),
      remove('ExternalSecret', []),
    ),
  },
  {
    id: 'insights-other-group',
    does: 'a question is asked of a log group that nobody makes or writes to',
    mutations: all(
      set(dashboard, json, (text: string) => text.replaceAll('/shop/containers', '/shop/container')),
      replace('AWS::Logs::QueryDefinition', ['Properties', 'LogGroupNames', '*'], /$/, '-2'),
    ),
  },
  {
    id: 'insights-other-region',
    does: 'a question is asked in another region than that of the log group',
    mutations: all(
      edit(/"region": "default"/, '"region": "us-east-1"'),
      set(source, [...jsonData, 'defaultRegion'], () => 'us-east-1'),
    ),
  },
  {
    id: 'insights-field-misspelt',
    does: 'a question reads a field that no line has',
    mutations: all(
      question(/kubernetes\.namespace_name/, 'kubernetes.namespace'),
      question(/kubernetes\.container_name/, 'kubernetes.container'),
      question(/kubernetes\.pod_name/, 'pod_name'),
    ),
  },
  {
    id: 'insights-filter-never',
    does: 'a question filters for a value that no line has',
    mutations: question(/= (\\?")shop/, '= $1store'),
  },
  {
    id: 'insights-syntax',
    does: 'a question does not parse',
    mutations: all(
      question(/\| stats /, '| stat '),
      question(/\| filter (\S+) =/, '| filter $1 is'),
      question(/\| sort /, '| order by '),
      question(/limit 100/, 'limit many'),
    ),
  },
  {
    id: 'datasource-gone',
    does: 'nobody makes the data source',
    mutations: remove(source, []),
  },
  {
    id: 'datasource-uid-renamed',
    does: 'the data source has another UID than panels ask for',
    mutations: replace(source, ['spec', 'uid'], /$/, '-v2'),
  },
  {
    id: 'datasource-other-region',
    does: 'requests are signed for another region than that of the URL, or sent to another',
    mutations: all(
      set(source, [...jsonData, 'sigV4Region'], () => 'us-east-1'),
      remove(source, [...jsonData, 'sigV4Region']),
      replace(source, [...model, 'url'], /ap-northeast-2/, 'us-east-1'),
    ),
  },
  {
    id: 'datasource-other-url',
    does: 'the URL is not that of a workspace',
    mutations: all(
      replace(source, [...model, 'url'], /aps-workspaces/, 'aps'),
      replace(source, [...model, 'url'], /\/workspaces\//, '/workspace/'),
      replace(source, [...model, 'url'], /$/, '/api/v1/remote_write'),
      replace(source, [...model, 'url'], /^https/, 'http'),
      remove(source, [...model, 'url']),
    ),
  },
  {
    id: 'datasource-other-workspace',
    does: 'the data source is another workspace than collectors write to, or none',
    lint: { 'dashboards/literal-workspace': 'the id in the URL is that of no workspace that is made' },
    mutations: all(
      replace(source, [...model, 'url'], /\$\{\w+\}/, 'ws-00000000-0000-0000-0000-000000000000'),
      replace(source, [...model, 'url'], /\$\{(\w+)\}/, '$${the_$1}'),
      replace(source, ['spec', 'valuesFrom', '*', 'valueFrom', 'configMapKeyRef', 'name'], /$/, '-2'),
      replace(source, ['spec', 'valuesFrom', '*', 'valueFrom', 'configMapKeyRef', 'key'], /$/, '-2'),
      replace(source, ['spec', 'valuesFrom', '*', 'targetPath'], /^url$/, 'uri'),
      remove(source, ['spec', 'valuesFrom']),
    ),
  },
  {
    id: 'datasource-unsigned',
    does: 'nothing signs the requests, or for another service',
    mutations: all(
      set(source, [...jsonData, 'sigV4Auth'], () => false),
      remove(source, [...jsonData, 'sigV4Auth']),
      set(source, [...jsonData, 'sigv4Service'], () => 'es'),
    ),
  },
  {
    id: 'datasource-plugin-without-signatures',
    does: "Grafana's own plugin for Prometheus, which signs nothing from version 12 on",
    mutations: set(source, [...model, 'type'], (type: string) =>
      type === 'grafana-amazonprometheus-datasource' ? 'prometheus' : undefined,
    ),
  },
  {
    id: 'datasource-unknown-plugin',
    does: 'the data source is of a kind that nobody has',
    mutations: replace(source, [...model, 'type'], /^grafana-amazonprometheus|^cloudwatch$/, 'amp'),
  },
  {
    id: 'datasource-as-another-role',
    does: 'requests are signed as a role that nobody declares',
    mutations: set(source, jsonData, (data: object) => ({
      ...data,
      assumeRoleArn: 'arn:aws:iam::444455556666:role/Reader',
    })),
  },
  {
    id: 'grafana-role-without-action',
    does: "Grafana's role may not ask",
    lint: { 'dashboards/partial-query-rights': 'the role lacks what the data source asks for beside queries' },
    mutations: where(
      ofGrafana,
      all(
        replace(policy, [...grants, 'Action', '*'], /^aps:QueryMetrics$/, 'aps:RemoteWrite'),
        replace(policy, [...grants, 'Action', '*'], /^logs:StartQuery$/, 'logs:PutLogEvents'),
        replace(policy, [...grants, 'Action', '*'], /^aps:/, 'prometheus:'),
      ),
    ),
  },
  {
    id: 'grafana-role-other-resource',
    does: "Grafana's role may ask another workspace or log group only",
    mutations: where(
      ofGrafana,
      set(policy, [...grants, 'Resource'], (resource: unknown) => {
        const id = (resource as { 'Fn::GetAtt'?: string[] })['Fn::GetAtt']?.[0];
        const other =
          id === 'Metrics'
            ? 'aps:ap-northeast-2:111122223333:workspace/ws-00000000-0000-0000-0000-000000000000'
            : 'logs:ap-northeast-2:111122223333:log-group:/shop/other:*';
        return id && `arn:aws:${other}`;
      }),
    ),
  },
  {
    id: 'grafana-role-denied',
    does: "Grafana's role is denied what it asks for",
    mutations: where(
      ofGrafana,
      set(policy, [...grants, 'Effect'], (_: string, { value }, path) => {
        const statements = (value as { Properties: { PolicyDocument: { Statement: { Action: string[] }[] } } })
          .Properties.PolicyDocument.Statement;
        const actions = statements[Number(path.at(-2))]?.Action ?? [];
        return [actions].flat().some((action) => /QueryMetrics|StartQuery/.test(action)) ? 'Deny' : undefined;
      }),
    ),
  },
  {
    id: 'grafana-role-trusts-another',
    does: 'Grafana may not take the role',
    mutations: where(
      ofGrafana,
      all(
        replace(role, [...trust, 'Principal', 'Service'], /^grafana/, 'prometheus'),
        replace(role, [...trust, 'Condition', 'StringEquals', 'aws:SourceAccount'], /^\d+$/, '444455556666'),
        replace(role, [...trust, 'Condition', 'StringLike', 'aws:SourceArn'], /ap-northeast-2/, 'us-east-1'),
        replace(role, [...trust, 'Action'], /^sts:AssumeRole$/, 'sts:AssumeRoleWithSAML'),
        replace(role, [...trust, 'Effect'], /^Allow$/, 'Deny'),
      ),
    ),
  },
  {
    id: 'grafana-role-without-policy',
    does: "Grafana's role has no policy",
    mutations: where(ofGrafana, remove(policy, [])),
  },
  {
    id: 'grafana-without-role',
    does: 'the workspace has another role, or none',
    mutations: where(
      (_, yard) => yard.of(dashboard).length > 0,
      all(
        remove('AWS::Grafana::Workspace', ['Properties', 'RoleArn']),
        set('AWS::Grafana::Workspace', ['Properties', 'RoleArn'], () => 'arn:aws:iam::111122223333:role/shop-metrics'),
      ),
    ),
  },
];
