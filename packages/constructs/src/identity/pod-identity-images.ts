import { podIdentity } from '../data/pod-identity';

/** Why the image is not known to work, or nothing: it is, or nobody here knows the image or its version. */
export interface TooOld {
  /** The lowest version that is known to work. */
  readonly from: string;
  /** How that is known. */
  readonly source: string;
}

/**
 * EKS's user guide names the lowest SDKs (Go v1 1.47.11, Go v2 2023-11-14); the sources of each program say which SDK a
 * version was built with.
 *
 * https://docs.aws.amazon.com/eks/latest/userguide/pod-id-minimum-sdk.html
 *
 * @param image a reference as in a pod: `<registry>/<repository>:<version>`, perhaps with a digest
 */
export function tooOldForPodIdentity(image: string): TooOld | undefined {
  const match = /^(.+):v?(\d+)\.(\d+)(?:\.(\d+))?[^:/]*$/.exec(image.replace(/@.*$/, ''));
  const known = match && podIdentity.find(({ repository }) => `/${match[1]}`.endsWith(`/${repository}`));
  if (!match || !known) {
    return undefined;
  }
  const version = match.slice(2).map((part) => Number(part ?? 0));
  const from = known.from.split('.').map(Number);
  const differing = from.findIndex((part, i) => part !== version[i]);
  return differing >= 0 && version[differing] < from[differing]
    ? { from: known.from, source: known.source }
    : undefined;
}
