import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Verdict } from '@eks-sightline/wiring';
import { repository } from '../kit/rendered';
import { benignChanges } from './benign';
import type { Benign } from './benign-change';
import { type Judgement, judge, objection, verdictOf } from './judge';
import { type Mutant, mutantOf } from './mutant';
import { operators } from './table';
import { Yard } from './yard';

export interface Outcome extends Judgement {
  readonly mutant: Mutant;
  readonly environment: string;
}

const workshop = join(repository, 'examples', 'eks-workshop');

/** What is mutated: rendered environments, each judged from its own root. */
export const environments: Readonly<Record<string, { root: string; parts: readonly string[] }>> = {
  tictactoe: { root: join(repository, 'apps', 'tictactoe-infra'), parts: ['gitops', 'cdk.out', 'sightline.json'] },
  // What the two others have nothing of: monitors, rules and alerts, dashboards.
  estates: {
    root: join(repository, 'e2e', 'mutation', 'estates'),
    parts: ['shop', 'depot', 'pier', 'metrics', 'sightline.json'],
  },
  // None of it is committed; `npm run mutate` renders it first.
  ...(existsSync(join(workshop, 'dist', 'rendered')) && {
    workshop: { root: workshop, parts: ['dist/rendered', 'cdk.out', 'sightline.json'] },
  }),
};

/**
 * Makes and judges the mutants of every environment.
 *
 * @param chosen which of them, by operator and running number; all by default
 */
export function runMutants(
  chosen: (operator: string, index: number) => boolean,
  tell: (outcome: Outcome) => void,
): void {
  for (const [environment, { root, parts }] of Object.entries(environments)) {
    const yard = Yard.read(root, parts);
    const before = new Map<string | undefined, Verdict>();
    const verdictBefore = (overlay?: string) => {
      const verdict = before.get(overlay) ?? verdictOf(yard.files, overlay);
      before.set(overlay, verdict);
      return verdict;
    };
    for (const operator of operators) {
      const mutations = operator.mutations(yard).filter((_, index) => chosen(operator.id, index));
      for (const mutation of mutations) {
        const mutant = mutantOf(operator, yard, mutation);
        if (mutant.files[mutant.file] === yard.files[mutant.file]) {
          throw new Error(`${operator.id} changes nothing: ${mutant.title}`);
        }
        tell({ environment, mutant, ...judge(mutant, operator, yard.files, verdictBefore) });
      }
    }
  }
}

export interface Answer {
  readonly environment: string;
  readonly change: Benign;
  /** What verify said, where it should have said nothing. */
  readonly objection?: string;
}

/** Makes and judges the benign changes of every environment. */
export function runBenign(chosen: (index: number) => boolean, tell: (answer: Answer) => void): void {
  for (const [environment, { root, parts }] of Object.entries(environments)) {
    const yard = Yard.read(root, parts);
    const before = verdictOf(yard.files);
    for (const change of benignChanges(yard).filter((_, index) => chosen(index))) {
      const said = objection(change.files, before);
      tell({ environment, change, ...(said !== undefined && { objection: said }) });
    }
  }
}
