import type { Files } from '../example';
import { METRICS } from './metrics';
import { accountWithRole, PODS_ARE_FOUND } from './parts';

/** The same shop with a Prometheus in agent mode and an id that somebody copied: all but the workspace is proven. */
export const PROMETHEUS: Files = {
  'sightline.json': METRICS['sightline.json'].replace(', "store.yaml"', ''),
  'role.template.yaml': METRICS['role.template.yaml'].replace(/\n +Condition:\n +StringEquals:\n +aws:Res.*\n/, '\n'),
  'shop.yaml': METRICS['shop.yaml'],
  'collector.yaml': `${accountWithRole('meter', 'Meter')}${PODS_ARE_FOUND}apiVersion: v1
kind: ConfigMap
metadata: {name: meter, namespace: observe}
data:
  prometheus.yml: |
    scrape_configs:
      - job_name: pods
        kubernetes_sd_configs:
          - role: pod
            namespaces:
              names: [shop]
        relabel_configs:
          - source_labels: [__meta_kubernetes_pod_annotation_prometheus_io_scrape]
            regex: "true"
            action: keep
          - source_labels: [__meta_kubernetes_pod_annotation_prometheus_io_path]
            regex: (.+)
            target_label: __metrics_path__
          - source_labels: [__meta_kubernetes_pod_ip, __meta_kubernetes_pod_annotation_prometheus_io_port]
            separator: ":"
            regex: (.+):(\\d+)
            target_label: __address__
            replacement: $1:$2
        metric_relabel_configs:
          - source_labels: [__name__]
            regex: go_.*
            action: drop
    remote_write:
      - url: https://aps-workspaces.eu-west-1.amazonaws.com/workspaces/ws-0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9/api/v1/remote_write
        queue_config: {retry_on_http_429: true}
        sigv4:
          region: eu-west-1
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: meter, namespace: observe}
spec:
  replicas: 1
  selector: {matchLabels: {app: meter}}
  template:
    metadata:
      labels: {app: meter}
      annotations: {checksum/config: 0f1e2d3c}
    spec:
      serviceAccountName: meter
      containers:
        - name: prometheus
          image: quay.io/prometheus/prometheus:v3.14.0
          args: [--agent, --config.file=/etc/prometheus/prometheus.yml, --storage.agent.path=/prometheus]
          ports:
            - {name: http, containerPort: 9090}
          readinessProbe:
            httpGet: {path: /-/ready, port: http}
          resources:
            requests: {cpu: 100m, memory: 256Mi}
            limits: {memory: 512Mi}
          volumeMounts:
            - {name: config, mountPath: /etc/prometheus}
            - {name: data, mountPath: /prometheus}
      volumes:
        - name: config
          configMap: {name: meter}
        - name: data
          emptyDir: {}
`,
};

/** The same with a job for the kubelets of all nodes. */
export const WITH_NODES: Files = {
  ...PROMETHEUS,
  'collector.yaml': PROMETHEUS['collector.yaml']
    .replace(
      'rules:\n',
      `rules:
  - apiGroups: [""]
    resources: [nodes]
    verbs: [get, list, watch]
  - apiGroups: [""]
    resources: [nodes/metrics]
    verbs: [get]
`,
    )
    .replace(
      '    remote_write:\n',
      `      - job_name: kubelet
        scheme: https
        authorization: {credentials_file: /var/run/secrets/kubernetes.io/serviceaccount/token}
        tls_config: {ca_file: /var/run/secrets/kubernetes.io/serviceaccount/ca.crt}
        kubernetes_sd_configs:
          - role: node
    remote_write:
`,
    ),
};
