/** Manifests as large teams have them: a directory for each cluster, in it two collectors and many applications. */
import * as fs from 'node:fs';
import * as path from 'node:path';
import { root } from './run';

/** Applications of one cluster; with eight objects each, a cluster has about a thousand documents. */
const APPLICATIONS = 125;
const APP = path.join(root, 'apps/tictactoe-infra');
const BASE = path.join(APP, 'gitops/base');
const TEMPLATE = 'Observability-dev.template.json';
const COLLECTORS = ['monitoring/grafana-alloy.yaml', 'monitoring/fluent-bit.yaml', 'prometheus/workspace.yaml'];

/** Writes an estate of about so many documents; gives how many there are. */
export function mixedEstate(folder: string, documents: number): number {
  fs.mkdirSync(folder, { recursive: true });
  fs.copyFileSync(path.join(APP, 'cdk.out', TEMPLATE), path.join(folder, TEMPLATE));
  const collectors = read().map(asInDev);
  let written = 0;
  for (let cluster = 0; written < documents; cluster++) {
    const directory = path.join(folder, `cluster-${cluster}`);
    written += writeCollectors(directory, collectors);
    for (let number = 0; number < APPLICATIONS && written < documents; number++) {
      const objects = application(`team-${number % 10}`, `service-${number}`, number % 2 === 0);
      fs.writeFileSync(path.join(directory, `service-${number}.yaml`), objects.join('---\n'));
      written += objects.length;
    }
  }
  return written;
}

/** What the overlay `dev` adds; and every container of the cluster is read, not only the game's. */
function asInDev(text: string): string {
  return text
    .replace('*tictactoe*.log', '*.log')
    .replace(/^ {4}services\.k8s\.aws\/region: .*$/m, '$&\nspec:\n  tags:\n    sightline-overlay: dev')
    .replace(/- name: CLUSTER_NAME$/m, '$&\n              value: tictactoe-dev')
    .replace(/- name: LOG_GROUP_NAME$/m, '$&\n              value: /eks/tictactoe')
    .replace(/^kind: ServiceAccount\nmetadata:\n {2}name: (.*)$/m, (found, name) => {
      const role = name === 'fluent-bit' ? 'FluentBitRole' : 'GrafanaAgentAMPRole';
      return `${found}\n  annotations:\n    eks.amazonaws.com/role-arn: arn:aws:iam::111122223333:role/${role}`;
    });
}

/** Nothing but collectors, each two in a directory of their own: the most work for each document. */
export function collectorEstate(folder: string, documents: number): number {
  let written = 0;
  for (let copy = 0; written < documents; copy++) written += writeCollectors(path.join(folder, `copy-${copy}`), read());
  return written;
}

function read(): readonly string[] {
  return COLLECTORS.map((file) => fs.readFileSync(path.join(BASE, file), 'utf8'));
}

function writeCollectors(directory: string, texts: readonly string[]): number {
  fs.mkdirSync(directory, { recursive: true });
  texts.forEach((text, index) => {
    fs.writeFileSync(path.join(directory, `${index}.yaml`), text);
  });
  return texts.join('\n---\n').split(/^---$/m).length;
}

function application(namespace: string, name: string, isScraped: boolean): readonly string[] {
  const metadata = `metadata:
  name: ${name}
  namespace: ${namespace}
  labels:
    app.kubernetes.io/name: ${name}
    app.kubernetes.io/part-of: ${namespace}
`;
  const annotations = isScraped
    ? `      annotations:
        prometheus.io/scrape: "true"
        prometheus.io/port: "9090"
        prometheus.io/path: /metrics
`
    : '';
  return [
    `apiVersion: v1\nkind: ServiceAccount\n${metadata}automountServiceAccountToken: false\n`,
    `apiVersion: v1\nkind: ConfigMap\n${metadata}data:
  application.yaml: |
    server:
      port: 8080
      shutdown: graceful
    logging:
      level: info
      format: json
    features: [search, cart, checkout]
  LOG_LEVEL: info
`,
    `apiVersion: apps/v1\nkind: Deployment\n${metadata}spec:
  replicas: 3
  revisionHistoryLimit: 3
  selector:
    matchLabels:
      app.kubernetes.io/name: ${name}
  template:
    metadata:
${annotations}      labels:
        app.kubernetes.io/name: ${name}
        app.kubernetes.io/part-of: ${namespace}
    spec:
      serviceAccountName: ${name}
      topologySpreadConstraints:
        - maxSkew: 1
          topologyKey: topology.kubernetes.io/zone
          whenUnsatisfiable: ScheduleAnyway
          labelSelector:
            matchLabels:
              app.kubernetes.io/name: ${name}
      containers:
        - name: ${name}
          image: registry.example.com/${namespace}/${name}:1.4.2
          args: ["--config", "/etc/${name}/application.yaml"]
          env:
            - name: POD_NAME
              valueFrom:
                fieldRef:
                  fieldPath: metadata.name
            - name: LOG_LEVEL
              valueFrom:
                configMapKeyRef:
                  name: ${name}
                  key: LOG_LEVEL
          ports:
            - name: http
              containerPort: 8080
            - name: metrics
              containerPort: 9090
          readinessProbe:
            httpGet:
              path: /ready
              port: http
            periodSeconds: 10
          livenessProbe:
            httpGet:
              path: /live
              port: http
            periodSeconds: 20
          resources:
            requests:
              cpu: 100m
              memory: 128Mi
            limits:
              memory: 256Mi
          securityContext:
            allowPrivilegeEscalation: false
            readOnlyRootFilesystem: true
            capabilities:
              drop: [ALL]
          volumeMounts:
            - name: config
              mountPath: /etc/${name}
      volumes:
        - name: config
          configMap:
            name: ${name}
`,
    `apiVersion: v1\nkind: Service\n${metadata}spec:
  selector:
    app.kubernetes.io/name: ${name}
  ports:
    - name: http
      port: 80
      targetPort: http
`,
    `apiVersion: networking.k8s.io/v1\nkind: Ingress\n${metadata}spec:
  ingressClassName: alb
  rules:
    - host: ${name}.${namespace}.example.com
      http:
        paths:
          - path: /
            pathType: Prefix
            backend:
              service:
                name: ${name}
                port:
                  name: http
`,
    `apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\n${metadata}spec:
  minReplicas: 3
  maxReplicas: 12
  scaleTargetRef:
    apiVersion: apps/v1
    kind: Deployment
    name: ${name}
  metrics:
    - type: Resource
      resource:
        name: cpu
        target:
          type: Utilization
          averageUtilization: 70
`,
    `apiVersion: policy/v1\nkind: PodDisruptionBudget\n${metadata}spec:
  maxUnavailable: 1
  selector:
    matchLabels:
      app.kubernetes.io/name: ${name}
`,
    `apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\n${metadata}roleRef:
  kind: ClusterRole
  name: view
  apiGroup: rbac.authorization.k8s.io
subjects:
  - kind: ServiceAccount
    name: ${name}
    namespace: ${namespace}
`,
  ];
}
