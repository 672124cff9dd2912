import { type Duration, Token } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { prometheusDuration } from '../private/durations';
import { invalidProp } from '../private/errors';
import { validateLabelName } from '../private/labels';
import type { AlertReceiver } from './alert-receiver';

/**
 * Which alerts go to whom, and how they are bundled. What is left out is taken over from the route above.
 *
 * @see https://prometheus.io/docs/alerting/latest/configuration/#route
 */
export interface AlertRoute {
  /** Who is told. */
  readonly receiver: AlertReceiver;

  /**
   * What an alert must be like, all of it: `severity="critical"`, `namespace=~"tictactoe-.*"`. The operators are
   * `=`, `!=`, `=~` and `!~`.
   *
   * @default - every alert that comes this far
   */
  readonly matchers?: string[];

  /**
   * Labels by which alerts are bundled into one message; `...` for every alert on its own.
   *
   * @default - those of the route above; at the top, all alerts in one
   */
  readonly groupBy?: string[];

  /**
   * How long to wait for further alerts before the first message of a group: whole seconds.
   *
   * @default - that of the route above; at the top, 30 seconds
   */
  readonly groupWait?: Duration;

  /**
   * How long to wait before a message about new alerts in a group that was told of: whole seconds.
   *
   * @default - that of the route above; at the top, five minutes
   */
  readonly groupInterval?: Duration;

  /**
   * How long to wait before a message is sent again: whole seconds, five days at most.
   *
   * @default - that of the route above; at the top, four hours
   */
  readonly repeatInterval?: Duration;

  /**
   * Whether an alert that this route takes is shown to the routes after it as well.
   *
   * @default false
   */
  readonly continueMatching?: boolean;

  /**
   * Routes for part of these alerts; the first that fits takes an alert.
   *
   * @default - all go to the receiver
   */
  readonly routes?: AlertRoute[];
}

/**
 * Alerts that are kept quiet while others fire.
 *
 * @see https://prometheus.io/docs/alerting/latest/configuration/#inhibit_rule
 */
export interface AlertInhibition {
  /** What the alert that fires is like: `severity="critical"`. */
  readonly sourceMatchers: string[];

  /** What the alerts that are kept quiet are like: `severity="warning"`. */
  readonly targetMatchers: string[];

  /**
   * Labels in which both must agree.
   *
   * @default - none
   */
  readonly equal?: string[];
}

/** As the definition of an alert manager has it. */
export function renderRoute(scope: IConstruct, route: AlertRoute): Record<string, unknown> {
  const { receiver, matchers, groupBy, groupWait, groupInterval, repeatInterval, routes } = route;
  validateMatchers(scope, 'matchers', matchers ?? []);
  for (const label of groupBy?.filter((name) => name !== '...') ?? []) {
    validateLabelName(scope, 'groupBy', label);
  }
  validateRepeatInterval(scope, repeatInterval);
  const duration = (prop: string, value: Duration | undefined) => value && prometheusDuration(scope, prop, value);
  const rendered = {
    receiver: receiver.name,
    matchers: matchers?.length ? matchers : undefined,
    group_by: groupBy?.length ? groupBy : undefined,
    group_wait: duration('groupWait', groupWait),
    group_interval: duration('groupInterval', groupInterval),
    repeat_interval: duration('repeatInterval', repeatInterval),
    continue: route.continueMatching,
    routes: routes?.length ? routes.map((child) => renderRoute(scope, child)) : undefined,
  };
  return Object.fromEntries(Object.entries(rendered).filter(([, value]) => value !== undefined));
}

/** As the definition of an alert manager has it. */
export function renderInhibition(scope: IConstruct, inhibition: AlertInhibition): Record<string, unknown> {
  const { sourceMatchers, targetMatchers, equal } = inhibition;
  validateMatchers(scope, 'sourceMatchers', sourceMatchers);
  validateMatchers(scope, 'targetMatchers', targetMatchers);
  for (const label of equal ?? []) {
    validateLabelName(scope, 'equal', label);
  }
  return {
    source_matchers: sourceMatchers,
    target_matchers: targetMatchers,
    ...(equal?.length && { equal }),
  };
}

/** The receivers of a route and of those below it, each once. */
export function receiversOf(route: AlertRoute): AlertReceiver[] {
  return [...new Set([route.receiver, ...(route.routes ?? []).flatMap(receiversOf)])];
}

function validateMatchers(scope: IConstruct, prop: string, matchers: readonly string[]): void {
  for (const matcher of matchers) {
    if (!Token.isUnresolved(matcher) && !/^\s*[a-zA-Z_:][a-zA-Z0-9_:]*\s*(=~|!~|!=|=)/.test(matcher)) {
      throw invalidProp(scope, {
        prop,
        got: matcher,
        allowed: 'a label, one of = != =~ !~, and a value',
        mend: 'Write it like severity="critical".',
      });
    }
  }
}

function validateRepeatInterval(scope: IConstruct, interval: Duration | undefined): void {
  if (interval !== undefined && !interval.isUnresolved() && interval.toSeconds({ integral: false }) > 5 * 86_400) {
    throw invalidProp(scope, {
      prop: 'repeatInterval',
      got: interval.toHumanString(),
      allowed: 'at most 5 days',
      mend: 'AMP would take anything longer for five days.',
    });
  }
}
