import { example } from '../example';
import { LOGS } from '../examples/logs';
import { type BreakRules, breakRule } from './break-rule';

/** The way of log lines from a file to a group. */
export const logs = {
  'log-group-exists': breakRule({
    id: 'logs/missing-log-group',
    summary: 'a collector writes to a log group that nothing makes',
    why: 'CloudWatch answers ResourceNotFoundException, and the records are dropped after the retries',
    help: 'make the group, or switch auto_create_group on',
    example: example(LOGS, { file: 'collector.yaml', good: '/eks/shop', bad: '/eks/shops' }),
  }),
  'log-group-is-in-region': breakRule({
    id: 'logs/log-group-in-other-region',
    summary: 'a collector writes to a region that the log group is not in',
    why: 'CloudWatch answers ResourceNotFoundException, and the records are dropped after the retries',
    help: 'write to the region of the group',
    example: example(LOGS, {
      file: 'collector.yaml',
      good: 'region                    eu-west-1',
      bad: 'region                    us-east-1',
    }),
  }),
  'output-is-complete': breakRule({
    id: 'logs/incomplete-output',
    summary: 'an output lacks what it needs to write',
    why: 'the collector ends at its start, or drops what it reads',
    help: 'give the setting a value',
    example: example(LOGS, { file: 'collector.yaml', good: '        log_group_name            /eks/shop\n', bad: '' }),
  }),
  'log-directory-is-mounted': breakRule({
    id: 'logs/unmounted-log-files',
    summary: 'a collector reads a directory of the node that its container does not see',
    why: 'the pattern finds no file, which is no error: nothing is read, and nothing says so',
    help: 'mount /var/log of the node at /var/log',
    example: example(LOGS, {
      file: 'collector.yaml',
      good: 'hostPath: {path: /var/log}',
      bad: 'hostPath: {path: /var/lib/log}',
    }),
  }),
  'log-links-lead-somewhere': breakRule({
    id: 'logs/dangling-log-links',
    summary: 'a collector sees links to log files, and not the files',
    why: 'what is in /var/log/containers are links into /var/log/pods; a link to nowhere is skipped, and nothing says so',
    help: 'mount /var/log of the node at /var/log, or /var/log/pods at the same path as well',
    example: example(
      LOGS,
      {
        file: 'collector.yaml',
        good: '{name: logs, mountPath: /var/log, readOnly: true}',
        bad: '{name: logs, mountPath: /var/log/containers, readOnly: true}',
      },
      { file: 'collector.yaml', good: 'hostPath: {path: /var/log}', bad: 'hostPath: {path: /var/log/containers}' },
    ),
  }),
  'logs-are-readable': breakRule({
    id: 'logs/unreadable-log-files',
    summary: 'a collector runs as a user who may not read the files of containers',
    why: 'containerd makes them for root and its group only: every open is refused',
    help: 'run as group 0, which may read the files, or as user 0',
    example: example(LOGS, {
      file: 'collector.yaml',
      good: '      serviceAccountName: shipper\n',
      bad: '      serviceAccountName: shipper\n      securityContext: {runAsUser: 1000, runAsGroup: 1000}\n',
    }),
  }),
  'input-finds-files': breakRule({
    id: 'logs/input-without-files',
    summary: 'an input reads files that no container writes',
    why: 'a pattern that finds no file is no error: nothing is read, and nothing says so',
    help: 'files are called /var/log/containers/<pod>_<namespace>_<container>-<id>.log',
    example: example(LOGS, {
      file: 'collector.yaml',
      good: '/var/log/containers/*.log',
      bad: '/var/log/containers/*.txt',
    }),
  }),
  'parser-fits-runtime': breakRule({
    id: 'logs/wrong-parser',
    summary: 'an input takes lines apart in another way than the container runtime writes them',
    why: 'a line that a parser does not match stays whole, and nothing says so: no time, no stream, no fields, and long lines in pieces',
    help: 'set "multiline.parser cri"; the parser docker is for JSON lines, which nodes of EKS have not had since containerd',
    example: example(LOGS, {
      file: 'collector.yaml',
      good: 'multiline.parser          cri',
      bad: 'multiline.parser          docker',
    }),
  }),
  'parser-exists': breakRule({
    id: 'logs/missing-parser',
    summary: 'an input names a parser that is not defined',
    why: 'without a parser lines stay as they are; without a parser for several lines the collector ends at its start',
    help: 'define the parser in a file that parsers_file names, or name one that is there',
    example: example(LOGS, {
      file: 'collector.yaml',
      good: 'multiline.parser          cri',
      bad: 'multiline.parser          containerd',
    }),
  }),
  'filters-keep-records': breakRule({
    id: 'logs/dropped-records',
    summary: 'a filter throws away all that is read',
    why: 'nothing arrives, and nothing says so',
    help: 'make the condition of the filter fit what records hold',
    example: example(LOGS, {
      file: 'collector.yaml',
      good: '    [OUTPUT]\n',
      bad: '    [FILTER]\n        Name                      grep\n        Match                     *\n        Regex                     severity error\n\n    [OUTPUT]\n',
    }),
  }),
  'records-are-routed': breakRule({
    id: 'logs/unrouted-records',
    summary: 'records are read that no output takes',
    why: 'Fluent Bit throws them away, and nothing says so',
    help: 'make Match of the output fit the tag of the input',
    example: example(LOGS, {
      file: 'collector.yaml',
      good: 'Match                     kube.*',
      bad: 'Match                     kubernetes.*',
    }),
  }),
  'output-is-fed': breakRule({
    id: 'logs/unfed-output',
    summary: 'an output takes tags that no input gives',
    why: 'nothing ever arrives there, and nothing says so',
    help: 'make Match of the output fit the tag of an input',
    example: example(LOGS, {
      file: 'collector.yaml',
      good: '    [OUTPUT]\n',
      bad: '    [OUTPUT]\n        Name                      cloudwatch_logs\n        Match                     host.*\n        region                    eu-west-1\n        log_group_name            /eks/shop\n        log_stream_prefix         host-\n        retry_limit               no_limits\n        storage.total_limit_size  2G\n\n    [OUTPUT]\n',
    }),
  }),
  'record-has-key': breakRule({
    id: 'logs/missing-record-key',
    summary: 'an output needs a key that records do not have',
    why: 'a template falls back to its plain name without a word; without the key of log_key the record is thrown away',
    help: 'let a filter add the key, or name one that is there',
    example: example(LOGS, {
      file: 'collector.yaml',
      good: '        log_stream_prefix         node-\n',
      bad: "        log_stream_prefix         node-\n        log_stream_template       $kubernetes['namespace_name']\n",
    }),
  }),
  'template-is-valid': breakRule({
    id: 'logs/unreadable-template',
    summary: 'a template of an output cannot be read',
    why: 'Fluent Bit ends at its start',
    help: 'behind a variable only a dot, a comma or a blank may stand',
    example: example(LOGS, {
      file: 'collector.yaml',
      good: '        log_stream_prefix         node-\n',
      bad: '        log_stream_prefix         node-\n        log_stream_template       $stream:$_p\n',
    }),
  }),
  'state-is-writable': breakRule({
    id: 'logs/unwritable-state',
    summary: 'a collector cannot write where it keeps its offsets or its buffer',
    why: 'Fluent Bit ends at its start',
    help: 'mount a directory of the node for it, such as /var/fluent-bit/state',
    example: example(LOGS, { file: 'collector.yaml', good: '/var/fluent-bit/state/tail.db', bad: '/var/log/tail.db' }),
  }),
  'buffer-has-path': breakRule({
    id: 'logs/buffer-without-path',
    summary: 'a buffer is to be on the disk, and nothing says where',
    why: 'Fluent Bit ends at its start',
    help: 'set storage.path in the section SERVICE to a directory of the node',
    example: example(LOGS, {
      file: 'collector.yaml',
      good: '        storage.path              /var/fluent-bit/state/buffer\n',
      bad: '',
    }),
  }),
  'endpoint-is-in-region': breakRule({
    id: 'logs/endpoint-in-other-region',
    summary: 'an output calls the endpoint of another region than it signs for',
    why: 'AWS answers 403 to every write: the signature is for another region',
    help: 'leave the endpoint out: it follows from the region',
    example: example(LOGS, {
      file: 'collector.yaml',
      good: '        region                    eu-west-1\n',
      bad: '        region                    eu-west-1\n        endpoint                  logs.us-east-1.amazonaws.com\n',
    }),
  }),
  'collector-is-on-node': breakRule({
    id: 'logs/collector-on-other-nodes',
    summary: 'a collector goes to nodes that its image is not for',
    why: 'its pods cannot start there, and on the nodes where the containers are it has none',
    help: 'choose nodes with the system of the image: kubernetes.io/os = linux',
    example: example(LOGS, {
      file: 'collector.yaml',
      good: '      serviceAccountName: shipper\n',
      bad: '      serviceAccountName: shipper\n      nodeSelector: {kubernetes.io/os: windows}\n',
    }),
  }),
} satisfies BreakRules;
