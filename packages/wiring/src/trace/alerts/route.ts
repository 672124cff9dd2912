import type { AlertManagerConfig, AlertMatcher, AlertRoute, QueryRule, Receiver, Truth } from '../../model';
import { takesValue } from '../../read/promql';
import { isTemplate } from '../arrivals/recorded';

/** What the routes of an alert manager make of the alerts of one rule. */
export interface Routed {
  /** Receivers that certainly get them, or one of which does. */
  readonly receivers: readonly Receiver[];
  /** Labels on which it rests who gets them. */
  readonly rests: readonly string[];
}

/** Goes through the tree of routes as Alertmanager does (dispatch/route.go): the deepest that match, one after another. */
export function routed(rule: QueryRule, config: AlertManagerConfig): Routed {
  const names = new Set<string>();
  const rests = new Set<string>();
  const visit = (route: AlertRoute, inherited: string | undefined): Truth => {
    const matched = matchesRoute(route, rule, rests);
    if (matched === 'no') return 'no';
    const own = route.receiver?.value ?? inherited;
    let isTaken = false;
    for (const child of route.routes) {
      const found = visit(child, own);
      if (found === 'no') continue;
      if (found === 'yes') isTaken = true;
      if (found === 'yes' && !child.continues) break;
    }
    if (!isTaken && own !== undefined) names.add(own);
    return matched;
  };
  visit(config.route, undefined);
  return { receivers: config.receivers.filter(({ name }) => names.has(name.value)), rests: [...rests] };
}

function matchesRoute({ matchers }: AlertRoute, rule: QueryRule, rests: Set<string>): Truth {
  let result: Truth = 'yes';
  for (const matcher of matchers) {
    const truth = matchesLabel(matcher, rule);
    if (truth === 'no') return 'no';
    if (truth === 'unknown') {
      rests.add(matcher.label);
      result = 'unknown';
    }
  }
  return result;
}

/** The alert has its name, the labels of its rule, and those of its series, which nobody looks up here. */
function matchesLabel(matcher: AlertMatcher, rule: QueryRule): Truth {
  const own = matcher.label === 'alertname' ? rule.name.value : rule.labels.get(matcher.label)?.value;
  if (own === undefined || isTemplate(`${own}`)) return 'unknown';
  return takesValue(matcher, `${own}`) ? 'yes' : 'no';
}

/** Receivers that routes name and nobody declares; Alertmanager refuses such a configuration. */
export function strayRoutes({ route, receivers }: AlertManagerConfig): readonly AlertRoute[] {
  const names = new Set(receivers.map(({ name }) => name.value));
  const all = (one: AlertRoute): readonly AlertRoute[] => [one, ...one.routes.flatMap(all)];
  return all(route).filter(({ receiver }) => receiver !== undefined && !names.has(receiver.value));
}
