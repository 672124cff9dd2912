/** From which version on the software in an image is known to take credentials of EKS Pod Identity. */
interface Known {
  /** End of the image's repository. */
  readonly repository: string;
  /** The lowest version that is known to work: major, minor, patch. */
  readonly from: readonly [number, number, number];
  /** How that is known. */
  readonly source: string;
}

/**
 * Read on 2026-11-22. EKS's user guide names the lowest SDKs (Go v1 1.47.11, Go v2 2023-11-14); the sources say which SDK
 * a version was built with.
 *
 * https://docs.aws.amazon.com/eks/latest/userguide/pod-id-minimum-sdk.html
 */
const KNOWN: readonly Known[] = [
  { repository: 'grafana/alloy', from: [1, 4, 2], source: 'go.mod of grafana/alloy v1.4.2: aws-sdk-go 1.55.5' },
  { repository: 'prometheus/prometheus', from: [2, 54, 0], source: 'go.mod of prometheus v2.54.0: aws-sdk-go 1.54.19' },
  { repository: 'prom/prometheus', from: [2, 54, 0], source: 'go.mod of prometheus v2.54.0: aws-sdk-go 1.54.19' },
  {
    repository: 'fluent/fluent-bit',
    from: [3, 2, 10],
    source: 'source of fluent-bit: present in v3.2.10, not in v1.9.10',
  },
  {
    repository: 'aws-observability/aws-for-fluent-bit',
    from: [3, 0, 0],
    source: 'aws-for-fluent-bit 2.x is a patched Fluent Bit 1.9.10, and which patch has it is not known',
  },
  {
    repository: 'aws-observability/aws-otel-collector',
    from: [0, 49, 0],
    source: 'go.mod of aws-otel-collector v0.49.0: aws-sdk-go-v2 1.42.1',
  },
];

/** Why the image is not known to work, or nothing: it is, or nobody here knows the image or its version. */
export interface TooOld {
  /** The lowest version that is known to work. */
  readonly from: string;
  /** How that is known. */
  readonly source: string;
}

/** @param image a reference as in a pod: `<registry>/<repository>:<version>`, perhaps with a digest */
export function tooOldForPodIdentity(image: string): TooOld | undefined {
  const match = /^(.+):v?(\d+)\.(\d+)(?:\.(\d+))?[^:/]*$/.exec(image.replace(/@.*$/, ''));
  const known = match && KNOWN.find(({ repository }) => `/${match[1]}`.endsWith(`/${repository}`));
  if (!match || !known) {
    return undefined;
  }
  const version = match.slice(2).map((part) => Number(part ?? 0));
  const differing = known.from.findIndex((part, i) => part !== version[i]);
  return differing >= 0 && version[differing] < known.from[differing]
    ? { from: known.from.join('.'), source: known.source }
    : undefined;
}
