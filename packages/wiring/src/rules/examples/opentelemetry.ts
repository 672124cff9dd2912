import type { Files } from '../example';
import { METRICS } from './metrics';
import { accountWithRole, PODS_ARE_FOUND } from './parts';

/** The same shop with an OpenTelemetry collector of ADOT, and the workspace that ACK makes: every hop is proven. */
export const OPENTELEMETRY: Files = {
  ...METRICS,
  'collector.yaml': `${accountWithRole('meter', 'Meter')}${PODS_ARE_FOUND}apiVersion: v1
kind: ConfigMap
metadata: {name: meter, namespace: observe}
data:
  collector.yaml: |
    extensions:
      health_check:
        endpoint: 0.0.0.0:13133
      sigv4auth:
        region: \${env:AWS_REGION}
        service: aps
    receivers:
      prometheus:
        config:
          scrape_configs:
            - job_name: pods
              kubernetes_sd_configs:
                - role: pod
              relabel_configs:
                - source_labels: [__meta_kubernetes_pod_annotation_prometheus_io_scrape]
                  regex: "true"
                  action: keep
                - source_labels: [__meta_kubernetes_pod_ip, __meta_kubernetes_pod_annotation_prometheus_io_port]
                  separator: ":"
                  regex: (.+):(\\d+)
                  target_label: __address__
                  replacement: $$1:$$2
    processors:
      batch: {}
    exporters:
      prometheusremotewrite:
        endpoint: https://aps-workspaces.\${env:AWS_REGION}.amazonaws.com/workspaces/\${env:WORKSPACE}/api/v1/remote_write
        auth:
          authenticator: sigv4auth
    service:
      extensions: [health_check, sigv4auth]
      pipelines:
        metrics:
          receivers: [prometheus]
          processors: [batch]
          exporters: [prometheusremotewrite]
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
        - name: collector
          image: public.ecr.aws/aws-observability/aws-otel-collector:v0.49.0
          args: [--config=/etc/otel/collector.yaml]
          env:
            - {name: AWS_REGION, value: eu-west-1}
            - name: WORKSPACE
              valueFrom:
                configMapKeyRef: {name: workspace, key: id}
          ports:
            - {name: health, containerPort: 13133}
          readinessProbe:
            httpGet: {path: /, port: health}
          resources:
            requests: {cpu: 100m, memory: 256Mi}
            limits: {memory: 512Mi}
          volumeMounts:
            - {name: config, mountPath: /etc/otel}
      volumes:
        - name: config
          configMap: {name: meter}
`,
};
