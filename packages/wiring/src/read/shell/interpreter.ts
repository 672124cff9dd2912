import {
  concat,
  type KubeObject,
  known,
  type Located,
  type LogGroup,
  type ManagedPolicy,
  type PodIdentity,
  type PolicyDocument,
  type Role,
  type StoredQuery,
  type Surroundings,
  symbol,
  textOf,
  type Value,
} from '../../model';
import { MappedText, SourceText, type Span } from '../../text';
import { list, map, scalar } from '../generated/tree';
import { LogCommands } from './log-commands';
import { optionOf, optionsOf } from './options';
import { type Part, policyOf } from './policy-text';
import type { Release } from './release';
import type { Line, Script } from './script';
import { commands, type Piece, plain, type Word } from './words';

export interface Made {
  readonly roles: readonly Role[];
  readonly managedPolicies: readonly ManagedPolicy[];
  readonly podIdentities: readonly PodIdentity[];
  /** `eksctl create iamserviceaccount`, in the form of its file. */
  readonly clusters: readonly KubeObject[];
  readonly releases: readonly Release[];
  readonly logGroups: readonly LogGroup[];
  readonly logQueries: readonly StoredQuery[];
}

interface Draft {
  readonly label: string;
  readonly name: Value;
  readonly span: Span;
  trust?: PolicyDocument;
  readonly policies: PolicyDocument[];
  readonly arns: Value[];
}

/** A text that a script wrote into a file, with its variables. */
interface Written {
  readonly parts: readonly Part[];
  readonly whole: Span;
}

/** Goes through a script's commands in their order; branches and loops are taken as they stand. */
export class Interpreter {
  private readonly variables = new Map<string, Value>();
  private readonly files = new Map<string, Written>();
  private readonly drafts: Draft[] = [];
  private readonly managedPolicies: ManagedPolicy[] = [];
  private readonly podIdentities: PodIdentity[] = [];
  private readonly clusters: KubeObject[] = [];
  private readonly releases: Release[] = [];
  private readonly logs: LogCommands;

  constructor(
    private readonly script: Script,
    private readonly surroundings: Surroundings,
    private readonly read: (path: string) => string | undefined,
  ) {
    this.logs = new LogCommands({
      value: (word) => this.value(word),
      piece: (piece) => this.piece(piece),
      spanOf: (piece, word) => this.spanOf(piece, word),
      region: surroundings.region,
    });
  }

  run(): Made {
    for (const line of this.script.lines) this.line(line);
    const { managedPolicies, podIdentities, clusters, releases } = this;
    const roles = this.drafts.map(
      ({ label, name, span, trust, policies, arns }): Role => ({
        label,
        name,
        span,
        policies,
        arn: this.arn('role', name),
        managedPolicyArns: arns,
        ...(trust && { trust }),
      }),
    );
    const { groups: logGroups, queries: logQueries } = this.logs;
    return { roles, managedPolicies, podIdentities, clusters, releases, logGroups, logQueries };
  }

  private line({ command, text }: Line): void {
    const { heredoc } = command;
    if (heredoc?.file) this.files.set(base(heredoc.file), this.heredoc(heredoc, text));
    const words = command.words[0] && plain(command.words[0]) === 'export' ? command.words.slice(1) : command.words;
    let first = 0;
    for (; first < words.length && this.assign(words[first]); first++);
    this.call(words.slice(first));
  }

  /** `NAME=value`. */
  private assign(word: Word): boolean {
    const [head, ...rest] = word.pieces;
    const [, name, value] = head?.kind === 'text' ? (/^([A-Za-z_]\w*)=(.*)$/s.exec(head.text) ?? []) : [];
    if (name === undefined) return false;
    const pieces: readonly Piece[] = value === '' ? rest : [{ kind: 'text', text: value, start: 0 }, ...rest];
    this.variables.set(name, { ...concat(pieces.map((piece) => this.piece(piece, name))), span: word.span });
    return true;
  }

  private value(word: Word): Value {
    return concat(
      word.pieces.map((piece) => this.piece(piece)),
      word.span,
    );
  }

  private piece(piece: Piece, hint = ''): Value {
    switch (piece.kind) {
      case 'text':
        return known(piece.text);
      case 'variable':
        return this.variable(piece.name);
      case 'command':
        return this.output(piece.text, hint);
    }
  }

  private variable(name: string): Value {
    return (
      this.variables.get(name) ?? symbol('shell', `${this.script.source.file}#${name}`, { label: known(`$${name}`) })
    );
  }

  /** What a command prints, where its words say it. */
  private output(text: string, hint: string): Value {
    const { account, issuer, region } = this.surroundings;
    if (/get-caller-identity/.test(text) && /Account/.test(text)) return account;
    if (/describe-cluster/.test(text) && /issuer/.test(text)) {
      const whole = issuer?.value ?? 'oidc.eks/id/of-the-cluster';
      if (/cut\s+-d\s*['"]?\/['"]?\s+-f\s*5/.test(text)) return known(whole.slice(whole.lastIndexOf('/') + 1));
      return known(/https/.test(text) || /cut/.test(text) ? whole : `https://${whole}`);
    }
    if (/configure\s+get\s+region/.test(text)) return region;
    const mapped = MappedText.derived(text, MappedText.whole(new SourceText(this.script.source.file, text)).whole);
    const [nested] = commands(mapped);
    const made = nested && this.call(nested.words);
    return (
      made ??
      symbol('shell', `${this.script.source.file}#${hint || text}`, {
        label: known(hint ? `$${hint}` : `$(${text.slice(0, 40)})`),
      })
    );
  }

  /** Does what a command does to the account; gives what it prints with `--query`. */
  private call(words: readonly Word[]): Value | undefined {
    const [program, group, action] = words.map(plain);
    if (program === 'aws' && group === 'iam') return this.iam(action ?? '', words);
    if (program === 'aws' && group === 'logs') this.logs.call(action ?? '', words);
    if (program === 'aws' && group === 'eks' && action === 'create-pod-identity-association') this.associate(words);
    if (program === 'eksctl' && group === 'create' && action === 'iamserviceaccount') this.account(words);
    if (program === 'helm' && (group === 'install' || group === 'upgrade')) this.release(words);
    return undefined;
  }

  private iam(action: string, words: readonly Word[]): Value | undefined {
    const option = (name: string) => optionOf(words, name);
    const roleName = option('role-name');
    const draft = roleName && this.drafts.find(({ name }) => isSame(name, this.value(roleName)));
    switch (action) {
      case 'create-role': {
        if (!roleName) return undefined;
        const name = this.value(roleName);
        const label = `role ${textOf(name) ?? 'of a script'}`;
        const trust = this.policy(option('assume-role-policy-document'), `the trust policy of ${label}`);
        this.drafts.push({ label, name, span: roleName.span, policies: [], arns: [], ...(trust && { trust }) });
        return this.arn('role', name);
      }
      case 'create-policy': {
        const policyName = option('policy-name');
        if (!policyName) return undefined;
        const name = this.value(policyName);
        const document = this.policy(option('policy-document'), `policy ${textOf(name) ?? 'of a script'}`);
        if (document) this.managedPolicies.push({ arn: this.arn('policy', name), document });
        return this.arn('policy', name);
      }
      case 'update-assume-role-policy': {
        const trust = draft && this.policy(option('policy-document'), `the trust policy of ${draft.label}`);
        if (draft && trust) draft.trust = trust;
        return undefined;
      }
      case 'put-role-policy': {
        const document = draft && this.policy(option('policy-document'), `a policy of ${draft.label}`);
        if (draft && document) draft.policies.push(document);
        return undefined;
      }
      case 'attach-role-policy': {
        const arn = option('policy-arn');
        if (draft && arn) draft.arns.push(this.value(arn));
        return undefined;
      }
      default:
        return undefined;
    }
  }

  /** `file://NAME`, or the document itself. A file that nobody shows leaves the policy unknown. */
  private policy(word: Word | undefined, label: string): PolicyDocument | undefined {
    if (!word) return undefined;
    const text = textOf(this.value(word));
    const name = /^file:\/\/(.+)$/.exec(text ?? '')?.[1];
    if (name === undefined) {
      const parts = word.pieces.map((piece) => ({ value: this.piece(piece), span: this.spanOf(piece, word) }));
      return policyOf(parts, word.span, label) ?? unknownPolicy(label, word.span);
    }
    const written = this.files.get(base(name)) ?? this.beside(name);
    return (written && policyOf(written.parts, written.whole, label)) ?? unknownPolicy(label, word.span);
  }

  private beside(name: string): Written | undefined {
    const { file } = this.script.source;
    const path = `${file.slice(0, file.lastIndexOf('/') + 1)}${name.replace(/^\.\//, '')}`;
    const text = this.read(path);
    if (text === undefined) return undefined;
    const whole = MappedText.whole(new SourceText(path, text)).whole;
    return { whole, parts: [{ value: known(text), span: whole }] };
  }

  private heredoc(
    { start, end, isExpanded }: { start: number; end: number; isExpanded: boolean },
    text: MappedText,
  ): Written {
    const whole = text.span(start, end);
    const content = text.text.slice(start, end);
    if (!isExpanded) return { whole, parts: [{ value: known(content), span: whole }] };
    const parts: Part[] = [];
    let from = 0;
    const literal = (to: number) => {
      if (to > from) parts.push({ value: known(content.slice(from, to)), span: text.span(start + from, start + to) });
    };
    for (const found of content.matchAll(/\\(\$)|\$(?:([A-Za-z_]\w*)|\{([A-Za-z_]\w*)\})/g)) {
      literal(found.index);
      from = found.index + found[0].length;
      const value = found[1] ? known('$') : this.variable(found[2] ?? found[3]);
      parts.push({ value, span: text.span(start + found.index, start + from) });
    }
    literal(content.length);
    return { parts, whole };
  }

  private spanOf(piece: Piece, word: Word): Span {
    if (piece.kind !== 'text') return word.span;
    const { source } = word.span;
    const at = source.text.indexOf(piece.text, word.span.start);
    return at === -1 || at > word.span.end ? word.span : { source, start: at, end: at + piece.text.length };
  }

  private associate(words: readonly Word[]): void {
    const [namespace, serviceAccount, roleArn, cluster] = [
      'namespace',
      'service-account',
      'role-arn',
      'cluster-name',
    ].map((name) => optionOf(words, name));
    if (!namespace || !serviceAccount || !roleArn) return;
    this.podIdentities.push({
      namespace: this.value(namespace),
      serviceAccount: this.value(serviceAccount),
      roleArn: this.value(roleArn),
      cluster: cluster ? this.value(cluster) : symbol('aws', 'cluster'),
      span: serviceAccount.span,
    });
  }

  private account(words: readonly Word[]): void {
    const option = (name: string, short?: string) => {
      const word = optionOf(words, name, short);
      const text = word && textOf(this.value(word));
      return word && text !== undefined ? scalar(text, word.span) : undefined;
    };
    const [name, namespace, cluster] = [option('name'), option('namespace', 'n'), option('cluster')];
    const policies = optionsOf(words, 'attach-policy-arn').flatMap((word) => {
      const text = textOf(this.value(word));
      return text === undefined ? [] : text.split(',').map((arn) => scalar(arn, word.span));
    });
    if (!name) return;
    const { span } = name;
    const attached = optionOf(words, 'attach-role-arn');
    const account = map(span, {
      metadata: map(span, { name, namespace }),
      roleName: option('role-name'),
      attachRoleARN: attached && scalar(textOf(this.value(attached)) ?? '<role>', attached.span),
      roleOnly: words.some((word) => plain(word) === '--role-only') ? scalar(true, span) : undefined,
      attachPolicyARNs: list(span, policies),
    });
    const serviceAccounts = list(span, [account]);
    this.clusters.push({
      apiVersion: 'eksctl.io/v1alpha5',
      kind: 'ClusterConfig',
      name: {
        value: cluster ? `${cluster.value}` : (this.surroundings.cluster ?? '<cluster>'),
        span: cluster?.span ?? span,
      },
      node: map(span, { iam: map(span, { serviceAccounts }) }),
    });
  }

  private release(words: readonly Word[]): void {
    const [, , ...rest] = words;
    // What follows an option is its value, unless the option takes none.
    const names = rest.filter((word, index) => {
      const before = (index > 0 && plain(rest[index - 1])) || '';
      const isValue = /^(?:-[nf]|--[\w-]+)$/.test(before) && !FLAGS.has(before);
      return !isValue && !plain(word)?.startsWith('-');
    });
    const [name, chart] = names;
    const chartName = chart && textOf(this.value(chart));
    const values = [...optionsOf(words, 'values', 'f')].flatMap((word) => {
      const text = textOf(this.value(word));
      return text === undefined ? [] : [base(text)];
    });
    if (!chartName) return;
    const namespace = optionOf(words, 'namespace', 'n');
    const space = namespace && textOf(this.value(namespace));
    const release = name && textOf(this.value(name));
    this.releases.push({
      values,
      set: this.sets(words),
      source: this.script.source.file,
      chart: base(chartName),
      ...(name && release !== undefined && { name: { value: release, span: name.span } }),
      ...(namespace && space !== undefined && { namespace: { value: space, span: namespace.span } }),
    });
  }

  /** `--set path=value`; what is not known yet stays to be filled in. */
  private sets(words: readonly Word[]): ReadonlyMap<string, Located<string>> {
    const found = new Map<string, Located<string>>();
    for (const word of [...optionsOf(words, 'set'), ...optionsOf(words, 'set-string')]) {
      const text = word.pieces
        .map((piece) => {
          const value = this.piece(piece);
          return textOf(value) ?? (piece.kind === 'variable' ? `<${piece.name}>` : '<set>');
        })
        .join('');
      const [, path, value] = /^([^=]+)=(.*)$/s.exec(text) ?? [];
      if (path !== undefined) found.set(path.replace(/\\/g, ''), { value, span: word.span });
    }
    return found;
  }

  private arn(kind: 'role' | 'policy', name: Value): Value {
    const { partition, account } = this.surroundings;
    return concat([known('arn:'), partition, known(':iam::'), account, known(`:${kind}/`), name]);
  }
}

/** Options of helm without a value. */
const FLAGS = new Set([
  '--install',
  '--create-namespace',
  '--wait',
  '--atomic',
  '--debug',
  '--dry-run',
  '--reuse-values',
]);

function unknownPolicy(label: string, span: Span): PolicyDocument {
  const actions = { negated: false, values: [] };
  return {
    label,
    span,
    statements: [{ effect: 'Allow', actions, conditions: [], unreadable: 'the document is not in the input', span }],
  };
}

function isSame(a: Value, b: Value): boolean {
  const text = textOf(a);
  return text !== undefined ? text === textOf(b) : a.kind === 'symbol' && b.kind === 'symbol' && a.key === b.key;
}

function base(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
