import type { Files } from '../example';
import { accountWithRole, roleOf, worldOf } from './parts';

/** Fluent Bit, which writes the lines of a node's containers into a log group that a template makes. */
export const LOGS: Files = {
  'sightline.json': worldOf(['collector.yaml'], 'logs.template.yaml'),
  'collector.yaml': `${accountWithRole('shipper', 'Shipper')}apiVersion: v1
kind: ConfigMap
metadata: {name: shipper, namespace: observe}
data:
  fluent-bit.conf: |
    [SERVICE]
        Flush                     1
        HTTP_Server               On
        HTTP_Port                 2020
        storage.path              /var/fluent-bit/state/buffer
        storage.sync              normal
        storage.max_chunks_up     128

    [INPUT]
        Name                      tail
        Tag                       kube.*
        Path                      /var/log/containers/*.log
        multiline.parser          cri
        DB                        /var/fluent-bit/state/tail.db
        storage.type              filesystem
        Mem_Buf_Limit             32MB
        Skip_Long_Lines           On
        Read_from_Head            On

    [OUTPUT]
        Name                      cloudwatch_logs
        Match                     kube.*
        region                    eu-west-1
        log_group_name            /eks/shop
        log_stream_prefix         node-
        auto_create_group         false
        retry_limit               no_limits
        storage.total_limit_size  2G
---
apiVersion: apps/v1
kind: DaemonSet
metadata: {name: shipper, namespace: observe}
spec:
  selector: {matchLabels: {app: shipper}}
  template:
    metadata:
      labels: {app: shipper}
      annotations:
        checksum/config: 0f1e2d3c
    spec:
      serviceAccountName: shipper
      tolerations:
        - operator: Exists
      containers:
        - name: fluent-bit
          image: public.ecr.aws/aws-observability/aws-for-fluent-bit:3.5.8
          command: [/fluent-bit/bin/fluent-bit, -c, /etc/shipper/fluent-bit.conf]
          ports:
            - {name: http, containerPort: 2020}
          livenessProbe:
            httpGet: {path: /, port: http}
          resources:
            requests: {cpu: 50m, memory: 100Mi}
            limits: {memory: 250Mi}
          volumeMounts:
            - {name: config, mountPath: /etc/shipper}
            - {name: logs, mountPath: /var/log, readOnly: true}
            - {name: state, mountPath: /var/fluent-bit/state}
      volumes:
        - name: config
          configMap: {name: shipper}
        - name: logs
          hostPath: {path: /var/log}
        - name: state
          hostPath: {path: /var/fluent-bit/state, type: DirectoryOrCreate}
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
