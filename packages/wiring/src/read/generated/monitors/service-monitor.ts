import type { KubeObject } from '../../../model';
import type { Node } from '../../../text';
import { at, booleanAt, itemsAt, mapAt, scalarAt } from '../../access';
import { discovery, given, jobOf, portOf, rulesOfUsers, secretsOf, settingsOf } from './job';
import { type MonitorJob, type MonitorMaker, scrapeClassOf } from './maker';
import { jobLabelRules, jobRule, labelRules, rule, runningRule, selectorRules } from './rules';

/** One job for each endpoint (prometheus-operator, pkg/prometheus/promcfg.go, generateServiceMonitorConfig). */
export function serviceMonitorJobs(object: KubeObject, maker: MonitorMaker): readonly MonitorJob[] {
  const spec = mapAt(object.node, 'spec');
  return itemsAt(spec, 'endpoints').map((endpoint, index) => job(object, spec, endpoint, index, maker));
}

/** The monitor may say what its targets are made of; Alloy does not ask it. */
function roleOf(spec: Node | undefined, { dialect, endpoints }: MonitorMaker): 'endpoints' | 'endpointslice' {
  const said = scalarAt(spec, 'serviceDiscoveryRole')?.value;
  if (dialect === 'alloy' || typeof said !== 'string') return endpoints;
  return said === 'EndpointSlice' ? 'endpointslice' : 'endpoints';
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
  const role = roleOf(spec, maker);
  const behind = `__meta_kubernetes_${role === 'endpoints' ? 'endpoint' : 'endpointslice'}`;
  const owner = [`${behind}_address_target_kind`, `${behind}_address_target_name`];
  const isByRole = maker.dialect === 'operator' && scalarAt(spec, 'selectorMechanism')?.value === 'RoleSelector';
  const selecting = isByRole ? [] : selectorRules(at(spec, 'selector'), 'service');
  const port = portRule(endpoint, behind);
  const target = given(endpoint, 'port') ?? given(endpoint, 'targetPort');
  const pod = rule(span, { sources: ['__meta_kubernetes_pod_name'], target: 'pod' });
  const container = rule(span, { sources: ['__meta_kubernetes_pod_container_name'], target: 'container' });
  const rules = [
    jobRule(span),
    ...selecting,
    ...(port ? [port] : []),
    rule(span, { sources: owner, separator: ';', regex: 'Node;(.*)', target: 'node', replacement: '$1' }),
    rule(span, { sources: owner, separator: ';', regex: 'Pod;(.*)', target: 'pod', replacement: '$1' }),
    rule(span, { sources: ['__meta_kubernetes_namespace'], target: 'namespace' }),
    rule(span, { sources: ['__meta_kubernetes_service_name'], target: 'service' }),
    ...(maker.dialect === 'alloy' ? [container, pod] : [pod, container]),
    ...(booleanAt(endpoint, 'filterRunning') === false ? [] : [runningRule(span)]),
    ...labelRules(itemsAt(spec, 'targetLabels'), 'service'),
    ...labelRules([...itemsAt(spec, 'podTargetLabels'), ...maker.podTargetLabels], 'pod'),
    rule(span, { sources: ['__meta_kubernetes_service_name'], target: 'job', replacement: '$1' }),
    ...jobLabelRules(spec, 'service'),
    ...(target ? [rule(target.span, { target: 'endpoint', replacement: `${target.value}` })] : []),
    ...itemsAt(class_, 'relabelings'),
    ...rulesOfUsers(itemsAt(endpoint, 'relabelings'), object, maker),
  ];
  const sampleRules = [
    ...itemsAt(class_, 'metricRelabelings'),
    ...rulesOfUsers(itemsAt(endpoint, 'metricRelabelings'), object, maker),
  ];
  const parts = { ...settingsOf(endpoint), ...discovery(object, spec, role, maker) };
  const name = `serviceMonitor/${namespace}/${object.name.value}/${index}`;
  return {
    node: jobOf(name, (target ?? endpoint).span, parts, rules, sampleRules),
    ...(port && { port: 1 + selecting.length }),
    secrets: secretsOf(endpoint),
  };
}

/** By the name that the Service gives a port, or by what the container behind it declares. */
function portRule(endpoint: Node, behind: string) {
  const keep = (source: string, node: Node, regex: string) =>
    rule(node.span, { action: 'keep', sources: [source], regex });
  const [name, target] = [given(endpoint, 'port'), given(endpoint, 'targetPort')];
  if (name) return keep(`${behind}_port_name`, name, `${name.value}`);
  const port = portOf(target);
  if (target && port.name !== undefined) return keep('__meta_kubernetes_pod_container_port_name', target, port.name);
  if (target && port.number !== undefined)
    return keep('__meta_kubernetes_pod_container_port_number', target, port.number);
  return undefined;
}
