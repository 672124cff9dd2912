import { Token } from 'aws-cdk-lib';

const PRIVATE_ECR = /^\d{12}\.dkr\.ecr\.([a-z0-9-]+)\.amazonaws\.com(\.cn)?$/;

/**
 * Those of the images that must come over the internet, because their registry has no VPC endpoint: all but private
 * registries of Amazon ECR in the region. Public ECR has none that serves layers, either.
 */
export function unservedImages(images: readonly string[], region: string, ecrReached: boolean): string[] {
  return images.filter((image) => {
    if (Token.isUnresolved(image)) {
      return false;
    }
    const match = PRIVATE_ECR.exec(registryOf(image));
    return !ecrReached || match === null || !(Token.isUnresolved(region) || match[1] === region);
  });
}

/** As container runtimes read it: a first part with a dot or a port is a registry, anything else is on Docker Hub. */
function registryOf(image: string): string {
  const [first, ...rest] = image.split('/');
  return rest.length > 0 && (/[.:]/.test(first) || first === 'localhost') ? first : 'docker.io';
}
