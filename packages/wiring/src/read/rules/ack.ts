import {
  type AlertManager,
  type KubeObject,
  known,
  type RuleFacts,
  type RuleSet,
  unknown,
  type WorkspaceReference,
} from '../../model';
import { scalarAt } from '../access';
import type { Embedded } from '../embedded';
import { located } from '../kubernetes';
import { readDefinition } from './alert-manager';
import { embeddedRules } from './rule-set';

const GROUP = 'prometheusservice.services.k8s.aws/';

/** Rules and alert managers that ACK's controller makes of objects. */
export function ackRules(objects: readonly KubeObject[]): Pick<RuleFacts, 'sets' | 'alertManagers'> {
  const of = (kind: string) => objects.filter((one) => one.kind === kind && one.apiVersion.startsWith(GROUP));
  return {
    sets: of('RuleGroupsNamespace').map(ruleSet),
    alertManagers: of('AlertManagerDefinition').map(alertManager),
  };
}

function ruleSet(object: KubeObject): RuleSet {
  const owner = { kind: 'workspace' as const, workspace: reference(object), object: object.name };
  return embeddedRules(labelFor(object), owner, textOf(object), object.name.span);
}

function alertManager(object: KubeObject): AlertManager {
  const embedded = textOf(object);
  const base = { label: labelFor(object), workspace: reference(object), missing: [], span: object.name.span };
  if (!embedded) return { ...base, defects: [{ message: 'there is no configuration in it', span: object.name.span }] };
  return { ...base, ...readDefinition(embedded) };
}

function textOf(object: KubeObject): Embedded | undefined {
  const scalar = scalarAt(object.node, 'spec', 'configuration');
  return typeof scalar?.value === 'string' ? { text: scalar.text(), values: new Map() } : undefined;
}

function labelFor({ kind, namespace, name }: KubeObject): string {
  return `${kind} ${namespace ? `${namespace.value}/` : ''}${name.value}`;
}

/** By `workspaceRef`, an object of the same namespace unless it says another, or by `workspaceID`. */
function reference(object: KubeObject): WorkspaceReference {
  const name = located(object.node, 'spec', 'workspaceRef', 'from', 'name');
  const id = located(object.node, 'spec', 'workspaceID');
  if (name) {
    const namespace = located(object.node, 'spec', 'workspaceRef', 'from', 'namespace') ?? object.namespace;
    const label = `Workspace ${namespace ? `${namespace.value}/` : ''}${name.value}`;
    return { value: unknown('object', label), object: label, span: name.span };
  }
  if (id) return { value: known(id.value, id.span), span: id.span };
  return { value: unknown('field', 'spec.workspaceRef'), span: object.name.span };
}
