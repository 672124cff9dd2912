import { AWS_REGION, checked } from '../core/check';
import { checkedEnvironmentValue } from '../core/environment';
import type { EnvironmentValue } from '../core/environment-value';

/**
 * An Amazon Managed Service for Prometheus workspace, by what its remote-write URL is made of.
 */
export interface AmpWorkspaceAttributes {
  /**
   * Region of the workspace; requests are signed for it.
   */
  readonly region: EnvironmentValue;

  /**
   * Id of the workspace, `ws-…`. One that a controller makes in the cluster is known only at run time:
   * `AckPrometheusWorkspace.workspaceId`.
   */
  readonly workspaceId: EnvironmentValue;

  /**
   * Domain of the partition's services: `amazonaws.com.cn` in China.
   *
   * @default 'amazonaws.com'
   */
  readonly dnsSuffix?: string;
}

/**
 * Where a metrics collector writes. Every collector of this library understands every target.
 */
export class PrometheusRemoteWriteTarget {
  /**
   * A workspace of Amazon Managed Service for Prometheus, reached at
   * `https://aps-workspaces.<region>.<dnsSuffix>/workspaces/<workspaceId>/api/v1/remote_write` with requests signed by
   * Signature Version 4 (service `aps`).
   *
   * @see https://docs.aws.amazon.com/prometheus/latest/userguide/AMP-APIReference.html
   */
  public static ampWorkspace(attributes: AmpWorkspaceAttributes): PrometheusRemoteWriteTarget {
    checkedEnvironmentValue('AmpWorkspaceAttributes.region', attributes.region, AWS_REGION);
    checkedEnvironmentValue('AmpWorkspaceAttributes.workspaceId', attributes.workspaceId, {
      matches: /^ws-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
      allowed: '"ws-" and a UUID in lower case',
      mend: 'Give the id, not the alias, the ARN or the URL. For a workspace that does not exist yet use EnvironmentValue.configMapKey.',
    });
    const dnsSuffix = checked('AmpWorkspaceAttributes.dnsSuffix', attributes.dnsSuffix ?? 'amazonaws.com', {
      matches: /^[a-z0-9-]+(\.[a-z0-9-]+)+$/,
      allowed: 'a domain name without a scheme and without slashes',
      mend: 'Leave the prop out, except in partitions of their own: "amazonaws.com.cn" in China.',
    });
    return new PrometheusRemoteWriteTarget(attributes.region, attributes.workspaceId, dnsSuffix);
  }

  /**
   * Region of the workspace.
   */
  public readonly region: EnvironmentValue;

  /**
   * Id of the workspace.
   */
  public readonly workspaceId: EnvironmentValue;

  /**
   * Domain of the partition's services.
   */
  public readonly dnsSuffix: string;

  private constructor(region: EnvironmentValue, workspaceId: EnvironmentValue, dnsSuffix: string) {
    this.region = region;
    this.workspaceId = workspaceId;
    this.dnsSuffix = dnsSuffix;
  }
}
