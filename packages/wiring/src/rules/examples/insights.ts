import type { Files } from '../example';
import { LOGS } from './logs';

/** Lines of a shop with the names of their pods, and a question to them. */
export const INSIGHTS: Files = {
  ...LOGS,
  'collector.yaml': LOGS['collector.yaml']
    .replace(
      '    [OUTPUT]\n',
      `    [FILTER]
        Name                      kubernetes
        Match                     kube.*
        Labels                    On

    [OUTPUT]
`,
    )
    .concat(`---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: shipper}
rules:
  - {apiGroups: [""], resources: [pods], verbs: [get]}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: shipper}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: shipper}
subjects:
  - {kind: ServiceAccount, name: shipper, namespace: observe}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
        - name: web
          image: registry.example.com/web:1.4.2
          resources:
            requests: {cpu: 50m, memory: 64Mi}
            limits: {memory: 64Mi}
`),
  'logs.template.yaml': `${LOGS['logs.template.yaml']}  Question:
    Type: AWS::Logs::QueryDefinition
    Properties:
      Name: shop/errors
      LogGroupNames: [/eks/shop]
      QueryString: |-
        fields @timestamp, kubernetes.pod_name, log
        | filter kubernetes.namespace_name = "shop" and kubernetes.labels.app = "web"
        | sort @timestamp desc
        | limit 100
`,
};
