import { type Data, pick } from './overrides';

/** Variables by which the SDKs of AWS find their region, their identity and where to call. */
const AWS_VARIABLE =
  /^AWS_(REGION|DEFAULT_REGION|PROFILE|ACCESS_KEY_ID|SECRET_ACCESS_KEY|SESSION_TOKEN|ROLE_ARN|WEB_IDENTITY_TOKEN_FILE|CONTAINER_.*|ENDPOINT_URL.*|CONFIG_FILE|SHARED_CREDENTIALS_FILE)$/;

/**
 * What joins a Deployment or DaemonSet to other objects: its name and labels, its account, its configuration, and the variables that
 * say which region, workspace or log group it writes to, and as whom.
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
      'configuration volume': pick(template, 'spec', 'volumes', 'config'),
      'mounts of configuration and account': guardedMounts(own),
      command: [pick(own, 'command'), pick(own, 'args')],
      ...environment(own, variables),
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
      configuration: [pick(spec, 'config'), pick(spec, 'args'), pick(spec, 'configmaps')],
      replicas: [pick(spec, 'mode'), pick(spec, 'replicas')],
      ...environment(spec, variables),
    };
  };
}

/** What is mounted at or below the folder of the configuration, and where tokens are. */
function guardedMounts(own: Data): Data {
  const mounts = pick(own, 'volumeMounts');
  const folder = String(pick(mounts, 'config', 'mountPath'));
  const guarded = (path: string) => `${path}/`.startsWith(`${folder}/`) || path.startsWith('/var/run/secrets');
  return Array.isArray(mounts) ? mounts.filter((mount) => guarded(String(pick(mount, 'mountPath')))) : undefined;
}

function environment(own: Data, variables: string[]): { [what: string]: Data } {
  const env = pick(own, 'env');
  const names = Array.isArray(env) ? env.map((entry) => String(pick(entry, 'name'))) : [];
  const guarded = new Set([...variables, ...names.filter((name) => AWS_VARIABLE.test(name))]);
  return {
    'variables from elsewhere': pick(own, 'envFrom'),
    ...Object.fromEntries([...guarded].map((name) => [`variable ${name}`, pick(env, name)])),
  };
}
