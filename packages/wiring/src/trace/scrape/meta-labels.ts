import type { Role, TargetSource } from '../collectors/scrape-plan';

const words = (text: string) => text.trim().split(/\s+/);

const POD = words(`namespace pod_name pod_ip pod_container_init pod_container_name pod_container_id pod_container_image
  pod_container_port_name pod_container_port_number pod_container_port_protocol pod_ready pod_phase pod_node_name pod_host_ip
  pod_uid pod_controller_kind pod_controller_name`);
const SERVICE = words(`namespace service_name service_cluster_ip service_loadbalancer_ip service_external_name
  service_port_name service_port_number service_port_protocol service_type`);
const ENDPOINTS = words(`endpoints_name endpoint_hostname endpoint_node_name endpoint_ready endpoint_port_name
  endpoint_port_protocol endpoint_address_target_kind endpoint_address_target_name`);
const SLICE = words(`endpointslice_name endpointslice_address_target_kind endpointslice_address_target_name
  endpointslice_address_type endpointslice_endpoint_conditions_ready endpointslice_endpoint_conditions_serving
  endpointslice_endpoint_conditions_terminating endpointslice_endpoint_hostname endpointslice_endpoint_node_name
  endpointslice_endpoint_topology_kubernetes_io_hostname endpointslice_endpoint_zone endpointslice_port
  endpointslice_port_app_protocol endpointslice_port_name endpointslice_port_protocol`);
const NODE = words('node_name node_provider_id');

const META = '__meta_kubernetes_';
/** What stands before the names of labels and annotations, which anybody may choose. */
const OPEN = (of: string) =>
  new RegExp(`^(?:${of})_(?:label|labelpresent|annotation|annotationpresent|address|endpoint_topology)_`);

const NAMES: Readonly<Partial<Record<Role, { readonly names: readonly string[]; readonly open: RegExp }>>> = {
  pod: { names: POD, open: OPEN('pod') },
  service: { names: SERVICE, open: OPEN('service') },
  endpoints: { names: [...ENDPOINTS, ...SERVICE, ...POD], open: OPEN('pod|service|endpoints') },
  endpointslice: { names: [...SLICE, ...SERVICE, ...POD], open: OPEN('pod|service|endpointslice') },
  node: { names: NODE, open: OPEN('node') },
};

/**
 * The labels that Kubernetes discovery of a role gives, without those of labels and annotations.
 *
 * @see https://prometheus.io/docs/prometheus/latest/configuration/configuration/#kubernetes_sd_config
 */
export function metaLabelsOf(role: Role): readonly string[] {
  return (NAMES[role]?.names ?? []).map((name) => META + name);
}

/** A label of Kubernetes discovery that the discovery of a source never gives. */
export function isNeverGiven(label: string, { role, also }: TargetSource): boolean {
  const known = NAMES[role];
  if (!known || !label.startsWith(META)) return false;
  const name = label.slice(META.length);
  // Labels of nodes and namespaces come with an option, which later versions have for more roles.
  if (/^(?:node|namespace)_/.test(name) && (also.length > 0 || OPEN('node|namespace').test(name))) return false;
  return !known.names.includes(name) && !known.open.test(name);
}
