import type { GitOps, World } from '../../model';
import type { Span } from '../../text';
import type { Arrivals, FoundCollectors } from '../../trace';
import type { Rule } from '../rule';

/** What lint rules look at: one world, and the collectors that were found in it. */
export interface LintInput extends FoundCollectors {
  readonly world: World;
  /** What Argo CD is told, in this world and in all others. */
  readonly gitOps: GitOps;
  /** What queries of the stores can find. */
  readonly arrivals: Arrivals;
}

/** What lint rules over the whole input look at. */
export interface EstateInput {
  readonly worlds: readonly World[];
  readonly gitOps: GitOps;
}

/** Something that a lint rule has seen. It never changes the status of a path. */
export interface Spotted {
  /** What it is about, by names that stay when lines move; it makes the finding's id: `Deployment observe/meter: collector`. */
  readonly subject: string;
  /** One sentence, lower case, without a full stop. */
  readonly message: string;
  readonly span?: Span;
  /** The other ends. */
  readonly related?: readonly { readonly span?: Span; readonly message: string }[];
  /** The mend for this very case; the rule's own help is the fallback. */
  readonly help?: string;
}

/** A rule with a look of its own, at entities and not at paths. Pure: the same world gives the same findings. */
export interface LintRule extends Rule {
  readonly check: (input: LintInput) => readonly Spotted[];
}

/** A rule whose two ends may stand in different worlds, or in none. */
export interface EstateRule extends Rule {
  readonly check: (input: EstateInput) => readonly (Spotted & { readonly world?: string })[];
}
