import type { AwsFacts, KubeObject, Surroundings } from '../../model';
import { eksctlFacts } from '../eksctl';
import { Interpreter } from './interpreter';
import type { Release } from './release';
import type { Script } from './script';

export interface ScriptFacts
  extends Pick<AwsFacts, 'roles' | 'managedPolicies' | 'podIdentities' | 'logGroups' | 'logQueries'> {
  readonly accounts: readonly KubeObject[];
  readonly releases: readonly Release[];
}

/** What scripts make in the account and the cluster, as far as that can be told without running them. */
export function scriptFacts(
  scripts: readonly Script[],
  surroundings: Surroundings,
  file: (path: string) => string | undefined = () => undefined,
): ScriptFacts {
  const found = scripts.map((script) => new Interpreter(script, surroundings, file).run());
  const eksctl = eksctlFacts(
    found.flatMap(({ clusters }) => clusters),
    surroundings,
  );
  return {
    roles: [...found.flatMap(({ roles }) => roles), ...eksctl.roles],
    managedPolicies: found.flatMap(({ managedPolicies }) => managedPolicies),
    logGroups: found.flatMap(({ logGroups }) => logGroups),
    logQueries: found.flatMap(({ logQueries }) => logQueries),
    podIdentities: found.flatMap(({ podIdentities }) => podIdentities),
    accounts: eksctl.accounts,
    releases: found.flatMap(({ releases }) => releases),
  };
}
