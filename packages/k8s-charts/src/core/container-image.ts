import { checked, DNS_SUBDOMAIN, invalid } from './check';
import type { ContainerImageProps } from './container-image-props';

/**
 * The image of a component.
 *
 * @param struct Name of the props' type, for error messages
 * @param own The component's image, with its registry and its tag
 */
export function componentImage(struct: string, own: string, props: ContainerImageProps): string {
  const { image, imageRegistry } = props;
  if (imageRegistry === undefined) {
    return image ?? own;
  }
  if (image !== undefined) {
    throw invalid(
      `${struct}.imageRegistry`,
      imageRegistry,
      'an image or a registry, not both',
      'Leave imageRegistry out, and give the image with its registry.',
    );
  }
  checked(`${struct}.imageRegistry`, imageRegistry, {
    matches: /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d{1,5})?(\/[a-z0-9]([a-z0-9._-]*[a-z0-9])?)*$/,
    allowed: 'a host name, with a port and a path or without, in lower case',
    mend: 'Write neither a scheme nor a slash at the end: "111122223333.dkr.ecr.ap-northeast-2.amazonaws.com/quay".',
  });
  return `${imageRegistry}${own.slice(own.indexOf('/'))}`;
}

/** The secrets as a service account lists them; nothing when there are none. */
export function pullSecrets(names: string[] | undefined) {
  const secrets = [...new Set(names)].map((name) => ({ name: checked('imagePullSecrets', name, DNS_SUBDOMAIN) }));
  return secrets.length === 0 ? {} : { imagePullSecrets: secrets };
}
