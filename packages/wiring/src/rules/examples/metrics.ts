import type { Files } from '../example';
import { accountWithRole, PODS_ARE_FOUND, roleOf, worldOf } from './parts';

/**
 * A shop whose metrics Alloy scrapes and writes to a workspace that ACK makes: every hop is proven. The collector's
 * objects, the shop's, the store's and the role each have a file.
 */
export const METRICS: Files = {
  'sightline.json': worldOf(['collector.yaml', 'shop.yaml', 'store.yaml'], 'role.template.yaml'),
  'collector.yaml': `${accountWithRole('meter', 'Meter')}${PODS_ARE_FOUND}apiVersion: v1
kind: ConfigMap
metadata: {name: meter, namespace: observe}
data:
  config.alloy: |
    discovery.kubernetes "pods" {
      role = "pod"
      namespaces {
        names = ["shop"]
      }
    }

    discovery.relabel "pods" {
      targets = discovery.kubernetes.pods.targets

      rule {
        source_labels = ["__meta_kubernetes_pod_annotation_prometheus_io_scrape"]
        regex         = "true"
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

    prometheus.scrape "pods" {
      targets    = discovery.relabel.pods.output
      forward_to = [prometheus.remote_write.store.receiver]
    }

    prometheus.remote_write "store" {
      endpoint {
        url = "https://aps-workspaces.eu-west-1.amazonaws.com/workspaces/" + sys.env("WORKSPACE") + "/api/v1/remote_write"

        sigv4 {
          region = "eu-west-1"
        }
      }
    }
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
      annotations:
        checksum/config: 0f1e2d3c
    spec:
      serviceAccountName: meter
      containers:
        - name: alloy
          image: docker.io/grafana/alloy:v1.18.1
          args: [run, /etc/alloy/config.alloy]
          env:
            - name: WORKSPACE
              valueFrom:
                configMapKeyRef: {name: workspace, key: id}
          ports:
            - {name: http, containerPort: 12345}
          readinessProbe:
            httpGet: {path: /-/ready, port: http}
          resources:
            requests: {cpu: 100m, memory: 256Mi}
            limits: {memory: 512Mi}
          volumeMounts:
            - {name: config, mountPath: /etc/alloy}
      volumes:
        - name: config
          configMap: {name: meter}
`,
  'shop.yaml': `apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata:
      labels: {app: web}
      annotations:
        prometheus.io/scrape: "true"
        prometheus.io/port: "9113"
    spec:
      containers:
        - name: exporter
          image: nginx/nginx-prometheus-exporter:1.5.0
          ports:
            - {name: metrics, containerPort: 9113}
          readinessProbe:
            httpGet: {path: /metrics, port: metrics}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: web, namespace: shop}
spec:
  podSelector: {matchLabels: {app: web}}
  policyTypes: [Ingress]
  ingress:
    - from:
        - namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: observe}}
      ports:
        - {protocol: TCP, port: 9113}
`,
  'store.yaml': `apiVersion: prometheusservice.services.k8s.aws/v1alpha1
kind: Workspace
metadata:
  name: shop
  namespace: observe
  annotations:
    services.k8s.aws/deletion-policy: retain
    services.k8s.aws/region: eu-west-1
spec:
  alias: shop-dev
  tags: {stage: dev}
---
apiVersion: services.k8s.aws/v1alpha1
kind: FieldExport
metadata: {name: shop-id, namespace: observe}
spec:
  from:
    path: .status.workspaceID
    resource: {group: prometheusservice.services.k8s.aws, kind: Workspace, name: shop}
  to: {kind: configmap, name: workspace, key: id}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: workspace, namespace: observe}
`,
  'role.template.yaml': `Resources:
${roleOf(
  'Meter',
  'meter',
  `Action: aps:RemoteWrite
Resource: arn:aws:aps:eu-west-1:111122223333:workspace/*
Condition:
  StringEquals:
    aws:ResourceTag/stage: dev
`,
)}`,
};
