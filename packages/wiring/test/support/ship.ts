import { accountWithRole, EXAMPLE_ISSUER, roleOf } from '../../src/rules/examples/parts';
import type { Files } from './estate';

/** A shop whose lines a Fluent Bit takes to CloudWatch Logs, a stream for each namespace: every hop is proven. */
export const SHIP: Files = {
  'sightline.json': JSON.stringify({
    worlds: {
      dev: {
        manifests: ['shipper.yaml', 'shop.yaml'],
        templates: ['logs.template.yaml'],
        account: '111122223333',
        region: 'eu-west-1',
        cluster: 'shop-dev',
        issuer: `https://${EXAMPLE_ISSUER}`,
      },
    },
  }),
  'shop.yaml': `apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
        - {name: nginx, image: nginx}
        - {name: exporter, image: exporter}
---
apiVersion: batch/v1
kind: CronJob
metadata: {name: report, namespace: shop}
spec:
  jobTemplate:
    spec:
      template:
        spec:
          containers:
            - {name: report, image: report}
---
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db, namespace: data}
spec:
  template:
    spec:
      containers:
        - {name: db, image: db}
`,
  'shipper.yaml': `${accountWithRole('shipper', 'Shipper')}apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: shipper}
rules:
  - {apiGroups: [""], resources: [pods], verbs: [get]}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: shipper-binding}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: shipper}
subjects:
  - {kind: ServiceAccount, name: shipper, namespace: observe}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: shipper-config, namespace: observe}
data:
  custom.conf: |
    [PARSER]
        Name    by_line
        Format  regex
        Regex   ^(?<time>[^ ]+) (?<stream>stdout|stderr) (?<flag>[^ ]*) (?<log>.*)$
  pipeline.yaml: |
    service:
      flush: 1
      parsers_file: custom.conf
      storage.path: /var/lib/shipper/buffer
    pipeline:
      inputs:
        - name: tail
          path: /var/log/containers/*_shop_*.log
          tag: kube.*
          multiline.parser: docker, cri
          db: /var/lib/shipper/tail.db
          read_from_head: true
          storage.type: filesystem
      filters:
        - name: kubernetes
          match: kube.*
          kube_tag_prefix: kube.var.log.containers.
          merge_log: true
        - name: grep
          match: kube.*
          exclude: log healthz
      outputs:
        - name: cloudwatch_logs
          match: kube.*
          region: \${AWS_REGION}
          log_group_name: /eks/shop
          log_stream_prefix: rest-
          log_stream_template: $kubernetes['namespace_name'].$kubernetes['container_name']
          auto_create_group: false
          retry_limit: no_limits
---
apiVersion: apps/v1
kind: DaemonSet
metadata: {name: shipper, namespace: observe}
spec:
  selector: {matchLabels: {app: shipper}}
  template:
    metadata: {labels: {app: shipper}}
    spec:
      serviceAccountName: shipper
      containers:
        - name: collector
          image: public.ecr.aws/aws-observability/aws-for-fluent-bit:3.5.8
          command: [/fluent-bit/bin/fluent-bit, -c, /etc/shipper/pipeline.yaml]
          env:
            - {name: AWS_REGION, value: eu-west-1}
          securityContext: {readOnlyRootFilesystem: true}
          volumeMounts:
            - {name: config, mountPath: /etc/shipper}
            - {name: logs, mountPath: /var/log, readOnly: true}
            - {name: state, mountPath: /var/lib/shipper}
      volumes:
        - name: config
          configMap: {name: shipper-config}
        - name: logs
          hostPath: {path: /var/log}
        - name: state
          hostPath: {path: /var/lib/shipper}
`,
  'logs.template.yaml': `Resources:
  Logs:
    Type: AWS::Logs::LogGroup
    Properties:
      LogGroupName: /eks/shop
      RetentionInDays: 30
${roleOf(
  'Shipper',
  'shipper',
  `Action: [logs:CreateLogStream, logs:PutLogEvents]
Resource: !GetAtt Logs.Arn
`,
)}`,
};
