import { Construct } from 'constructs';
import type { ArgoIgnoreDifference } from '../argocd/argo-ignore-difference';
import { CONFIG_KEY, checked, DNS_LABEL, DNS_SUBDOMAIN } from '../core/check';
import { EnvironmentValue } from '../core/environment-value';
import type { ObjectOverridesProps } from '../core/object-overrides-props';
import { addFieldExport, addTarget, exportedDifference } from './field-export';

/**
 * Properties of AckFieldExport.
 */
export interface AckFieldExportProps extends ObjectOverridesProps {
  /**
   * Name of the FieldExport.
   */
  readonly name: string;

  /**
   * Namespace of the FieldExport and of the object that it reads: they must be in the same one.
   */
  readonly namespace: string;

  /**
   * API group of the object, such as `iam.services.k8s.aws`.
   */
  readonly fromGroup: string;

  /**
   * Kind of the object, such as `Role`.
   */
  readonly fromKind: string;

  /**
   * Name of the object.
   */
  readonly fromName: string;

  /**
   * Field of the object as a jq path, such as `.status.ackResourceMetadata.arn`. It must hold a text, a number or a truth value.
   */
  readonly path: string;

  /**
   * Namespace of the ConfigMap: the one in which the value is read. When it is not the namespace of the FieldExport, the controller
   * must be allowed to write to other namespaces: start it with `--enable-cross-namespace`, or set `Ack.EnableCrossNamespace`
   * of the EKS capability for ACK.
   */
  readonly configMapNamespace: string;

  /**
   * Name of the ConfigMap.
   */
  readonly configMapName: string;

  /**
   * Key in the ConfigMap.
   */
  readonly configMapKey: string;

  /**
   * Render the ConfigMap too. The controller never creates one. Where several exports share a ConfigMap, only one may render it.
   *
   * @default true
   */
  readonly createConfigMap?: boolean;
}

/**
 * Copies a field of an ACK object, which exists only once AWS has made the resource, into a ConfigMap.
 *
 * @see https://aws-controllers-k8s.github.io/community/docs/user-docs/field-export/
 */
export class AckFieldExport extends Construct {
  /**
   * The exported value, as containers of the ConfigMap's namespace get it.
   */
  public readonly value: EnvironmentValue;

  /**
   * What an Argo CD Application that applies the ConfigMap must leave alone, see `ArgoApplicationProps.ignoreDifferences`.
   */
  public readonly ignoreDifferences: ArgoIgnoreDifference[];

  constructor(scope: Construct, id: string, props: AckFieldExportProps) {
    super(scope, id);
    const struct = 'AckFieldExportProps';
    const to = {
      name: checked(`${struct}.configMapName`, props.configMapName, DNS_SUBDOMAIN),
      namespace: checked(`${struct}.configMapNamespace`, props.configMapNamespace, DNS_LABEL),
      key: checked(`${struct}.configMapKey`, props.configMapKey, CONFIG_KEY),
    };
    addFieldExport(
      this,
      'export',
      {
        name: checked(`${struct}.name`, props.name, DNS_SUBDOMAIN),
        namespace: checked(`${struct}.namespace`, props.namespace, DNS_LABEL),
        from: {
          path: checked(`${struct}.path`, props.path, {
            matches: /^\.(spec|status|metadata)(\.[A-Za-z][A-Za-z0-9]*|\[\d+\])+$/,
            allowed: 'a path below .status, .spec or .metadata, such as ".status.workspaceID"',
            mend: 'Take the name of the field from the definition of the kind; a path that does not exist is never exported.',
          }),
          resource: {
            group: checked(`${struct}.fromGroup`, props.fromGroup, {
              matches: /^[a-z0-9]+\.services\.k8s\.aws$/,
              allowed: 'an API group of ACK, "<service>.services.k8s.aws"',
              mend: 'Only objects of ACK can be read.',
            }),
            kind: checked(`${struct}.fromKind`, props.fromKind, {
              matches: /^[A-Z][A-Za-z0-9]*$/,
              allowed: 'a kind, such as "Role"',
              mend: 'Write the kind as in the manifest, in the singular.',
            }),
            name: checked(`${struct}.fromName`, props.fromName, DNS_SUBDOMAIN),
          },
        },
        to,
      },
      struct,
      props,
    );
    if (props.createConfigMap ?? true) {
      addTarget(this, 'target', to);
    }
    this.value = EnvironmentValue.configMapKey(to);
    this.ignoreDifferences = [exportedDifference(to)];
  }
}
