import type { World } from '../model';

/** Groups whose objects do nothing by themselves, with who acts on them. Others go by their own names. */
const ACTORS: readonly (readonly [RegExp, string])[] = [
  [/^argoproj\.io$/, 'Argo CD'],
  [/\.services\.k8s\.aws$|^services\.k8s\.aws$/, 'ACK'],
  [/^(?:acme\.)?cert-manager\.io$/, 'cert-manager'],
  [/external-secrets\.io$/, 'External Secrets'],
  [/^grafana\.integreatly\.org$/, 'the Grafana operator'],
  [/^monitoring\.coreos\.com$/, 'the Prometheus operator'],
  [/^opentelemetry\.io$/, 'the OpenTelemetry operator'],
  [/toolkit\.fluxcd\.io$/, 'Flux'],
  [/^(?:elbv2|networking)\.k8s\.aws$|^vpcresources\.k8s\.aws$/, "AWS's controllers"],
  [/^karpenter\.(?:sh|k8s\.aws)$/, 'Karpenter'],
];

/** Groups of the API server itself, and of files that no cluster sees. */
const BUILT_IN = /^(?:[a-z]+|[a-z0-9.-]+\.k8s\.io)$/;
const TOOLS = /^(?:eksctl\.io|kustomize\.config\.k8s\.io|config\.kubernetes\.io|helm\.cattle\.io)$/;
/** Groups of k8s.io that are no part of the API server. */
const ADDED =
  /^(?:gateway\.networking|snapshot\.storage|metrics|cluster\.x|addons\.cluster\.x|autoscaling\.gke)\.k8s\.io$/;

/** More names than this tell a reader nothing. */
const MOST = 10;

/**
 * Who has to be in the clusters for objects of the input to mean anything, and is not in the input: neither are the definitions
 * of the kinds. `undefined`: nobody.
 */
export function absentControllers(worlds: readonly World[], isDelivered: boolean): string | undefined {
  const names = new Set<string>(isDelivered ? ['Argo CD'] : []);
  for (const { objects } of worlds) {
    const defined = new Set(
      objects.flatMap(({ kind, name }) =>
        kind === 'CustomResourceDefinition' ? [name.value.replace(/^[^.]*\./, '')] : [],
      ),
    );
    for (const { apiVersion, values } of objects) {
      const group = apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
      if (values || group === '' || TOOLS.test(group) || defined.has(group)) continue;
      if (BUILT_IN.test(group) && !ADDED.test(group)) continue;
      names.add(ACTORS.find(([pattern]) => pattern.test(group))?.[1] ?? `whoever acts on ${group}`);
    }
  }
  if (names.size === 0) return undefined;
  const sorted = [...names].sort();
  const more = sorted.length > MOST ? ` and ${sorted.length - MOST} more` : '';
  return `these run in the clusters, with the definitions of their kinds: ${sorted.slice(0, MOST).join(', ')}${more}`;
}
