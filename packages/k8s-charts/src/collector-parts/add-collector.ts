import type { Construct } from 'constructs';
import type { AwsIdentity } from '../core/aws-identity';
import { addConfigMap } from '../core/config-map';
import { addObject, checksum, type Manifest } from '../core/manifest';
import { type Data, withOverrides } from '../core/overrides';
import { type AccountRule, addAccount } from '../core/rbac';
import type { CollectorSettings } from '../metrics/collector-settings';
import { addDisruptionBudget } from '../metrics/replicas';

export interface CollectorBase {
  readonly settings: CollectorSettings;
  readonly identity: AwsIdentity;
  readonly imagePullSecrets?: string[];
  /** What the account may do besides looking at targets. */
  readonly furtherRules?: AccountRule[];
}

/** The account with its rights. */
export function addCollectorAccount(scope: Construct, base: CollectorBase, automountToken = false): void {
  const { settings } = base;
  addAccount(scope, {
    name: settings.name,
    accountName: settings.serviceAccountName,
    namespace: settings.namespace,
    labels: settings.labels.all,
    identity: base.identity,
    imagePullSecrets: base.imagePullSecrets,
    automountToken,
    rules: [...settings.rules, ...(base.furtherRules ?? [])],
  });
}

/** The account and the ConfigMap, and the checksum of what is in it. */
export function addCollectorBase(scope: Construct, base: CollectorBase, file: string, config: string): string {
  const { configMapName, namespace, labels } = base.settings;
  addCollectorAccount(scope, base);
  addConfigMap(scope, { name: configMapName, namespace, labels: labels.all, data: { [file]: config } });
  return checksum(config);
}

/** What makes a manifest the user's own. */
export interface Changes {
  /** Name of the prop, for error messages. */
  readonly prop: string;
  readonly overrides?: { [key: string]: unknown };
  readonly wiring: (manifest: Data) => { [what: string]: Data };
}

/** The workload with the user's changes, and a disruption budget where there are several pods and nobody else makes one. */
export function addCollectorWorkload(
  scope: Construct,
  settings: CollectorSettings,
  workload: Manifest,
  { prop, overrides, wiring }: Changes,
): void {
  const id = workload.kind.replace(/(?<=[a-z])(?=[A-Z])/g, '-').toLowerCase();
  addObject(scope, id, withOverrides(prop, workload, overrides, wiring));
  // Two budgets for one pod would block every eviction of it, and the OpenTelemetry operator makes one for its pods.
  if (workload.kind !== 'OpenTelemetryCollector') {
    addDisruptionBudget(scope, settings);
  }
}
