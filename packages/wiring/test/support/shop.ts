import type { Files } from './estate';

/** A shop in one namespace, and the collector of another that scrapes it: every hop of its metrics is proven. */
export const SHOP: Files = {
  'sightline.json': JSON.stringify({
    worlds: {
      dev: {
        manifests: ['collector.yaml', 'shop.yaml'],
        account: '111122223333',
        region: 'ap-northeast-2',
        cluster: 'shop-dev',
      },
    },
  }),
  'collector.yaml': `apiVersion: v1
kind: Namespace
metadata: {name: observe, labels: {team: platform}}
---
apiVersion: v1
kind: ServiceAccount
metadata: {name: meter, namespace: observe}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: meter}
rules:
  - apiGroups: [""]
    resources: [pods]
    verbs: [get, list, watch]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: meter-binding}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: meter}
subjects:
  - {kind: ServiceAccount, name: meter, namespace: observe}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: meter-config, namespace: observe}
data:
  main.alloy: |
    discovery.kubernetes "pods" {
      role = "pod"
      namespaces {
        names = ["shop"]
      }
      selectors {
        role  = "pod"
        label = "part-of=shop"
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
        regex         = "([^:]+):(\\\\d+)"
        target_label  = "__address__"
        replacement   = "$1:$2"
      }
      rule {
        source_labels = ["__meta_kubernetes_pod_annotation_prometheus_io_path"]
        target_label  = "__metrics_path__"
      }
      rule {
        source_labels = ["__meta_kubernetes_pod_annotation_prometheus_io_scheme"]
        regex         = "(.+)"
        target_label  = "__scheme__"
      }
      rule {
        source_labels = ["__meta_kubernetes_pod_name"]
        target_label  = "pod"
      }
      rule {
        source_labels = ["__meta_kubernetes_namespace"]
        target_label  = "namespace"
      }
    }

    prometheus.scrape "pods" {
      targets    = discovery.relabel.pods.output
      forward_to = [prometheus.relabel.small.receiver]
    }

    prometheus.relabel "small" {
      forward_to = [prometheus.remote_write.store.receiver]
      rule {
        source_labels = ["__name__"]
        regex         = "go_.*"
        action        = "drop"
      }
    }

    prometheus.remote_write "store" {
      endpoint {
        url = "http://store.observe:9009/api/v1/push"
      }
    }
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: meter, namespace: observe}
spec:
  template:
    metadata: {labels: {app: meter}}
    spec:
      serviceAccountName: meter
      containers:
        - name: collector
          image: docker.io/grafana/alloy:v1.18.1
          args: [run, /etc/meter/main.alloy]
          volumeMounts: [{name: config, mountPath: /etc/meter}]
      volumes: [{name: config, configMap: {name: meter-config}}]
`,
  'shop.yaml': `apiVersion: v1
kind: Namespace
metadata: {name: shop}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  template:
    metadata:
      annotations:
        prometheus.io/scrape: "true"
        prometheus.io/port: "9113"
      labels: {app: web, part-of: shop}
    spec:
      containers:
        - name: nginx
          image: nginx
          ports: [{name: http, containerPort: 8080}]
        - name: exporter
          image: exporter
          ports:
            - {name: metrics, containerPort: 9113}
          readinessProbe:
            httpGet: {path: /metrics, port: metrics}
---
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: cart, namespace: shop}
spec:
  template:
    metadata:
      annotations:
        prometheus.io/scrape: "true"
        prometheus.io/port: "8081"
      labels: {app: cart, part-of: shop}
    spec:
      containers:
        - name: cart
          image: cart
          ports: [{name: http, containerPort: 8081}]
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: fence, namespace: shop}
spec:
  podSelector: {}
  policyTypes: [Ingress]
  ingress:
    - from:
        - namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: observe}}
          podSelector: {matchLabels: {app: meter}}
      ports:
        - port: metrics
        - {port: 8081, protocol: TCP}
`,
};
