import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { checkedInteger } from '../core/check';
import { SYNC_WAVE_ANNOTATION } from './types';

/**
 * The order in which Argo CD applies objects. A wave is applied when all objects of those before it are healthy; pruning goes the
 * other way round. Objects without a wave are in wave 0.
 *
 * @see https://argo-cd.readthedocs.io/en/stable/user-guide/sync-waves/
 */
export class ArgoSyncWave {
  /**
   * Wave of namespaces and definitions of kinds.
   */
  public static readonly DEFINITIONS = -20;

  /**
   * Wave of operators and controllers.
   */
  public static readonly OPERATORS = -10;

  /**
   * Wave of what AWS has to make before others can use it.
   */
  public static readonly AWS_RESOURCES = -5;

  /**
   * Puts every object of a component into a wave.
   *
   * @param component The component, or a whole chart
   * @param wave A whole number from -1000 to 1000
   */
  public static set(component: IConstruct, wave: number): void {
    const number = checkedInteger('ArgoSyncWave.set', wave, -1000, 1000, 'Waves near 0 are usual.');
    for (const construct of component.node.findAll()) {
      if (ApiObject.isApiObject(construct)) {
        construct.metadata.addAnnotation(SYNC_WAVE_ANNOTATION, String(number));
      }
    }
  }

  private constructor() {}
}
