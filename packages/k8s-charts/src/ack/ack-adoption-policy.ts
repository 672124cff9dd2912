/**
 * What ACK does when the AWS resource exists already. Without a policy it makes a new one, or fails where the name is taken.
 *
 * @see https://aws-controllers-k8s.github.io/community/docs/user-docs/adopted-resource/
 */
export enum AckAdoptionPolicy {
  /** Take over the resource that exists; when there is none, wait for it. What git says is then brought to it. */
  ADOPT = 'adopt',
  /** Take over the resource when it exists, or else make it. */
  ADOPT_OR_CREATE = 'adopt-or-create',
}
