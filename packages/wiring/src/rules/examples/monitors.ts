import type { Files } from '../example';
import { METRICS } from './metrics';
import { accountWithRole, PODS_ARE_FOUND, worldOf } from './parts';

/** The shop as two monitors name it, for a PrometheusAgent of the Prometheus operator: every hop is proven. */
export const MONITORS_OF_SHOP: Files = {
  'sightline.json': worldOf(['collector.yaml', 'shop.yaml'], 'role.template.yaml').replace(
    '"account"',
    '"workspaces": ["ws-0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9"],\n      "account"',
  ),
  'role.template.yaml': METRICS['role.template.yaml'].replace(/\n +Condition:\n +StringEquals:\n +aws:Res.*\n/, '\n'),
  'collector.yaml': `${accountWithRole('meter', 'Meter')}${PODS_ARE_FOUND.replace(
    'resources: [pods]',
    'resources: [pods, services, endpoints]',
  )}apiVersion: monitoring.coreos.com/v1alpha1
kind: PrometheusAgent
metadata: {name: meter, namespace: observe}
spec:
  serviceAccountName: meter
  podMonitorSelector:
    matchLabels: {team: shop}
  podMonitorNamespaceSelector: {}
  serviceMonitorSelector:
    matchLabels: {team: shop}
  serviceMonitorNamespaceSelector: {}
  remoteWrite:
    - url: https://aps-workspaces.eu-west-1.amazonaws.com/workspaces/ws-0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9/api/v1/remote_write
      queueConfig: {retryOnRateLimit: true}
      sigv4: {region: eu-west-1}
`,
  'shop.yaml': `apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata:
      labels: {app: web}
    spec:
      containers:
        - name: exporter
          image: nginx/nginx-prometheus-exporter:1.5.0
          ports:
            - {name: metrics, containerPort: 9113}
---
apiVersion: v1
kind: Service
metadata:
  name: web
  namespace: shop
  labels: {app: web}
spec:
  selector: {app: web}
  ports:
    - {name: http-metrics, port: 80, targetPort: metrics}
---
apiVersion: monitoring.coreos.com/v1
kind: PodMonitor
metadata:
  name: web
  namespace: shop
  labels: {team: shop}
spec:
  selector:
    matchLabels: {app: web}
  podMetricsEndpoints:
    - port: metrics
---
apiVersion: monitoring.coreos.com/v1
kind: ServiceMonitor
metadata:
  name: web
  namespace: shop
  labels: {team: shop}
spec:
  selector:
    matchLabels: {app: web}
  endpoints:
    - port: http-metrics
`,
};
