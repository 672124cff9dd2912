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

  /**
   * Puts the objects of a component into the waves that their kinds ask for: namespaces and definitions of kinds first, then what AWS has to
   * make, which ACK's objects tell; all others stay in wave 0. Objects that have a wave already keep it. Operators cannot be told
   * by their kind: put them into `ArgoSyncWave.OPERATORS` before.
   *
   * @param component The component, or a whole chart
   */
  public static byKind(component: IConstruct): void {
    for (const construct of component.node.findAll()) {
      const wave = ApiObject.isApiObject(construct) ? waveOf(construct) : undefined;
      if (wave !== undefined) {
        ArgoSyncWave.set(construct, wave);
      }
    }
  }

  private constructor() {}
}

function waveOf(object: ApiObject): number | undefined {
  const { metadata } = object.toJson() as { metadata: { annotations?: Record<string, string> } };
  if (metadata.annotations?.[SYNC_WAVE_ANNOTATION] !== undefined) {
    return undefined;
  }
  if (object.kind === 'Namespace' || object.kind === 'CustomResourceDefinition') {
    return ArgoSyncWave.DEFINITIONS;
  }
  return /(^|\.)services\.k8s\.aws$/.test(object.apiGroup) ? ArgoSyncWave.AWS_RESOURCES : undefined;
}
