import { checked } from '../core/check';

/**
 * The cluster that an Application is applied to.
 */
export class ArgoDestination {
  /**
   * A cluster by its ARN, as the EKS capability for Argo CD wants it. The cluster must be registered there under this ARN,
   * also when it is the one that Argo CD manages from: `https://kubernetes.default.svc` is not supported by the capability.
   *
   * @param clusterArn `arn:<partition>:eks:<region>:<account>:cluster/<name>`
   */
  public static eksCluster(clusterArn: string): ArgoDestination {
    checked('ArgoDestination.eksCluster', clusterArn, {
      matches: /^arn:aws(-[a-z]+)*:eks:[a-z0-9-]+:\d{12}:cluster\/[0-9A-Za-z][\w-]{0,99}$/,
      allowed: 'an ARN "arn:<partition>:eks:<region>:<12-digit account>:cluster/<name>"',
      mend: 'Give the ARN of the cluster, or use ArgoDestination.apiServer for the URL of an API server.',
    });
    return new ArgoDestination(clusterArn, undefined);
  }

  /**
   * A cluster by the URL of its API server, for an Argo CD that you run yourself.
   *
   * @param url `https://…`
   */
  public static apiServer(url: string): ArgoDestination {
    checked('ArgoDestination.apiServer', url, {
      matches: /^https:\/\/[^\s/]+(\/\S*)?$/,
      allowed: 'a URL that starts with https://',
      mend: 'Give the URL under which the cluster is registered, or use ArgoDestination.eksCluster for an ARN.',
    });
    return new ArgoDestination(url, undefined);
  }

  /**
   * A cluster by the name under which it is registered in Argo CD.
   */
  public static clusterName(name: string): ArgoDestination {
    checked('ArgoDestination.clusterName', name, {
      matches: /^[^\s/:]+$/,
      allowed: 'a name without spaces, slashes and colons',
      mend: 'Give the name of the registered cluster, or use ArgoDestination.eksCluster for an ARN.',
    });
    return new ArgoDestination(undefined, name);
  }

  /**
   * ARN or URL of the cluster, when it is named by one.
   */
  public readonly server?: string;

  /**
   * Name of the cluster in Argo CD, when it is named so.
   */
  public readonly name?: string;

  private constructor(server: string | undefined, name: string | undefined) {
    this.server = server;
    this.name = name;
  }
}
