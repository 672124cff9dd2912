import type { Value } from '../../model/value';
import type { Span } from '../../text';

/** What an expression may ask of its surroundings. */
export interface AlloyScope {
  /** The environment variable `name` of the container; `''` when it is certainly not set. */
  readonly env: (name: string, span: Span) => Value;
  /** Whether the configuration has a component with this id, e.g. `prometheus.remote_write.amp`. */
  readonly hasComponent: (id: string) => boolean;
  /** `constants.hostname`. @default a symbol */
  readonly hostname?: Value;
}
