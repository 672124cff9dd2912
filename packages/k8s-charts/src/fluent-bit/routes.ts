import { checked, DNS_LABEL, invalid } from '../core/check';
import { checkedEnvironmentValue, checkReadableFrom } from '../core/environment';
import type { EnvironmentValue } from '../core/environment-value';
import { LOG_GROUP_NAME } from './log-group-name';
import type { LogRoute } from './log-route';

/** A route with the variable from which the configuration takes its log group. */
export interface NumberedRoute {
  readonly namespaces: string[];
  readonly variable: string;
  readonly logGroupName: EnvironmentValue;
}

export function numberedRoutes(prop: string, namespace: string, routes: LogRoute[] = []): NumberedRoute[] {
  const all = routes.flatMap((route) => route.namespaces);
  const twice = all.find((name, index) => all.indexOf(name) !== index);
  if (twice !== undefined) {
    throw invalid(`${prop}.namespaces`, twice, 'each namespace once', 'Its lines can go to one log group only.');
  }
  return routes.map((route, index) => {
    if (route.namespaces.length === 0) {
      throw invalid(`${prop}.namespaces`, [], 'one namespace or more', 'Remove the route, or name its namespaces.');
    }
    for (const name of route.namespaces) {
      checked(`${prop}.namespaces`, name, DNS_LABEL);
    }
    checkReadableFrom(namespace, `${prop}.logGroupName`, route.logGroupName);
    return {
      namespaces: [...route.namespaces].sort(),
      variable: `LOG_GROUP_NAME_${index + 1}`,
      logGroupName: checkedEnvironmentValue(`${prop}.logGroupName`, route.logGroupName, LOG_GROUP_NAME),
    };
  });
}

/** Tags hold the name of the file, `<pod>_<namespace>_<container>-<id>.log`, and none of these names holds an underscore. */
export function tagsOf(prefix: string, namespaces: string[]): string {
  return `^${escaped(prefix)}[^_]+_(?:${namespaces.join('|')})_`;
}

/** All tags but those of the namespaces. */
export function otherTags(prefix: string, namespaces: string[]): string {
  return `^${escaped(prefix)}[^_]+_(?!(?:${namespaces.join('|')})_)`;
}

function escaped(text: string): string {
  return text.replaceAll('.', '\\.');
}
