import { type Files, verifyFiles } from './support/estate';
import { SHIP } from './support/ship';

/** Changes that change nothing of what arrives: every path stays proven, and nobody speaks. */
type Change = (files: Files) => Files;

const FILE = 'shipper.yaml';
const TEMPLATE = 'logs.template.yaml';

const every =
  (find: string, replace: string, ...names: readonly string[]): Change =>
  (files) => {
    const chosen = names.length > 0 ? names : Object.keys(files);
    if (!chosen.some((name) => files[name].includes(find))) throw new Error(`nothing has ${find}`);
    return { ...files, ...Object.fromEntries(chosen.map((name) => [name, files[name].replaceAll(find, replace)])) };
  };
const first =
  (find: string, replace: string, name = FILE): Change =>
  (files) => {
    if (!files[name].includes(find)) throw new Error(`${name} has no ${find}`);
    return { ...files, [name]: files[name].replace(find, () => replace) };
  };
const all =
  (...changes: readonly Change[]): Change =>
  (files) =>
    changes.reduce((made, change) => change(made), files);
/** The sections between two lines, in another order. */
const reorder =
  (name: string, separator: string): Change =>
  (files) => ({
    ...files,
    [name]: files[name].split(separator).reverse().join(separator),
  });
const policy =
  (egress: string): Change =>
  (files) => ({
    ...files,
    [FILE]: `${files[FILE]}---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: shipper, namespace: observe}
spec:
  podSelector: {matchLabels: {app: shipper}}
  policyTypes: [Egress]
  egress:
${egress}`,
  });
const namespace =
  (level: string): Change =>
  (files) => ({
    ...files,
    [FILE]: `${files[FILE]}---
apiVersion: v1
kind: Namespace
metadata: {name: observe, labels: {pod-security.kubernetes.io/enforce: ${level}}}
`,
  });

const CLASSIC = `  pipeline.conf: |
    # the same, as it was written before
    [SERVICE]
        Flush         1
        Parsers_File  custom.conf
        storage.path  /var/lib/shipper/buffer

    [INPUT]
        Name              tail
        Path              /var/log/containers/*_shop_*.log
        Tag               kube.*
        multiline.parser  docker, cri
        DB                /var/lib/shipper/tail.db
        Read_from_Head    True
        storage.type      filesystem

    [FILTER]
        Name             kubernetes
        Match            kube.*
        Kube_Tag_Prefix  kube.var.log.containers.
        Merge_Log        On

    [FILTER]
        Name     grep
        Match    *
        Exclude  log healthz

    [OUTPUT]
        Name                 cloudwatch_logs
        Match                kube.*
        Region               \${AWS_REGION}
        Log_Group_Name       /eks/shop
        Log_Stream_Prefix    rest-
        Log_Stream_Template  $kubernetes['namespace_name'].$kubernetes['container_name']
        Auto_Create_Group    Off
        Retry_Limit          no_limits
`;
const asClassic: Change = (files) => {
  const text = files[FILE];
  const start = text.indexOf('  pipeline.yaml: |');
  const end = text.indexOf('---', start);
  const changed = `${text.slice(0, start)}${CLASSIC}${text.slice(end)}`;
  return { ...files, [FILE]: changed.replaceAll('/etc/shipper/pipeline.yaml', '/etc/shipper/pipeline.conf') };
};

const BENIGN: Readonly<Record<string, Change>> = {
  'the service account has another name on every side': all(
    every('serviceAccountName: shipper', 'serviceAccountName: porter'),
    every(
      '  name: shipper\n  namespace: observe\n  annotations',
      '  name: porter\n  namespace: observe\n  annotations',
    ),
    every('kind: ServiceAccount, name: shipper', 'kind: ServiceAccount, name: porter'),
    every('serviceaccount:observe:shipper', 'serviceaccount:observe:porter'),
  ),
  'the namespace of the collector has another name on every side': every('observe', 'logging'),
  'the namespace of the shop has another name on every side': all(
    every('namespace: shop', 'namespace: store'),
    every('_shop_', '_store_'),
  ),
  'the role has another name on both sides': all(
    every('role/Shipper', 'role/Porter'),
    every('RoleName: Shipper', 'RoleName: Porter'),
  ),
  'the log group has another name on both sides': every('/eks/shop', '/eks/store'),
  'the region is another one on every side': every('eu-west-1', 'eu-north-1'),
  'the ConfigMap has another name on both sides': every('shipper-config', 'porter-config'),
  'the file has another name on every side': all(every('pipeline.yaml', 'main.yaml')),
  'the configuration is mounted elsewhere, and started from there': every('/etc/shipper', '/opt/porter'),
  'the tag is another on every side': all(every('kube.*', 'pods.*', FILE), every('kube.var', 'pods.var', FILE)),
  'Match takes everything': all(every('match: kube.*', 'match: "*"', FILE)),
  'Match is an expression': every('match: kube.*', 'match_regex: ^kube\\..*', FILE),
  'the variable of the region has another name on both sides': every('AWS_REGION', 'REGION', FILE),
  'the region is written out': first('${AWS_REGION}', 'eu-west-1'),
  'objects stand in the opposite order': reorder(FILE, '---\n'),
  'workloads stand in the opposite order': reorder('shop.yaml', '---\n'),
  'keys of an input stand in another order': first(
    '          path: /var/log/containers/*_shop_*.log\n          tag: kube.*\n',
    '          tag: kube.*\n          path: /var/log/containers/*_shop_*.log\n',
  ),
  'there are comments': all(
    first('    service:\n', '    # how it runs\n    service:\n'),
    every('---\n', '---\n# an object\n'),
    first('          merge_log: true', '          merge_log: true # keys of the line'),
  ),
  'lines end as on Windows': every('\n', '\r\n', 'shop.yaml', TEMPLATE),
  'the configuration is in the classic form': asClassic,
  'switches are written otherwise': all(
    first('merge_log: true', 'merge_log: "On"'),
    first('read_from_head: true', 'read_from_head: "yes"'),
    first('auto_create_group: false', 'auto_create_group: "off"'),
  ),
  'the parser is cri alone': first('docker, cri', 'cri'),
  'the parsers stand in another order': first('docker, cri', 'cri, docker'),
  'the parser is an expression of its own': first('multiline.parser: docker, cri', 'parser: by_line'),
  'the glob takes more': first('*_shop_*.log', '*.log'),
  'the glob is by directories': all(
    first('/var/log/containers/*_shop_*.log', '/var/log/pods/shop_*/*/*.log'),
    first('kube_tag_prefix: kube.var.log.containers.', 'kube_tag_prefix: kube.var.log.pods.'),
    first("log_stream_template: $kubernetes['namespace_name'].$kubernetes['container_name']", 'log_stream_name: lines'),
    first('          log_stream_prefix: rest-\n', ''),
  ),
  'the glob names the workloads': first('*_shop_*.log', 'web-*_shop_*.log,/var/log/containers/report-*_shop_*.log'),
  'some files are left out': first(
    '          tag: kube.*\n',
    '          tag: kube.*\n          exclude_path: /var/log/containers/*_kube-system_*.log\n',
  ),
  'the logs are mounted in two pieces': all(
    first(
      '            - {name: logs, mountPath: /var/log, readOnly: true}\n',
      '            - {name: links, mountPath: /var/log/containers, readOnly: true}\n            - {name: files, mountPath: /var/log/pods, readOnly: true}\n',
    ),
    first(
      '        - name: logs\n          hostPath: {path: /var/log}\n',
      '        - name: links\n          hostPath: {path: /var/log/containers}\n        - name: files\n          hostPath: {path: /var/log/pods}\n',
    ),
  ),
  'the volume of the logs has another name on both sides': every('name: logs', 'name: node-logs', FILE),
  'the state is elsewhere on every side': every('/var/lib/shipper', '/var/fluent-bit/state', FILE),
  'the container has another name': first('- name: collector\n', '- name: fluent-bit\n'),
  'the image comes from another registry': first('public.ecr.aws/aws-observability/', 'registry.example.com/mirror/'),
  'the permission is by namespace': all(
    first('kind: ClusterRole\nmetadata: {name: shipper}', 'kind: Role\nmetadata: {name: shipper, namespace: shop}'),
    first(
      'kind: ClusterRoleBinding\nmetadata: {name: shipper-binding}',
      'kind: RoleBinding\nmetadata: {name: shipper-binding, namespace: shop}',
    ),
    first('kind: ClusterRole, name: shipper', 'kind: Role, name: shipper'),
  ),
  'the permission is wider': first(
    'resources: [pods], verbs: [get]',
    'resources: [pods, namespaces], verbs: [get, list, watch]',
  ),
  'the policy names the group by a pattern': first(
    'Resource: !GetAtt Logs.Arn',
    'Resource: arn:aws:logs:eu-west-1:111122223333:log-group:/eks/*',
    TEMPLATE,
  ),
  'the policy stands apart': first(
    '      Policies:\n        - PolicyName: write\n          PolicyDocument:\n            Version: "2012-10-17"\n            Statement:\n              - Effect: Allow\n                Action: [logs:CreateLogStream, logs:PutLogEvents]\n                Resource: !GetAtt Logs.Arn\n',
    '  Write:\n    Type: AWS::IAM::Policy\n    Properties:\n      PolicyName: write\n      Roles: [!Ref Shipper]\n      PolicyDocument:\n        Version: "2012-10-17"\n        Statement:\n          - Effect: Allow\n            Action: [logs:CreateLogStream, logs:PutLogEvents]\n            Resource: !GetAtt Logs.Arn\n',
    TEMPLATE,
  ),
  'the collector makes the group itself': all(
    first('auto_create_group: false', 'auto_create_group: true'),
    first(
      '[logs:CreateLogStream, logs:PutLogEvents]',
      '[logs:CreateLogGroup, logs:CreateLogStream, logs:PutLogEvents]',
      TEMPLATE,
    ),
  ),
  'filters that have nothing to do with each other are swapped': first(
    '        - name: grep\n          match: kube.*\n          exclude: log healthz\n',
    '        - name: modify\n          match: kube.*\n          add: cluster shop-dev\n        - name: grep\n          match: kube.*\n          exclude: log healthz\n',
  ),
  'a filter for other tags stands by': first(
    '        - name: grep\n',
    '        - name: lua\n          match: host.*\n          script: x.lua\n          call: f\n        - name: grep\n',
  ),
  'another output keeps nothing': first(
    '      outputs:\n',
    '      outputs:\n        - {name: stdout, match: kube.*}\n',
  ),
  'another input reads the journal': all(
    first('      inputs:\n', '      inputs:\n        - {name: systemd, tag: host.*}\n'),
    first(
      '        - name: cloudwatch_logs\n          match: kube.*',
      '        - name: cloudwatch_logs\n          match: "*"',
    ),
    first("log_stream_template: $kubernetes['namespace_name'].$kubernetes['container_name']\n          ", ''),
  ),
  'the group of the root runs it': first('securityContext: {', 'securityContext: {runAsUser: 0, '),
  'its pods may go out to port 443': policy('    - ports: [{port: 443, protocol: TCP}]\n'),
  'its pods may go out to addresses': policy('    - to: [{ipBlock: {cidr: 10.0.0.0/8}}]\n'),
  'its pods may go anywhere': policy('    - {}\n'),
  'its namespace admits everything': namespace('privileged'),
};

describe('a change that changes nothing of what arrives', () => {
  it.each(Object.entries(BENIGN))('%s', (_, change) => {
    const files = change(SHIP);
    expect(files).not.toEqual(SHIP);
    const { findings, paths } = verifyFiles(files);
    expect(findings).toEqual([]);
    const open = paths.filter(({ status }) => status !== 'proven');
    expect(
      open.map(({ id, hops }) => [id, hops.flatMap(({ missing = [] }) => missing.map(({ what }) => what))]),
    ).toEqual([]);
    expect(paths.length).toBeGreaterThan(1);
  });
});

describe('a wall around the collector', () => {
  it.each([
    ['    []\n', 'nothing'],
    ['    - to: [{podSelector: {}}]\n', 'pods only'],
    ['    - ports: [{port: 53, protocol: UDP}, {port: 8443, protocol: TCP}]\n', 'other ports'],
  ])('that lets out %s', (egress) => {
    const { findings, paths } = verifyFiles(policy(egress)(SHIP));
    expect(findings.map(({ rule }) => rule)).toEqual(['network/forbidden-write']);
    expect(paths.every(({ status }) => status === 'broken')).toBe(true);
  });

  it('is not certain where another maker’s policies, a proxy or the network of the node count', () => {
    const shut = policy('    []\n');
    const cilium = (files: Files): Files => ({
      ...files,
      [FILE]: `${files[FILE]}---\napiVersion: cilium.io/v2\nkind: CiliumNetworkPolicy\nmetadata: {name: out, namespace: observe}\n`,
    });
    const changes = [
      all(shut, cilium),
      all(
        shut,
        first(
          '            - {name: AWS_REGION',
          '            - {name: HTTPS_PROXY, value: "http://proxy:3128"}\n            - {name: AWS_REGION',
        ),
      ),
      all(
        shut,
        first('      serviceAccountName: shipper\n', '      serviceAccountName: shipper\n      hostNetwork: true\n'),
      ),
    ];
    for (const change of changes) {
      const { findings, paths } = verifyFiles(change(SHIP));
      expect(findings).toEqual([]);
      expect(paths.every(({ status }) => status === 'unknown')).toBe(true);
    }
  });

  it.each(['baseline', 'restricted'])('that does not admit directories of the node: level %s', (level) => {
    const { findings } = verifyFiles(namespace(level)(SHIP));
    expect(findings.map(({ rule }) => rule)).toEqual(['gitops/forbidden-pods']);
    expect(findings[0].message).toContain('volume logs is a directory of the node');
  });
});

describe('a name that is still to be filled in', () => {
  it('in the path of an input leaves open what is read', () => {
    const { findings, paths } = verifyFiles(first('*_shop_*.log', 'web-$STAGE*')(SHIP));
    expect(findings).toEqual([]);
    expect(paths.map(({ status }) => status)).not.toContain('proven');
  });

  it('of the workload gives no finding', () => {
    const change = all(
      every(
        '{name: shipper, namespace: observe}\nspec:\n  selector',
        '{name: shipper-$STAGE, namespace: observe}\nspec:\n  selector',
        FILE,
      ),
      first('{name: web, namespace: shop}', '{name: "web-${STAGE}", namespace: shop}', 'shop.yaml'),
    );
    expect(verifyFiles(change(SHIP), { lint: true }).findings.filter(({ severity }) => severity !== 'info')).toEqual(
      verifyFiles(SHIP, { lint: true }).findings.filter(({ severity }) => severity !== 'info'),
    );
  });
});
