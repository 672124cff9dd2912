import type { Benign } from './benign-change';
import type { Files, Yard } from './yard';

/** A name that stands in several places, and another for it; every place changes at once. */
interface Rename {
  readonly of: string;
  /** What is replaced, in every file. */
  readonly from: RegExp;
  readonly to: string;
}

const word = (text: string) => new RegExp(`(?<![\\w./-])${text}(?![\\w-])`, 'g');

const names: readonly Rename[] = [
  {
    of: 'the namespace of the collectors',
    from: /(namespace: |name: |serviceaccount:)monitoring(?![\w-])/g,
    to: '$1observability',
  },
  { of: 'the namespace of ACK', from: /ack-system/g, to: 'aws-controllers' },
  { of: 'the game in dev', from: /((?:namespace|name): )tictactoe-(dev|staging|prod)$/gm, to: '$1tictactoe-of-$2' },
  { of: 'Alloy', from: /grafana-alloy(?!-config|\.yaml|-deployment|-serviceaccount)/g, to: 'collector-of-metrics' },
  { of: 'the configuration of Alloy', from: /grafana-alloy-config(?![\w-])/g, to: 'alloy-settings' },
  { of: 'the configuration of Fluent Bit', from: /fluent-bit-config(?![\w-])/g, to: 'logging' },
  { of: 'the file of Alloy', from: /config\.alloy/g, to: 'pipeline.alloy' },
  {
    of: 'the file of Fluent Bit',
    from: /(?<=^ {2}|\/etc\/fluent-bit\/)fluent-bit\.yaml(?=: \||$)/gm,
    to: 'pipeline.yaml',
  },
  { of: 'the ConfigMap of the workspace', from: /amp-workspace(?![\w-])/g, to: 'metrics-store' },
  { of: 'the key of the workspace', from: /(?<=key: |"key": "|\/data\/|\$\{)workspaceId/g, to: 'id' },
  { of: 'the workspace', from: /(?<=name: )eks-metrics$/gm, to: 'metrics' },
  { of: 'the FieldExport', from: /eks-metrics-workspace-id/g, to: 'export-of-id' },
  { of: 'the role of Alloy', from: /GrafanaAgentAMPRole/g, to: 'MetricsWriter' },
  { of: 'the role of Fluent Bit', from: /FluentBitRole(?!Arn)/g, to: 'LogWriter' },
  { of: 'the tag', from: /sightline-overlay/g, to: 'stage' },
  { of: 'the log group', from: /\/eks\/tictactoe/g, to: '/clusters/game' },
  { of: 'the account', from: /111122223333/g, to: '444455556666' },
  { of: 'the region', from: /ap-northeast-2/g, to: 'eu-west-1' },
  { of: 'the cluster of dev', from: /(?<=value: |cluster\/|"cluster": ")tictactoe-dev/g, to: 'game-one' },
  { of: 'the issuer of dev', from: /8D2F1A7C4B9E63F05A1C7E2D9B4F6A03/g, to: '0123456789ABCDEF0123456789ABCDEF' },
  { of: 'the variable of the cluster', from: /CLUSTER_NAME/g, to: 'EKS_CLUSTER' },
  { of: 'the variable of the workspace', from: /AMP_WORKSPACE_ID/g, to: 'STORE' },
  { of: 'the variable of the group', from: /LOG_GROUP_NAME/g, to: 'LOGS_TO' },
  { of: 'the port of the exporter', from: /9113/g, to: '9114' },
  { of: 'the port of the backend', from: /(["=: ])8081(?=["\n])/g, to: '$18091' },
  { of: 'the port of Alloy', from: /12345(?!6)/g, to: '12399' },
  { of: 'the port of Fluent Bit', from: /2020/g, to: '2021' },
  { of: 'the name of a port', from: /http-metrics/g, to: 'telemetry' },
  { of: 'the store in Alloy', from: /prometheus\.remote_write( "|\.)amp/g, to: 'prometheus.remote_write$1store' },
  { of: 'the pods in Alloy', from: /discovery\.(kubernetes|relabel)( "|\.)pods/g, to: 'discovery.$1$2everything' },
  { of: 'a label of the relabelling', from: /__tmp_port/g, to: '__tmp_where' },
  { of: 'the tag of the lines', from: /kube\.(?=\*|var\.log)/g, to: 'logs.' },
  { of: 'a volume', from: /(?<=name: )container-logs/g, to: 'node-logs' },
  { of: 'the state of Fluent Bit', from: /\/var\/lib\/fluent-bit/g, to: '/var/lib/logging' },
  { of: 'the data of Alloy', from: /\/var\/lib\/alloy\/data/g, to: '/var/lib/alloy/wal' },
  { of: 'the folder of the configuration', from: /\/etc\/alloy/g, to: '/etc/collector' },
  { of: "the pods' label", from: /(?<=app: )fluent-bit$/gm, to: 'shipper' },
  { of: "the frontend's pods", from: /(?<=app: )tictactoe-frontend$/gm, to: 'web' },
  { of: 'a logical id', from: /Alloy4E8D9D8F/g, to: 'WriterOfMetrics' },
  { of: 'the log group in the template', from: /LogGroup2B0BDB39/g, to: 'Logs' },
  { of: 'a container', from: word('nginx-exporter'), to: 'exporter' },
];

/** Names changed on both sides at once. */
export function renames(yard: Yard): Benign[] {
  const texts = names.flatMap(({ of, from, to }) => {
    const files = changed(yard.files, (text) => text.replace(from, to));
    return files ? [{ id: 'a name changed everywhere', title: of, files }] : [];
  });
  return [...texts, ...moves(yard)];
}

function changed(files: Files, change: (text: string, file: string) => string): Files | undefined {
  const entries = Object.entries(files).map(([file, text]) => [file, change(text, file)] as const);
  return entries.some(([file, text]) => text !== files[file]) ? Object.fromEntries(entries) : undefined;
}

/** Files and folders under another name, with what lists them. */
function moves(yard: Yard): Benign[] {
  const pairs: [string, string][] = [
    ['base/monitoring', 'base/collectors'],
    ['base/prometheus', 'base/store'],
    ['overlays/dev/patches', 'overlays/dev/changes'],
    ['overlays/prod/tictactoe', 'overlays/prod/game'],
    ['base/monitoring/grafana-alloy.yaml', 'base/monitoring/metrics.yaml'],
    ['base/monitoring/fluent-bit.yaml', 'base/monitoring/logs.yaml'],
  ];
  return pairs.flatMap(([from, to]) => {
    const [short, other] = [from, to].map((path) => path.split('/').at(-1) ?? '') as [string, string];
    const place = from.slice(0, from.lastIndexOf('/'));
    const entries = Object.entries(yard.files).map(([file, text]) => {
      const list = file === `gitops/${place}/kustomization.yaml`;
      return [
        file.replace(`gitops/${from}`, `gitops/${to}`),
        list
          ? text.replaceAll(new RegExp(`((?:- |path: ))${short.replaceAll('.', '\\.')}(?=[/\\n])`, 'g'), `$1${other}`)
          : text,
      ] as const;
    });
    return entries.some(([file]) => file.startsWith(`gitops/${to}`))
      ? [{ id: 'a file or folder moved', title: `${from} to ${to}`, files: Object.fromEntries(entries) }]
      : [];
  });
}
