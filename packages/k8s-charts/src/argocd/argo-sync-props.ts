import type { ObjectOverridesProps } from '../core/object-overrides-props';
import type { ArgoIgnoreDifference } from './argo-ignore-difference';

/**
 * How Applications are synced, whoever makes them.
 */
export interface ArgoSyncProps extends ObjectOverridesProps {
  /**
   * Argo CD project.
   *
   * @default 'default'
   */
  readonly project?: string;

  /**
   * Branch, tag or commit.
   *
   * @default 'HEAD'
   */
  readonly targetRevision?: string;

  /**
   * Namespace of objects that name none.
   *
   * @default - none; such objects are refused by Argo CD
   */
  readonly destinationNamespace?: string;

  /**
   * Sync without being asked to.
   *
   * @default true
   */
  readonly automated?: boolean;

  /**
   * With automated sync: remove what is no longer in git. Objects annotated with `Prune=false` stay.
   *
   * @default - true when sync is automated
   */
  readonly prune?: boolean;

  /**
   * With automated sync: undo changes that were made in the cluster.
   *
   * @default - true when sync is automated
   */
  readonly selfHeal?: boolean;

  /**
   * Sync options as `Name=value`. `RespectIgnoreDifferences=true` is added when differences are ignored: without it, a sync
   * would still overwrite those fields.
   *
   * @default - none
   */
  readonly syncOptions?: string[];

  /**
   * Fields that other controllers write.
   *
   * @default - none
   */
  readonly ignoreDifferences?: ArgoIgnoreDifference[];

  /**
   * Remove the objects from the cluster when the Application is deleted, by Argo CD's finalizer.
   *
   * @default false
   */
  readonly cascadeDelete?: boolean;
}
