/**
 * The jobs that the chart prometheus of prometheus-community runs when its values name none, as far as they choose
 * workloads and nodes (charts/prometheus/values.yaml; the same since chart 14).
 */
export const DEFAULT_JOBS = `- job_name: prometheus
  static_configs:
    - targets: [localhost:9090]
- job_name: kubernetes-nodes-cadvisor
  scheme: https
  tls_config: {ca_file: /var/run/secrets/kubernetes.io/serviceaccount/ca.crt}
  authorization: {credentials_file: /var/run/secrets/kubernetes.io/serviceaccount/token}
  kubernetes_sd_configs: [{role: node}]
  relabel_configs:
    - {action: labelmap, regex: __meta_kubernetes_node_label_(.+)}
    - {target_label: __address__, replacement: "kubernetes.default.svc:443"}
    - source_labels: [__meta_kubernetes_node_name]
      regex: (.+)
      target_label: __metrics_path__
      replacement: /api/v1/nodes/$1/proxy/metrics/cadvisor
- job_name: kubernetes-service-endpoints
  honor_labels: true
  kubernetes_sd_configs: [{role: endpoints}]
  relabel_configs:
    - {source_labels: [__meta_kubernetes_service_annotation_prometheus_io_scrape], action: keep, regex: "true"}
    - {source_labels: [__meta_kubernetes_service_annotation_prometheus_io_scrape_slow], action: drop, regex: "true"}
    - source_labels: [__meta_kubernetes_service_annotation_prometheus_io_scheme]
      target_label: __scheme__
      regex: (https?)
    - source_labels: [__meta_kubernetes_service_annotation_prometheus_io_path]
      target_label: __metrics_path__
      regex: (.+)
    - source_labels: [__address__, __meta_kubernetes_service_annotation_prometheus_io_port]
      target_label: __address__
      regex: (.+?)(?::\\d+)?;(\\d+)
      replacement: $1:$2
    - {source_labels: [__meta_kubernetes_namespace], target_label: namespace}
    - {source_labels: [__meta_kubernetes_service_name], target_label: service}
- job_name: kubernetes-pods
  honor_labels: true
  kubernetes_sd_configs: [{role: pod}]
  relabel_configs:
    - {source_labels: [__meta_kubernetes_pod_annotation_prometheus_io_scrape], action: keep, regex: "true"}
    - {source_labels: [__meta_kubernetes_pod_annotation_prometheus_io_scrape_slow], action: drop, regex: "true"}
    - source_labels: [__meta_kubernetes_pod_annotation_prometheus_io_scheme]
      regex: (https?)
      target_label: __scheme__
    - source_labels: [__meta_kubernetes_pod_annotation_prometheus_io_path]
      target_label: __metrics_path__
      regex: (.+)
    - source_labels: [__meta_kubernetes_pod_annotation_prometheus_io_port, __meta_kubernetes_pod_ip]
      regex: (\\d+);((([0-9]+?)(\\.|$)){4})
      replacement: $2:$1
      target_label: __address__
    - {source_labels: [__meta_kubernetes_pod_phase], regex: Pending|Succeeded|Failed|Completed, action: drop}
    - {source_labels: [__meta_kubernetes_namespace], target_label: namespace}
    - {source_labels: [__meta_kubernetes_pod_name], target_label: pod}
`;
