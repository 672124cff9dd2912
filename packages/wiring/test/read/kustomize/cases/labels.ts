import type { KustomizeCase } from './case';

export const LABELS: readonly KustomizeCase[] = [
  {
    name: 'common labels',
    directory: '.',
    files: {
      'kustomization.yaml': 'resources: [a.yaml]\ncommonLabels: {team: x, app: over}\n',
      'a.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      serviceAccountName: web\n      containers:\n        - name: main\n          image: nginx:1.25\n          env:\n            - name: A\n              value: a\n            - name: B\n              value: b\n---\napiVersion: v1\nkind: Service\nmetadata: {name: s}\nspec:\n  ports: [{port: 80}]\n---\napiVersion: batch/v1\nkind: CronJob\nmetadata: {name: c}\nspec:\n  jobTemplate:\n    spec:\n      template:\n        spec: {containers: []}\n---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: n}\nspec:\n  podSelector: {matchLabels: {app: web}}\n  ingress:\n  - from:\n    - podSelector: {matchLabels: {app: web}}\n---\napiVersion: apps/v1\nkind: StatefulSet\nmetadata: {name: st}\nspec:\n  template: {spec: {}}\n  volumeClaimTemplates:\n  - metadata: {name: d}\n---\napiVersion: example.com/v1\nkind: Thing\nmetadata: {name: t}\nspec: {selector: {a: b}}\n',
    },
    expected:
      'apiVersion: v1\nkind: Service\nmetadata:\n  labels:\n    app: over\n    team: x\n  name: s\nspec:\n  ports:\n  - port: 80\n  selector:\n    app: over\n    team: x\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  labels:\n    app: over\n    team: x\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: over\n      team: x\n  template:\n    metadata:\n      labels:\n        app: over\n        team: x\n    spec:\n      containers:\n      - env:\n        - name: A\n          value: a\n        - name: B\n          value: b\n        image: nginx:1.25\n        name: main\n      serviceAccountName: web\n---\napiVersion: apps/v1\nkind: StatefulSet\nmetadata:\n  labels:\n    app: over\n    team: x\n  name: st\nspec:\n  selector:\n    matchLabels:\n      app: over\n      team: x\n  template:\n    metadata:\n      labels:\n        app: over\n        team: x\n    spec: {}\n  volumeClaimTemplates:\n  - metadata:\n      labels:\n        app: over\n        team: x\n      name: d\n---\napiVersion: batch/v1\nkind: CronJob\nmetadata:\n  labels:\n    app: over\n    team: x\n  name: c\nspec:\n  jobTemplate:\n    metadata:\n      labels:\n        app: over\n        team: x\n    spec:\n      template:\n        metadata:\n          labels:\n            app: over\n            team: x\n        spec:\n          containers: []\n---\napiVersion: example.com/v1\nkind: Thing\nmetadata:\n  labels:\n    app: over\n    team: x\n  name: t\nspec:\n  selector:\n    a: b\n---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata:\n  labels:\n    app: over\n    team: x\n  name: "n"\nspec:\n  ingress:\n  - from:\n    - podSelector:\n        matchLabels:\n          app: over\n          team: x\n  podSelector:\n    matchLabels:\n      app: over\n      team: x\n',
  },
  {
    name: 'labels only',
    directory: '.',
    files: {
      'kustomization.yaml': 'resources: [a.yaml]\nlabels:\n- pairs: {team: x}\n',
      'a.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      serviceAccountName: web\n      containers:\n        - name: main\n          image: nginx:1.25\n          env:\n            - name: A\n              value: a\n            - name: B\n              value: b\n---\napiVersion: v1\nkind: Service\nmetadata: {name: s}\nspec:\n  ports: [{port: 80}]\n---\napiVersion: batch/v1\nkind: CronJob\nmetadata: {name: c}\nspec:\n  jobTemplate:\n    spec:\n      template:\n        spec: {containers: []}\n---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: n}\nspec:\n  podSelector: {matchLabels: {app: web}}\n  ingress:\n  - from:\n    - podSelector: {matchLabels: {app: web}}\n---\napiVersion: apps/v1\nkind: StatefulSet\nmetadata: {name: st}\nspec:\n  template: {spec: {}}\n  volumeClaimTemplates:\n  - metadata: {name: d}\n---\napiVersion: example.com/v1\nkind: Thing\nmetadata: {name: t}\nspec: {selector: {a: b}}\n',
    },
    expected:
      'apiVersion: v1\nkind: Service\nmetadata:\n  labels:\n    team: x\n  name: s\nspec:\n  ports:\n  - port: 80\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  labels:\n    team: x\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      containers:\n      - env:\n        - name: A\n          value: a\n        - name: B\n          value: b\n        image: nginx:1.25\n        name: main\n      serviceAccountName: web\n---\napiVersion: apps/v1\nkind: StatefulSet\nmetadata:\n  labels:\n    team: x\n  name: st\nspec:\n  template:\n    spec: {}\n  volumeClaimTemplates:\n  - metadata:\n      name: d\n---\napiVersion: batch/v1\nkind: CronJob\nmetadata:\n  labels:\n    team: x\n  name: c\nspec:\n  jobTemplate:\n    spec:\n      template:\n        spec:\n          containers: []\n---\napiVersion: example.com/v1\nkind: Thing\nmetadata:\n  labels:\n    team: x\n  name: t\nspec:\n  selector:\n    a: b\n---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata:\n  labels:\n    team: x\n  name: "n"\nspec:\n  ingress:\n  - from:\n    - podSelector:\n        matchLabels:\n          app: web\n  podSelector:\n    matchLabels:\n      app: web\n',
  },
  {
    name: 'labels with templates',
    directory: '.',
    files: {
      'kustomization.yaml': 'resources: [a.yaml]\nlabels:\n- pairs: {team: x}\n  includeTemplates: true\n',
      'a.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      serviceAccountName: web\n      containers:\n        - name: main\n          image: nginx:1.25\n          env:\n            - name: A\n              value: a\n            - name: B\n              value: b\n---\napiVersion: v1\nkind: Service\nmetadata: {name: s}\nspec:\n  ports: [{port: 80}]\n---\napiVersion: batch/v1\nkind: CronJob\nmetadata: {name: c}\nspec:\n  jobTemplate:\n    spec:\n      template:\n        spec: {containers: []}\n---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: n}\nspec:\n  podSelector: {matchLabels: {app: web}}\n  ingress:\n  - from:\n    - podSelector: {matchLabels: {app: web}}\n---\napiVersion: apps/v1\nkind: StatefulSet\nmetadata: {name: st}\nspec:\n  template: {spec: {}}\n  volumeClaimTemplates:\n  - metadata: {name: d}\n---\napiVersion: example.com/v1\nkind: Thing\nmetadata: {name: t}\nspec: {selector: {a: b}}\n',
    },
    expected:
      'apiVersion: v1\nkind: Service\nmetadata:\n  labels:\n    team: x\n  name: s\nspec:\n  ports:\n  - port: 80\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  labels:\n    team: x\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n        team: x\n    spec:\n      containers:\n      - env:\n        - name: A\n          value: a\n        - name: B\n          value: b\n        image: nginx:1.25\n        name: main\n      serviceAccountName: web\n---\napiVersion: apps/v1\nkind: StatefulSet\nmetadata:\n  labels:\n    team: x\n  name: st\nspec:\n  template:\n    metadata:\n      labels:\n        team: x\n    spec: {}\n  volumeClaimTemplates:\n  - metadata:\n      labels:\n        team: x\n      name: d\n---\napiVersion: batch/v1\nkind: CronJob\nmetadata:\n  labels:\n    team: x\n  name: c\nspec:\n  jobTemplate:\n    metadata:\n      labels:\n        team: x\n    spec:\n      template:\n        metadata:\n          labels:\n            team: x\n        spec:\n          containers: []\n---\napiVersion: example.com/v1\nkind: Thing\nmetadata:\n  labels:\n    team: x\n  name: t\nspec:\n  selector:\n    a: b\n---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata:\n  labels:\n    team: x\n  name: "n"\nspec:\n  ingress:\n  - from:\n    - podSelector:\n        matchLabels:\n          app: web\n  podSelector:\n    matchLabels:\n      app: web\n',
  },
  {
    name: 'labels with selectors',
    directory: '.',
    files: {
      'kustomization.yaml':
        'resources: [a.yaml]\nlabels:\n- pairs: {team: x}\n  includeSelectors: true\n- pairs: {b: c}\n',
      'a.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      serviceAccountName: web\n      containers:\n        - name: main\n          image: nginx:1.25\n          env:\n            - name: A\n              value: a\n            - name: B\n              value: b\n---\napiVersion: v1\nkind: Service\nmetadata: {name: s}\nspec:\n  ports: [{port: 80}]\n---\napiVersion: batch/v1\nkind: CronJob\nmetadata: {name: c}\nspec:\n  jobTemplate:\n    spec:\n      template:\n        spec: {containers: []}\n---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: n}\nspec:\n  podSelector: {matchLabels: {app: web}}\n  ingress:\n  - from:\n    - podSelector: {matchLabels: {app: web}}\n---\napiVersion: apps/v1\nkind: StatefulSet\nmetadata: {name: st}\nspec:\n  template: {spec: {}}\n  volumeClaimTemplates:\n  - metadata: {name: d}\n---\napiVersion: example.com/v1\nkind: Thing\nmetadata: {name: t}\nspec: {selector: {a: b}}\n',
    },
    expected:
      'apiVersion: v1\nkind: Service\nmetadata:\n  labels:\n    b: c\n    team: x\n  name: s\nspec:\n  ports:\n  - port: 80\n  selector:\n    team: x\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  labels:\n    b: c\n    team: x\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n      team: x\n  template:\n    metadata:\n      labels:\n        app: web\n        team: x\n    spec:\n      containers:\n      - env:\n        - name: A\n          value: a\n        - name: B\n          value: b\n        image: nginx:1.25\n        name: main\n      serviceAccountName: web\n---\napiVersion: apps/v1\nkind: StatefulSet\nmetadata:\n  labels:\n    b: c\n    team: x\n  name: st\nspec:\n  selector:\n    matchLabels:\n      team: x\n  template:\n    metadata:\n      labels:\n        team: x\n    spec: {}\n  volumeClaimTemplates:\n  - metadata:\n      labels:\n        team: x\n      name: d\n---\napiVersion: batch/v1\nkind: CronJob\nmetadata:\n  labels:\n    b: c\n    team: x\n  name: c\nspec:\n  jobTemplate:\n    metadata:\n      labels:\n        team: x\n    spec:\n      template:\n        metadata:\n          labels:\n            team: x\n        spec:\n          containers: []\n---\napiVersion: example.com/v1\nkind: Thing\nmetadata:\n  labels:\n    b: c\n    team: x\n  name: t\nspec:\n  selector:\n    a: b\n---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata:\n  labels:\n    b: c\n    team: x\n  name: "n"\nspec:\n  ingress:\n  - from:\n    - podSelector:\n        matchLabels:\n          app: web\n          team: x\n  podSelector:\n    matchLabels:\n      app: web\n      team: x\n',
  },
  {
    name: 'labels in fields of their own',
    directory: '.',
    files: {
      'kustomization.yaml':
        'resources: [a.yaml]\nlabels:\n- pairs: {team: x}\n  fields:\n  - {path: spec/labels, kind: Thing, create: true}\n  - {path: spec/nothing, kind: Thing}\n',
      'a.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      serviceAccountName: web\n      containers:\n        - name: main\n          image: nginx:1.25\n          env:\n            - name: A\n              value: a\n            - name: B\n              value: b\n---\napiVersion: v1\nkind: Service\nmetadata: {name: s}\nspec:\n  ports: [{port: 80}]\n---\napiVersion: batch/v1\nkind: CronJob\nmetadata: {name: c}\nspec:\n  jobTemplate:\n    spec:\n      template:\n        spec: {containers: []}\n---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: n}\nspec:\n  podSelector: {matchLabels: {app: web}}\n  ingress:\n  - from:\n    - podSelector: {matchLabels: {app: web}}\n---\napiVersion: apps/v1\nkind: StatefulSet\nmetadata: {name: st}\nspec:\n  template: {spec: {}}\n  volumeClaimTemplates:\n  - metadata: {name: d}\n---\napiVersion: example.com/v1\nkind: Thing\nmetadata: {name: t}\nspec: {selector: {a: b}}\n',
    },
    expected:
      'apiVersion: v1\nkind: Service\nmetadata:\n  labels:\n    team: x\n  name: s\nspec:\n  ports:\n  - port: 80\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  labels:\n    team: x\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      containers:\n      - env:\n        - name: A\n          value: a\n        - name: B\n          value: b\n        image: nginx:1.25\n        name: main\n      serviceAccountName: web\n---\napiVersion: apps/v1\nkind: StatefulSet\nmetadata:\n  labels:\n    team: x\n  name: st\nspec:\n  template:\n    spec: {}\n  volumeClaimTemplates:\n  - metadata:\n      name: d\n---\napiVersion: batch/v1\nkind: CronJob\nmetadata:\n  labels:\n    team: x\n  name: c\nspec:\n  jobTemplate:\n    spec:\n      template:\n        spec:\n          containers: []\n---\napiVersion: example.com/v1\nkind: Thing\nmetadata:\n  labels:\n    team: x\n  name: t\nspec:\n  labels:\n    team: x\n  selector:\n    a: b\n---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata:\n  labels:\n    team: x\n  name: "n"\nspec:\n  ingress:\n  - from:\n    - podSelector:\n        matchLabels:\n          app: web\n  podSelector:\n    matchLabels:\n      app: web\n',
  },
  {
    name: 'common annotations',
    directory: '.',
    files: {
      'kustomization.yaml': 'resources: [a.yaml]\ncommonAnnotations: {note: "1"}\n',
      'a.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      serviceAccountName: web\n      containers:\n        - name: main\n          image: nginx:1.25\n          env:\n            - name: A\n              value: a\n            - name: B\n              value: b\n---\napiVersion: v1\nkind: Service\nmetadata: {name: s}\nspec:\n  ports: [{port: 80}]\n---\napiVersion: batch/v1\nkind: CronJob\nmetadata: {name: c}\nspec:\n  jobTemplate:\n    spec:\n      template:\n        spec: {containers: []}\n---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: n}\nspec:\n  podSelector: {matchLabels: {app: web}}\n  ingress:\n  - from:\n    - podSelector: {matchLabels: {app: web}}\n---\napiVersion: apps/v1\nkind: StatefulSet\nmetadata: {name: st}\nspec:\n  template: {spec: {}}\n  volumeClaimTemplates:\n  - metadata: {name: d}\n---\napiVersion: example.com/v1\nkind: Thing\nmetadata: {name: t}\nspec: {selector: {a: b}}\n',
    },
    expected:
      'apiVersion: v1\nkind: Service\nmetadata:\n  annotations:\n    note: "1"\n  name: s\nspec:\n  ports:\n  - port: 80\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  annotations:\n    note: "1"\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      annotations:\n        note: "1"\n      labels:\n        app: web\n    spec:\n      containers:\n      - env:\n        - name: A\n          value: a\n        - name: B\n          value: b\n        image: nginx:1.25\n        name: main\n      serviceAccountName: web\n---\napiVersion: apps/v1\nkind: StatefulSet\nmetadata:\n  annotations:\n    note: "1"\n  name: st\nspec:\n  template:\n    metadata:\n      annotations:\n        note: "1"\n    spec: {}\n  volumeClaimTemplates:\n  - metadata:\n      name: d\n---\napiVersion: batch/v1\nkind: CronJob\nmetadata:\n  annotations:\n    note: "1"\n  name: c\nspec:\n  jobTemplate:\n    metadata:\n      annotations:\n        note: "1"\n    spec:\n      template:\n        metadata:\n          annotations:\n            note: "1"\n        spec:\n          containers: []\n---\napiVersion: example.com/v1\nkind: Thing\nmetadata:\n  annotations:\n    note: "1"\n  name: t\nspec:\n  selector:\n    a: b\n---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata:\n  annotations:\n    note: "1"\n  name: "n"\nspec:\n  ingress:\n  - from:\n    - podSelector:\n        matchLabels:\n          app: web\n  podSelector:\n    matchLabels:\n      app: web\n',
  },
  {
    name: 'a label that is no text',
    directory: '.',
    files: {
      'kustomization.yaml': 'resources: [a.yaml]\ncommonLabels: {version: 1}\n',
      'a.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      serviceAccountName: web\n      containers:\n        - name: main\n          image: nginx:1.25\n          env:\n            - name: A\n              value: a\n            - name: B\n              value: b\n---\napiVersion: v1\nkind: Service\nmetadata: {name: s}\nspec:\n  ports: [{port: 80}]\n---\napiVersion: batch/v1\nkind: CronJob\nmetadata: {name: c}\nspec:\n  jobTemplate:\n    spec:\n      template:\n        spec: {containers: []}\n---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: n}\nspec:\n  podSelector: {matchLabels: {app: web}}\n  ingress:\n  - from:\n    - podSelector: {matchLabels: {app: web}}\n---\napiVersion: apps/v1\nkind: StatefulSet\nmetadata: {name: st}\nspec:\n  template: {spec: {}}\n  volumeClaimTemplates:\n  - metadata: {name: d}\n---\napiVersion: example.com/v1\nkind: Thing\nmetadata: {name: t}\nspec: {selector: {a: b}}\n',
    },
    expected: undefined,
  },
  {
    name: 'labels over nothing and over null',
    directory: '.',
    files: {
      'kustomization.yaml': 'resources: [a.yaml]\ncommonLabels: {a: b}\ncommonAnnotations: {c: d}\n',
      'a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: x\n  labels:\n  annotations: null\n',
    },
    expected: 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  annotations:\n    c: d\n  labels:\n    a: b\n  name: x\n',
  },
  {
    name: 'common labels over labels',
    directory: '.',
    files: {
      'kustomization.yaml': 'resources: [a.yaml]\ncommonLabels: {a: common}\nlabels: [{pairs: {a: own}}]\n',
      'a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: x\ndata:\n  a: b\n',
    },
    expected: 'apiVersion: v1\ndata:\n  a: b\nkind: ConfigMap\nmetadata:\n  labels:\n    a: common\n  name: x\n',
  },
];
