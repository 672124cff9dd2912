import type { KubeObject } from '../../../model';
import type { Node } from '../../../text';
import { at, booleanAt, itemsAt, mapAt, scalarAt } from '../../access';
import { discovery, given, jobOf, portOf, rulesOfUsers, secretsOf, settingsOf } from './job';
import { type MonitorJob, type MonitorMaker, scrapeClassOf } from './maker';
import { jobLabelRules, jobRule, labelRules, rule, runningRule, selectorRules } from './rules';

/** One job for each endpoint (prometheus-operator, pkg/prometheus/promcfg.go, generatePodMonitorConfig). */
export function podMonitorJobs(object: KubeObject, maker: MonitorMaker): readonly MonitorJob[] {
  const spec = mapAt(object.node, 'spec');
  return itemsAt(spec, 'podMetricsEndpoints').map((endpoint, index) => job(object, spec, endpoint, index, maker));
}

function job(
  object: KubeObject,
  spec: Node | undefined,
  endpoint: Node,
  index: number,
  maker: MonitorMaker,
): MonitorJob {
  const { span } = object.name;
  const namespace = object.namespace?.value ?? '';
  const class_ = scrapeClassOf(spec, maker);
  const before = [jobRule(span), ...(booleanAt(endpoint, 'filterRunning') === false ? [] : [runningRule(span)])];
  const isByRole = maker.dialect === 'operator' && scalarAt(spec, 'selectorMechanism')?.value === 'RoleSelector';
  const selecting = isByRole ? [] : selectorRules(at(spec, 'selector'), 'pod');
  const port = portRule(endpoint);
  const target = given(endpoint, 'port') ?? given(endpoint, 'targetPort');
  const rules = [
    ...before,
    ...selecting,
    ...(port ? [port] : []),
    rule(span, { sources: ['__meta_kubernetes_namespace'], target: 'namespace' }),
    rule(span, { sources: ['__meta_kubernetes_pod_container_name'], target: 'container' }),
    rule(span, { sources: ['__meta_kubernetes_pod_name'], target: 'pod' }),
    ...labelRules([...itemsAt(spec, 'podTargetLabels'), ...maker.podTargetLabels], 'pod'),
    rule(span, { target: 'job', replacement: `${namespace}/${object.name.value}` }),
    ...jobLabelRules(spec, 'pod'),
    ...(target ? [rule(target.span, { target: 'endpoint', replacement: `${target.value}` })] : []),
    ...itemsAt(class_, 'relabelings'),
    ...rulesOfUsers(itemsAt(endpoint, 'relabelings'), object, maker),
  ];
  const place = target ?? given(endpoint, 'portNumber') ?? endpoint;
  const sampleRules = [
    ...itemsAt(class_, 'metricRelabelings'),
    ...rulesOfUsers(itemsAt(endpoint, 'metricRelabelings'), object, maker),
  ];
  const parts = { ...settingsOf(endpoint), ...discovery(object, spec, 'pod', maker) };
  const name = `podMonitor/${namespace}/${object.name.value}/${index}`;
  return {
    node: jobOf(name, place.span, parts, rules, sampleRules),
    ...(port && { port: before.length + selecting.length }),
    secrets: secretsOf(endpoint),
  };
}

function portRule(endpoint: Node) {
  const keep = (of: string, node: Node, regex: string) =>
    rule(node.span, { action: 'keep', sources: [`__meta_kubernetes_pod_container_port_${of}`], regex });
  const [name, number, target] = [
    given(endpoint, 'port'),
    given(endpoint, 'portNumber'),
    given(endpoint, 'targetPort'),
  ];
  if (name) return keep('name', name, `${name.value}`);
  if (number && number.value !== 0) return keep('number', number, `${number.value}`);
  const port = portOf(target);
  if (target && port.name !== undefined) return keep('name', target, port.name);
  if (target && port.number !== undefined) return keep('number', target, port.number);
  return undefined;
}
