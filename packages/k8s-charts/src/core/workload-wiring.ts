import { type Data, pick } from './overrides';

/** Variables by which the SDKs of AWS find their region, their identity and where to call, and pods their API server. */
const GUARDED_VARIABLE =
  /^(AWS_(REGION|DEFAULT_REGION|PROFILE|ACCESS_KEY_ID|SECRET_ACCESS_KEY|SESSION_TOKEN|ROLE_ARN|WEB_IDENTITY_TOKEN_FILE|CONTAINER_.*|ENDPOINT_URL.*|CONFIG_FILE|SHARED_CREDENTIALS_FILE|CA_BUNDLE)|KUBERNETES_SERVICE_(HOST|PORT))$/;

/** Where tokens are, where names are looked up, and which authorities are trusted. */
const GUARDED_PATHS = [
  '/var/run/secrets',
  '/run/secrets',
  '/etc/hosts',
  '/etc/resolv.conf',
  '/etc/nsswitch.conf',
  '/etc/ssl',
];

/** Volumes that admission adds for tokens, unless the pod has one of that name. */
const TOKEN_VOLUME = /^(aws-iam-token|eks-pod-identity-token|kube-api-access)/;

/** Annotations that the webhook of EKS reads: which containers get the role, for whom the token is. */
const IDENTITY_ANNOTATION = /^eks\.amazonaws\.com\//;

/**
 * What joins a Deployment, DaemonSet or StatefulSet to other objects: its name and labels, its account, its configuration, how it
 * finds what it calls, and the variables that say which region, workspace or log group it writes to, and as whom.
 *
 * @param variables Names of the variables that the component sets
 */
export function workloadWiring(container: string, variables: string[]) {
  return (manifest: Data): { [what: string]: Data } => {
    const template = pick(manifest, 'spec', 'template');
    const own = pick(template, 'spec', 'containers', container);
    return {
      kind: [pick(manifest, 'apiVersion'), pick(manifest, 'kind')],
      name: pick(manifest, 'metadata', 'name'),
      namespace: pick(manifest, 'metadata', 'namespace'),
      replicas: pick(manifest, 'spec', 'replicas'),
      selector: pick(manifest, 'spec', 'selector'),
      'label app': pick(template, 'metadata', 'labels', 'app'),
      'configuration checksum': pick(template, 'metadata', 'annotations', 'checksum/config'),
      'service account': [
        pick(template, 'spec', 'serviceAccountName'),
        pick(template, 'spec', 'serviceAccount'),
        pick(template, 'spec', 'automountServiceAccountToken'),
      ],
      'annotations about the role': roleAnnotations(pick(template, 'metadata', 'annotations')),
      'name resolution': nameResolution(pick(template, 'spec'), 'dnsConfig'),
      'configuration volume': pick(template, 'spec', 'volumes', 'config'),
      'volumes of tokens': tokenVolumes(pick(template, 'spec', 'volumes')),
      'mounts of configuration and account': guardedMounts(own),
      command: [pick(own, 'command'), pick(own, 'args')],
      ...guardedVariables(own, variables),
    };
  };
}

/** What joins a resource of the OpenTelemetry operator to other objects. */
export function collectorWiring(variables: string[]) {
  return (manifest: Data): { [what: string]: Data } => {
    const spec = pick(manifest, 'spec');
    return {
      kind: [pick(manifest, 'apiVersion'), pick(manifest, 'kind')],
      name: pick(manifest, 'metadata', 'name'),
      namespace: pick(manifest, 'metadata', 'namespace'),
      'label app': pick(manifest, 'metadata', 'labels', 'app'),
      'service account': pick(spec, 'serviceAccount'),
      configuration: [pick(spec, 'config'), pick(spec, 'args'), pick(spec, 'configmaps'), pick(spec, 'command')],
      replicas: [pick(spec, 'mode'), pick(spec, 'replicas'), pick(spec, 'autoscaler')],
      'target allocator': pick(spec, 'targetAllocator'),
      'annotations about the role': roleAnnotations(pick(spec, 'podAnnotations')),
      'name resolution': nameResolution(spec, 'podDnsConfig'),
      'volumes of tokens': tokenVolumes(pick(spec, 'volumes')),
      'mounts of configuration and account': guardedMounts(spec),
      ...guardedVariables(spec, variables),
    };
  };
}

/** What is mounted where the configuration is, tokens are or names are looked up: there, below, or above. */
function guardedMounts(own: Data): Data {
  const mounts = pick(own, 'volumeMounts');
  const folder = pick(mounts, 'config', 'mountPath');
  const guarded = [...GUARDED_PATHS, ...(typeof folder === 'string' ? [folder] : [])];
  const covers = (upper: string, lower: string) => `${lower}/`.startsWith(upper.endsWith('/') ? upper : `${upper}/`);
  const touches = (path: string) => guarded.some((one) => covers(path, one) || covers(one, path));
  const found = Array.isArray(mounts) ? mounts.filter((mount) => touches(String(pick(mount, 'mountPath')))) : [];
  return found.length === 0 ? undefined : found;
}

/** By which names are turned into addresses. Other options of name resolution lead nowhere else. */
export function nameResolution(spec: Data, config: string): Data {
  return [
    pick(spec, 'hostAliases'),
    pick(spec, 'dnsPolicy'),
    pick(spec, config, 'nameservers'),
    pick(spec, config, 'searches'),
    pick(spec, 'hostNetwork'),
  ];
}

function tokenVolumes(volumes: Data): Data {
  const found = Array.isArray(volumes) ? volumes.filter((one) => TOKEN_VOLUME.test(String(pick(one, 'name')))) : [];
  return found.length === 0 ? undefined : found;
}

/** By which a pod gets or loses its role. */
export function roleAnnotations(annotations: Data): Data {
  const found = Object.entries(annotations ?? {}).filter(([key]) => IDENTITY_ANNOTATION.test(key));
  return found.length === 0 ? undefined : Object.fromEntries(found);
}

/** Variables that the component sets, and those by which its calls would go elsewhere. */
export function guardedVariables(own: Data, variables: string[]): { [what: string]: Data } {
  const env = pick(own, 'env');
  const names = Array.isArray(env) ? env.map((entry) => String(pick(entry, 'name'))) : [];
  const guarded = new Set([...variables, ...names.filter((name) => GUARDED_VARIABLE.test(name))]);
  return {
    'variables from elsewhere': pick(own, 'envFrom'),
    ...Object.fromEntries([...guarded].map((name) => [`variable ${name}`, pick(env, name)])),
  };
}
