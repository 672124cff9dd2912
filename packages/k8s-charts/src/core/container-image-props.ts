/**
 * Where the image of a component comes from.
 */
export interface ContainerImageProps {
  /**
   * Image with its tag.
   *
   * @default - the component's image, in the version of this library's table of images
   */
  readonly image?: string;

  /**
   * Registry that mirrors the component's image, for clusters without a way to public ones: it takes the place of the
   * registry in the image's name, and may have a path, as the pull-through caches of Amazon ECR do
   * (`111122223333.dkr.ecr.ap-northeast-2.amazonaws.com/docker-hub`). Not together with `image`.
   *
   * @default - the image's own registry
   * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/pull-through-cache.html
   */
  readonly imageRegistry?: string;

  /**
   * Names of the secrets, in the component's namespace, by which images are pulled. They stand on the service account, whose
   * pods Kubernetes gives them to. Registries of Amazon ECR need none on nodes of EKS.
   *
   * @default - none
   */
  readonly imagePullSecrets?: string[];
}
