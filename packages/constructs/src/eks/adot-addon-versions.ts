import { Annotations, Token } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { invalidProp } from '../private/errors';

/** A release of the add-on, and the versions of Kubernetes that its announcement names. */
interface Release {
  /** Minor version of the add-on, whose major version is 0. */
  readonly minor: number;
  readonly version: string;
  /** The lowest and the highest minor version of Kubernetes 1, as far as the announcement says. */
  readonly from?: number;
  readonly to: number;
  readonly announced: string;
}

/**
 * Read on 2026-11-22 from the announcements: https://aws-otel.github.io/blogs. EKS itself tells what it offers now:
 * `aws eks describe-addon-versions --addon-name adot --kubernetes-version VERSION`.
 */
const RELEASES: readonly Release[] = [
  { minor: 151, version: 'v0.151.0-eksbuild.1', from: 31, to: 36, announced: '2026-06-03' },
  { minor: 141, version: 'v0.141.0-eksbuild.1', to: 34, announced: '2025-12-18' },
  { minor: 131, version: 'v0.131.0-eksbuild.1', to: 33, announced: '2025-10-02' },
  { minor: 117, version: 'v0.117.0-eksbuild.1', to: 32, announced: '2025-04-29' },
];

/** Warns when the version of the add-on was not announced for the version of the cluster; an old table must not refuse. */
export function checkKubernetesVersion(
  scope: Construct,
  version: string | undefined,
  kubernetesVersion: string | undefined,
): void {
  if (kubernetesVersion === undefined || Token.isUnresolved(kubernetesVersion)) {
    return;
  }
  const kubernetes = Number(/^1\.(\d+)$/.exec(kubernetesVersion)?.[1]);
  if (Number.isNaN(kubernetes)) {
    throw invalidProp(scope, {
      prop: 'kubernetesVersion',
      got: kubernetesVersion,
      allowed: 'a version of Kubernetes with one dot, such as 1.36',
      mend: 'aws eks describe-cluster --query cluster.version tells it.',
    });
  }
  const minor = version && !Token.isUnresolved(version) ? Number(/^v0\.(\d+)\./.exec(version)?.[1]) : Number.NaN;
  const release = RELEASES.find((one) => minor >= one.minor);
  if (release === undefined) {
    return;
  }
  // A version that is newer than the newest that is known here may know newer clusters.
  const known = minor === RELEASES[0].minor || release !== RELEASES[0];
  if ((known && kubernetes > release.to) || (release.from !== undefined && kubernetes < release.from)) {
    const fits = RELEASES.find(({ from = 0, to }) => from <= kubernetes && kubernetes <= to);
    Annotations.of(scope).addWarningV2(
      '@eks-sightline/constructs:eks.adotVersionForCluster',
      `Version ${version} of the add-on ADOT was not announced for Kubernetes ${kubernetesVersion}; of those known on ` +
        `2026-11-22, ${fits ? `${fits.version} (${fits.announced}) was` : 'none was'}. Leave version out to have EKS choose, ` +
        'or acknowledge this warning if EKS offers it.',
    );
  }
}
