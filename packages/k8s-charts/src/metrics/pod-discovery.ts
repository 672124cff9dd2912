import { checked, checkedInteger, DNS_LABEL, invalid } from '../core/check';

/**
 * Options of `PodDiscovery.annotations`.
 */
export interface AnnotationDiscoveryOptions {
  /**
   * Namespaces whose pods are looked at. Where the same configuration text serves several clusters, list the namespaces of
   * all of them: one that a cluster does not have is simply empty there.
   *
   * @default - all namespaces
   */
  readonly namespaces?: string[];

  /**
   * Port that is scraped when a pod has no annotation `prometheus.io/port`, or one that is no port number.
   *
   * @default 9113
   */
  readonly defaultPort?: number;
}

/**
 * Which pods a metrics collector scrapes. Every collector of this library understands every discovery.
 */
export class PodDiscovery {
  /**
   * Pods that ask for it by annotation:
   *
   * - `prometheus.io/scrape: "true"` is required;
   * - `prometheus.io/port`: 1 to 65535, otherwise `defaultPort` is taken. A pod is scraped at one port, however many its
   *   containers declare;
   * - `prometheus.io/path`: otherwise `/metrics`;
   * - `prometheus.io/scheme`: `http` or `https`, otherwise `http`.
   *
   * Only running pods are targets, init containers never are. Addresses may be IPv4 or IPv6. The series get the labels
   * `namespace`, `pod` and, from the pod's label `app` or else `app.kubernetes.io/name`, `app`.
   */
  public static annotations(options: AnnotationDiscoveryOptions = {}): PodDiscovery {
    const namespaces = options.namespaces ?? [];
    if (options.namespaces !== undefined && namespaces.length === 0) {
      throw invalid(
        'AnnotationDiscoveryOptions.namespaces',
        [],
        'one namespace or more',
        'Leave the prop out to look at all namespaces.',
      );
    }
    for (const namespace of namespaces) {
      checked('AnnotationDiscoveryOptions.namespaces', namespace, DNS_LABEL);
    }
    const defaultPort = checkedInteger(
      'AnnotationDiscoveryOptions.defaultPort',
      options.defaultPort ?? 9113,
      1,
      65535,
      'Give the port at which most of your pods serve /metrics.',
    );
    return new PodDiscovery([...new Set(namespaces)].sort(), defaultPort);
  }

  /**
   * Namespaces that are looked at, sorted; empty for all.
   */
  public readonly namespaces: string[];

  /**
   * Port of a pod that names none.
   */
  public readonly defaultPort: number;

  private constructor(namespaces: string[], defaultPort: number) {
    this.namespaces = namespaces;
    this.defaultPort = defaultPort;
  }
}
