import type { Files } from '../example';
import { MONITORS_OF_SHOP } from './monitors';

/** The shop of the monitors, scraped by a Prometheus that takes rules too and tells an Alertmanager. */
export const OPERATED: Files = {
  ...MONITORS_OF_SHOP,
  'sightline.json': MONITORS_OF_SHOP['sightline.json']
    .replace('"shop.yaml"', '"shop.yaml", "rules.yaml"')
    .replace('"manifests"', '"metrics": [{"file": "web.prom", "workload": "shop/Deployment/web"}], "manifests"'),
  'web.prom': '# TYPE nginx_up gauge\nnginx_up 1\n',
  'collector.yaml': MONITORS_OF_SHOP['collector.yaml']
    .replace('monitoring.coreos.com/v1alpha1\nkind: PrometheusAgent', 'monitoring.coreos.com/v1\nkind: Prometheus')
    .replace(
      '  podMonitorSelector:',
      `  ruleSelector:
    matchLabels: {release: shop}
  ruleNamespaceSelector: {}
  alerting:
    alertmanagers: [{name: alertmanager-operated, namespace: observe, port: web}]
  podMonitorSelector:`,
    ),
  'rules.yaml': `apiVersion: monitoring.coreos.com/v1
kind: PrometheusRule
metadata:
  name: shop
  namespace: shop
  labels: {release: shop}
spec:
  groups:
    - name: shop
      rules:
        - record: namespace:nginx_up:min
          expr: min by (namespace) (nginx_up)
        - alert: WebDown
          expr: namespace:nginx_up:min{namespace="shop"} == 0
          for: 5m
          annotations: {summary: "{{ $labels.namespace }} does not answer"}
---
apiVersion: monitoring.coreos.com/v1
kind: Alertmanager
metadata: {name: shop, namespace: observe}
spec: {replicas: 1}
`,
};
