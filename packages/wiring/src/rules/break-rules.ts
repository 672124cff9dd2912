import type { Claim } from '../trace';
import type { Rule } from './rule';

/** One rule for each claim that can fail. No logic: the trace has decided, this says what it means. */
export const breakRules: Readonly<Record<Claim, Rule>> = {
  'service-account-exists': error(
    'identity/missing-service-account',
    'a pod runs as a service account that does not exist',
    'the API server refuses to make the pods, so nothing is collected at all',
    'declare the service account in the namespace of the pod',
  ),
  'service-account-has-role': error(
    'identity/no-role',
    'a service account that needs AWS names no IAM role',
    'without a role the pod has only the rights of its node, and the first call to AWS is refused',
    'annotate the account with eks.amazonaws.com/role-arn, or make a Pod Identity association',
  ),
  'role-exists': error(
    'identity/missing-role',
    'a service account names a role that does not exist',
    'STS answers AccessDenied to sts:AssumeRoleWithWebIdentity, and nothing is written',
    'name the ARN of the role as its template makes it: account, path and name',
  ),
  'role-is-not-assumed-twice': error(
    'identity/self-assumed-role',
    'a collector assumes the role that it already has',
    'a role does not trust itself unless its trust policy says so; STS answers AccessDenied',
    'leave the role out of the collector: the service account gives it',
  ),
  'trust-names-provider-of-account': error(
    'identity/foreign-provider',
    'a role trusts an OIDC provider of another account',
    "the cluster's tokens come from a provider of its own account; STS answers AccessDenied",
    'trust the provider of the account that the role is in',
  ),
  'trust-names-issuer-of-cluster': error(
    'identity/foreign-issuer',
    "a role trusts another cluster's issuer",
    'the token is of another issuer than the one that is trusted; STS answers AccessDenied',
    "use the cluster's issuer in the provider's ARN and in every condition key",
  ),
  'trust-names-subject': error(
    'identity/untrusted-subject',
    'a role trusts another service account than the one the pod runs as',
    'namespace and name in the subject must be those of the pod; STS answers AccessDenied',
    'make the subject system:serviceaccount:<namespace>:<service account> of the pod',
  ),
  'trust-wildcard-works': error(
    'identity/literal-wildcard',
    'a trust policy has a wildcard where wildcards do not work',
    'StringEquals takes * as a letter, so no subject ever matches; STS answers AccessDenied',
    'use StringLike for patterns',
  ),
  'trust-checks-subject': error(
    'identity/unchecked-subject',
    'a trust policy does not check the subject',
    'every pod of the cluster can take the role, not only the collector',
    'demand <issuer>:sub = system:serviceaccount:<namespace>:<service account>',
  ),
  'trust-checks-audience': error(
    'identity/unchecked-audience',
    'a trust policy does not check the audience',
    'a token that was made for another service is as good as one made for STS',
    'demand <issuer>:aud = sts.amazonaws.com',
  ),
  'trust-names-audience': error(
    'identity/wrong-audience',
    'a trust policy wants another audience than the token has',
    'STS answers AccessDenied',
    'demand sts.amazonaws.com, or annotate the account with eks.amazonaws.com/audience',
  ),
  'trust-allows-web-identity': error(
    'identity/no-web-identity',
    'a role does not let pods assume it',
    "a pod comes with a token of the cluster's OIDC provider; STS answers AccessDenied",
    'allow sts:AssumeRoleWithWebIdentity to the OIDC provider of the cluster',
  ),
  'trust-allows-pod-identity': error(
    'identity/no-pod-identity',
    'a role does not let EKS Pod Identity assume it',
    'the agent cannot get credentials, so the pod has none',
    'allow pods.eks.amazonaws.com both sts:AssumeRole and sts:TagSession',
  ),
  'policy-grants-action': error(
    'identity/missing-action',
    'a role is not allowed what the collector does with it',
    'AWS answers AccessDenied to every write',
    'allow the action on the ARN that is written to',
  ),
  'policy-names-resource': error(
    'identity/other-resource',
    'a role may write, but not there',
    'AWS answers AccessDenied to every write',
    'allow the action on the ARN that is written to',
  ),
  'policy-conditions-hold': error(
    'identity/unmet-condition',
    'a condition of a policy does not hold',
    'a statement whose condition fails grants nothing; AWS answers AccessDenied',
    'make both sides of the condition agree',
  ),
  'policy-does-not-deny': error(
    'identity/explicit-deny',
    'a policy denies what the collector does',
    'a deny wins over every allow; AWS answers AccessDenied',
    'narrow the deny',
  ),
  'config-map-exists': error(
    'gitops/missing-config-map',
    'a pod needs a ConfigMap that does not exist',
    'the pod stays in ContainerCreating or CreateContainerConfigError',
    'add the ConfigMap to the namespace of the pod',
  ),
  'config-map-has-key': error(
    'gitops/missing-config-map-key',
    'a pod needs a key of a ConfigMap that nothing writes',
    'the pod stays in CreateContainerConfigError until the key is there',
    'write the key, or let a FieldExport write it',
  ),
  'config-file-is-mounted': error(
    'gitops/missing-config-file',
    'a collector is told to load a file that is not mounted',
    'the collector ends at its start',
    'name a key of the ConfigMap that is mounted',
  ),
  'volume-exists': error(
    'gitops/missing-volume',
    'a container mounts a volume that its pod does not have',
    'the API server refuses the object',
    'name a volume of the pod',
  ),
  'config-is-readable': error(
    'gitops/unreadable-configuration',
    'a collector cannot read its configuration',
    'the collector ends at its start, or goes on with its last good configuration',
    'mend the syntax',
  ),
  'variable-is-set': error(
    'gitops/unset-variable',
    'a configuration needs an environment variable that is not set',
    'the collector reads it as empty',
    'set the variable in the container',
  ),
  'exported-field-exists': error(
    'gitops/missing-exported-field',
    'a FieldExport reads a field that its resource does not have',
    'nothing is ever written into the ConfigMap, and the pods that read it do not start',
    'export a field of the status that the controller fills',
  ),
  'exported-resource-exists': error(
    'gitops/missing-exported-resource',
    'a FieldExport reads a resource that does not exist',
    'nothing is ever written into the ConfigMap, and the pods that read it do not start',
    'name a resource in the namespace of the FieldExport',
  ),
  'remote-write-url-is-right': error(
    'backends/wrong-remote-write-url',
    'a remote-write URL is not that of a workspace',
    'AMP answers 403 or 404 to every write',
    'write https://aps-workspaces.<region>.amazonaws.com/workspaces/<id>/api/v1/remote_write',
  ),
  'request-is-signed': error(
    'backends/unsigned-request',
    'requests to AMP are not signed',
    'AMP answers 403, "Missing Authentication Token", to every write',
    'sign with SigV4 for service aps',
  ),
  'signing-region-is-right': error(
    'backends/wrong-signing-region',
    'requests are signed for another region than they go to',
    'AMP answers 403, "Credential should be scoped to a valid region", to every write',
    'sign for the region in the URL',
  ),
  'signing-service-is-right': error(
    'backends/wrong-signing-service',
    'requests are signed for another service than they go to',
    'AMP answers 403 to every write',
    'sign for service aps',
  ),
  'workspace-is-in-region': error(
    'backends/workspace-in-other-region',
    'a collector writes to a region that the workspace is not in',
    'AMP answers 404 to every write: ids are known in their region only',
    'write to the region of the workspace',
  ),
  'log-group-exists': error(
    'logs/missing-log-group',
    'a collector writes to a log group that nothing makes',
    'CloudWatch answers ResourceNotFoundException, and the records are dropped after the retries',
    'make the group, or switch auto_create_group on',
  ),
  'log-group-is-in-region': error(
    'logs/log-group-in-other-region',
    'a collector writes to a region that the log group is not in',
    'CloudWatch answers ResourceNotFoundException, and the records are dropped after the retries',
    'write to the region of the group',
  ),
  'output-is-complete': error(
    'logs/incomplete-output',
    'an output lacks what it needs to write',
    'the collector ends at its start, or drops what it reads',
    'give the setting a value',
  ),
  'component-exists': error(
    'metrics/missing-component',
    'a configuration refers to a component that it does not have',
    'the collector ends at its start, or goes on with its last good configuration',
    'declare the component, or name one that is there',
  ),
  'collector-may-discover': error(
    'metrics/forbidden-discovery',
    'a collector is not allowed to list and watch what it discovers',
    'the API server answers 403 to every list, so the collector has no targets at all',
    'bind a ClusterRole that allows list and watch to the service account of the collector',
  ),
  'workload-is-discovered': error(
    'metrics/undiscovered-workload',
    'a workload asks to be scraped, and no collector looks where it runs',
    'it is never scraped, and nothing says so',
    'let the discovery look in the namespace of the workload, with selectors that fit its pods',
  ),
  'target-is-kept': error(
    'metrics/dropped-target',
    'a workload asks to be scraped, and relabelling drops all its targets',
    'it is never scraped, and nothing says so; expressions are anchored and tell upper from lower case',
    'make the expression of the rule and the value in the pod agree',
  ),
  'target-has-address': error(
    'metrics/lost-address',
    'relabelling leaves a target without a usable address',
    'the target is thrown away, or every scrape of it fails',
    'leave __address__ as it is, or make it from the address of the pod and a number',
  ),
  'port-is-served': error(
    'metrics/wrong-port',
    'a collector scrapes a port that no container serves',
    'every scrape fails: connection refused',
    'name the port that the container declares for its metrics',
  ),
  'scheme-is-spoken': error(
    'metrics/wrong-scheme',
    'a collector scrapes a port by a scheme that it does not speak',
    'every scrape fails in the TLS handshake, or with an answer to plain HTTP on a TLS port',
    'use the scheme of the port: http or https',
  ),
  'samples-reach-store': error(
    'metrics/lost-samples',
    'samples are scraped and never written',
    'nothing arrives in the store, and no error says so',
    'forward to a component that writes, and let its rules keep the samples',
  ),
  'network-admits-scrape': error(
    'network/forbidden-scrape',
    'a NetworkPolicy keeps a collector from what it scrapes',
    'every scrape ends in a timeout',
    'let the namespace and pods of the collector in, on the port that is scraped',
  ),
};

function error(id: string, summary: string, why: string, help: string): Rule {
  return { id, severity: 'error', summary, why, help };
}
