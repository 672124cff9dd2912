import { METRICS } from '../src/rules/examples/metrics';
import { type Edit, edited, verifyFiles } from './support/estate';

const FILE = 'collector.yaml';
const edit = (find: string, replace: string): Edit => ({ file: FILE, find, replace });

const READ_ONLY = edit(
  '          ports:\n',
  '          securityContext: {readOnlyRootFilesystem: true}\n          ports:\n',
);
const STORED = edit(
  'args: [run, /etc/alloy/config.alloy]',
  'args: [run, /etc/alloy/config.alloy, --storage.path=/data]',
);
const MOUNT = '            - {name: config, mountPath: /etc/alloy}\n';
const mounted = (mount: string, volume: string) => [
  edit(MOUNT, `${MOUNT}            - ${mount}\n`),
  edit('      volumes:\n', `      volumes:\n        - ${volume}\n`),
];

function rulesOf(edits: readonly Edit[]): readonly string[] {
  return verifyFiles(edited(METRICS, edits), { lint: true }).findings.map(({ rule }) => rule);
}

describe('the storage of Alloy', () => {
  it.each<[string, readonly Edit[]]>([
    ['the root can be written', [STORED]],
    [
      'a volume is mounted there',
      [READ_ONLY, STORED, ...mounted('{name: wal, mountPath: /data}', '{name: wal, emptyDir: {}}')],
    ],
    [
      'a volume is mounted above',
      [
        READ_ONLY,
        edit(
          'args: [run, /etc/alloy/config.alloy]',
          'args: [run, /etc/alloy/config.alloy, --storage.path, /data/alloy]',
        ),
        ...mounted('{name: wal, mountPath: /data/}', '{name: wal, emptyDir: {}}'),
      ],
    ],
    ['the command of the image decides', [READ_ONLY, edit('          args: [run, /etc/alloy/config.alloy]\n', '')]],
    [
      'a variable says where',
      [
        READ_ONLY,
        edit('args: [run, /etc/alloy/config.alloy]', 'args: [run, /etc/alloy/config.alloy, "--storage.path=$(DATA)"]'),
      ],
    ],
  ])('may be anywhere where %s', (_, edits) => {
    expect(rulesOf(edits)).not.toContain('durability/unwritable-storage');
  });

  it.each<[string, readonly Edit[]]>([
    ['nothing is mounted', [READ_ONLY, STORED]],
    ['nothing is said of it', [READ_ONLY]],
    [
      'a ConfigMap is mounted',
      [READ_ONLY, STORED, ...mounted('{name: wal, mountPath: /data}', '{name: wal, configMap: {name: meter}}')],
    ],
    [
      'the mount is read-only',
      [READ_ONLY, STORED, ...mounted('{name: wal, mountPath: /data, readOnly: true}', '{name: wal, emptyDir: {}}')],
    ],
  ])('is told to be out of reach where the root is read-only and %s', (_, edits) => {
    expect(rulesOf(edits)).toContain('durability/unwritable-storage');
  });
});

describe('nodes with Windows', () => {
  const windows = edit(
    '      serviceAccountName: meter\n',
    '      serviceAccountName: meter\n      nodeSelector: {kubernetes.io/os: windows}\n',
  );

  it('are no place for settings of Linux', () => {
    expect(rulesOf([windows, READ_ONLY, STORED])).toContain('gitops/linux-on-windows');
  });

  it('take pods that say nothing of Linux', () => {
    expect(rulesOf([windows])).not.toContain('gitops/linux-on-windows');
  });
});
