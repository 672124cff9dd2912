import {
  type Located,
  labelOf,
  type Missing,
  type RbacBinding,
  type RbacRole,
  type RbacRule,
  type World,
} from '../../model';
import type { Span } from '../../text';
import type { Break } from '../path';

/** A service account that wants to list and watch something. */
export interface Reader {
  readonly namespace: string;
  readonly name: Located<string>;
  /** As whom reports name it: `Deployment monitoring/grafana-alloy`. */
  readonly who: string;
  /** What needs the permission. */
  readonly component: string;
  /** @default what an informer of client-go does: list and watch, never get */
  readonly verbs?: readonly string[];
  readonly span: Span;
}

export interface RbacVerdict {
  readonly evidence: readonly { readonly text: string; readonly span: Span }[];
  readonly missing?: Missing;
  readonly broken?: Break;
}

const VERBS = ['list', 'watch'];

/** API groups of what is not in the core group. */
const GROUPS: Readonly<Record<string, string>> = {
  endpointslices: 'discovery.k8s.io',
  ingresses: 'networking.k8s.io',
  podmonitors: 'monitoring.coreos.com',
  probes: 'monitoring.coreos.com',
  scrapeconfigs: 'monitoring.coreos.com',
  servicemonitors: 'monitoring.coreos.com',
};

/** Roles that Kubernetes brings itself (default roles of RBAC). */
const DEFAULTS = new Set(['cluster-admin', 'admin', 'edit', 'view']);

/** What `view` lets be read, and the others with it; who brings resources of their own may add to it. */
const VIEWED = new Set(['pods', 'services', 'endpoints', 'endpointslices', 'ingresses', 'pods/log', 'namespaces']);
const OF_NODES = /^nodes\b/;

/** May the account read the resource as it wants to, in one namespace or in all of them? */
export function mayWatch(reader: Reader, resource: string, namespace: string | undefined, world: World): RbacVerdict {
  const { bindings } = world.cluster.access;
  const account = `${reader.namespace}/${reader.name.value}`;
  const own = bindings.filter((binding) => binding.subjects.some((subject) => isOf(subject, reader, binding)));
  const here = own.filter((binding) => isIn(binding, namespace));
  const verbs = reader.verbs ?? VERBS;
  const may = verbs.join(' and ');
  const judged = here.map((binding) => judge(binding, resource, verbs, world));
  const granting =
    judged.find(({ kind }) => kind === 'granted') ??
    // No role alone, but all together?
    grantOf(
      judged.flatMap(({ role }) => role?.rules ?? []),
      resource,
      verbs,
    );
  if (granting?.span) {
    const text = `ServiceAccount ${account} may ${may} ${resource}`;
    return { evidence: [{ text, span: granting.span }] };
  }
  if (judged.some(({ kind }) => kind === 'open')) return open(account, resource, may);
  // Who shows no binding at all keeps them elsewhere; a role that nobody is bound to was meant for somebody.
  const isShown =
    bindings.length > 0 || world.cluster.access.roles.some(({ rules }) => grantOf(rules, resource, verbs));
  if (!isShown) return open(account, resource, may);
  const short = judged.find(({ kind }) => kind === 'short');
  const related = [
    { span: reader.span, message: `${reader.component} ${reader.verbs ? 'asks for' : 'discovers'} ${resource}` },
    { span: reader.name.span, message: `${reader.who} runs as ${reader.name.value}` },
  ];
  const said = `${reader.component} may not ${may} ${resource}${namespace === undefined ? '' : ` in ${namespace}`}`;
  // Of a role that is about something else nobody knows whether another is bound elsewhere.
  const isNear = short?.role?.rules.some(({ resources }) => resources.includes(resource)) ?? false;
  if (short?.role && short.span && (isNear || world.closedManifests)) {
    return broken(`${said}: ${labelOf(short.role.object)} does not let ServiceAccount ${account} do so`, short.span, [
      ...related,
      { span: here[judged.indexOf(short)].role.name.span, message: 'the role is bound here' },
    ]);
  }
  const near = nearest(reader, resource, namespace, world);
  if (!world.closedManifests && !near?.isCertain) return open(account, resource, may);
  const lost = judged.find(({ kind }) => kind === 'lost');
  const lostBinding = lost && here[judged.indexOf(lost)];
  if (lostBinding) {
    const { kind, name } = lostBinding.role;
    return broken(
      `${said}: ${labelOf(lostBinding.object)} names ${kind} ${name.value}, which does not exist`,
      name.span,
      [
        ...related,
        ...world.cluster.access.roles
          .filter(({ rules }) => grantOf(rules, resource, verbs) !== undefined)
          .slice(0, 2)
          .map(({ object }) => ({ span: object.name.span, message: `${labelOf(object)} is declared here` })),
      ],
    );
  }
  return broken(`${said}: no binding gives ServiceAccount ${account} a role that lets it`, reader.name.span, [
    related[0],
    ...(near ? [{ span: near.span, message: near.message }] : []),
  ]);
}

function isOf(subject: RbacBinding['subjects'][number], { namespace, name }: Reader, { object }: RbacBinding): boolean {
  if (subject.kind === 'ServiceAccount') {
    // Without a namespace it is one of the binding's.
    const place = subject.namespace ?? (object.kind === 'RoleBinding' ? object.namespace : undefined);
    // A chart binds the account of its own release, wherever that goes.
    if (!place && object.values) return subject.name.value === name.value;
    return subject.name.value === name.value && place?.value === namespace;
  }
  if (subject.kind === 'User') return subject.name.value === `system:serviceaccount:${namespace}:${name.value}`;
  return ['system:serviceaccounts', `system:serviceaccounts:${namespace}`, 'system:authenticated'].includes(
    subject.name.value,
  );
}

function isIn({ object }: RbacBinding, namespace: string | undefined): boolean {
  if (object.kind === 'ClusterRoleBinding') return true;
  return namespace !== undefined && (object.namespace === undefined || object.namespace.value === namespace);
}

interface Judged {
  readonly kind: 'granted' | 'short' | 'none' | 'lost' | 'open';
  readonly role?: RbacRole;
  readonly span?: Span;
}

function judge(binding: RbacBinding, resource: string, verbs: readonly string[], world: World): Judged {
  const { kind, name } = binding.role;
  const role = world.cluster.access.roles.find(
    ({ object }) =>
      object.kind === kind &&
      object.name.value === name.value &&
      (kind === 'ClusterRole' || object.namespace?.value === binding.object.namespace?.value),
  );
  if (!role) {
    if (kind === 'ClusterRole' && DEFAULTS.has(name.value)) {
      const isGranted = VIEWED.has(resource) || name.value === 'cluster-admin';
      return { kind: isGranted ? 'granted' : OF_NODES.test(resource) ? 'none' : 'open', span: name.span };
    }
    return { kind: name.value.startsWith('system:') || !world.closedManifests ? 'open' : 'lost' };
  }
  const rule = grantOf(role.rules, resource, verbs);
  if (rule) return { kind: 'granted', role, span: rule.span };
  if (role.aggregated) return { kind: 'open' };
  const group = GROUPS[resource];
  const near =
    role.rules.find(({ resources }) => resources.includes(resource)) ??
    role.rules.find(({ groups }) => group !== undefined && groups.includes(group)) ??
    role.rules[0];
  return { kind: 'short', role, span: near?.span ?? role.object.name.span };
}

/** The rule that lets it, the last of several that only do together. */
function grantOf(rules: readonly RbacRule[], resource: string, wanted: readonly string[]): RbacRule | undefined {
  const anyOfThem = `*/${resource.split('/')[1] ?? ''}`;
  const fitting = rules.filter(
    ({ groups, resources, names }) =>
      has(groups, GROUPS[resource] ?? '') &&
      (has(resources, resource) || resources.includes(anyOfThem)) &&
      names.length === 0,
  );
  const isWhole = wanted.every((verb) => fitting.some(({ verbs }) => has(verbs, verb)));
  return isWhole ? fitting[fitting.length - 1] : undefined;
}

function has(list: readonly string[], wanted: string): boolean {
  return list.includes(wanted) || list.includes('*');
}

interface Near {
  readonly span: Span;
  readonly message: string;
  /** It was meant for the account, although other bindings may be elsewhere. */
  readonly isCertain: boolean;
}

/** A binding for an account of the same name elsewhere, or one of the right account in another namespace. */
function nearest(reader: Reader, resource: string, namespace: string | undefined, world: World): Near | undefined {
  for (const binding of world.cluster.access.bindings) {
    const label = labelOf(binding.object);
    const isGood = judge(binding, resource, reader.verbs ?? VERBS, world).kind === 'granted';
    for (const subject of binding.subjects) {
      if (isOf(subject, reader, binding) && !isIn(binding, namespace)) {
        const message = `${label} holds in its namespace only`;
        return { span: binding.object.name.span, message, isCertain: false };
      }
      if (subject.kind !== 'ServiceAccount' || !isGood || isOf(subject, reader, binding)) continue;
      const place = `${subject.namespace?.value ?? ''}/${subject.name.value}`;
      const message = `${label} is for ServiceAccount ${place}`;
      if (subject.name.value === reader.name.value && subject.namespace) {
        const exists = world.cluster.serviceAccount(subject.namespace, subject.name.value) !== undefined;
        return { span: subject.namespace.span, message, isCertain: !exists };
      }
      if (subject.namespace?.value === reader.namespace) return { span: subject.name.span, message, isCertain: false };
    }
  }
  return undefined;
}

function open(account: string, resource: string, may: string): RbacVerdict {
  const what = `whether ServiceAccount ${account} may ${may} ${resource}`;
  return { evidence: [], missing: { kind: 'object', what, help: 'add its role and binding to the input' } };
}

function broken(message: string, span: Span, related: Break['related']): RbacVerdict {
  return { evidence: [], broken: { claim: 'collector-may-discover', message, span, related } };
}
