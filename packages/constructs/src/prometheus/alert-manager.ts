import * as aps from 'aws-cdk-lib/aws-aps';
import { Construct } from 'constructs';
import { invalidProp } from '../private/errors';
import { yamlAroundYaml } from '../private/yaml';
import { type AlertInhibition, type AlertRoute, receiversOf, renderInhibition, renderRoute } from './alert-route';
import type { PrometheusWorkspace } from './workspace';

/**
 * Properties of an `AlertManager`.
 */
export interface AlertManagerProps {
  /** The workspace whose alerts are managed. It must be made in this app: the definition is a property of it. */
  readonly workspace: PrometheusWorkspace;

  /** Where alerts go; at the top, without matchers, because every alert must go somewhere. */
  readonly route: AlertRoute;

  /**
   * Which alerts are kept quiet while others fire.
   *
   * @default - none
   */
  readonly inhibitions?: AlertInhibition[];

  /**
   * Templates for messages, by name: text in the template language of Go.
   *
   * @default - those of the alert manager
   */
  readonly templates?: { [name: string]: string };
}

/**
 * The alert manager of a Prometheus workspace: who is told of which alerts. There is one for each workspace.
 *
 * The receivers are those that the routes name. The policies of their topics and secrets are extended so that AMP may
 * use them for this workspace and this account only; without that, AMP drops alerts without a word.
 *
 * @see https://docs.aws.amazon.com/prometheus/latest/userguide/AMP-alert-manager.html
 *
 * @example
 * declare const metrics: PrometheusWorkspace;
 * declare const topic: sns.ITopic;
 * declare const secret: secretsmanager.ISecret;
 *
 * new AlertManager(this, 'AlertManager', {
 *   workspace: metrics,
 *   route: {
 *     receiver: AlertReceiver.sns('team', { topic }),
 *     groupBy: ['alertname', 'namespace'],
 *     routes: [
 *       {
 *         receiver: AlertReceiver.pagerDuty('on-call', { secret, secretKey: 'routing_key' }),
 *         matchers: ['severity="critical"'],
 *       },
 *     ],
 *   },
 * });
 */
export class AlertManager extends Construct {
  constructor(scope: Construct, id: string, props: AlertManagerProps) {
    super(scope, id);
    const { workspace, route, inhibitions = [], templates = {} } = props;
    const resource = resourceOf(this, workspace);
    validateRoot(this, route);
    const receivers = receiversOf(route);
    validateNames(
      this,
      receivers.map(({ name }) => name),
    );

    const names = Object.keys(templates);
    const config = {
      ...(names.length > 0 && { templates: names }),
      route: renderRoute(this, route),
      ...(inhibitions.length > 0 && { inhibit_rules: inhibitions.map((rule) => renderInhibition(this, rule)) }),
      receivers: receivers.map((receiver) => receiver._bind(this, workspace)),
    };
    resource.alertManagerDefinition = yamlAroundYaml(
      workspace,
      names.length > 0 ? { template_files: templates } : {},
      'alertmanager_config',
      config,
    );
  }
}

function resourceOf(scope: Construct, workspace: PrometheusWorkspace): aps.CfnWorkspace {
  const resource = workspace.node.defaultChild;
  if (!(resource instanceof aps.CfnWorkspace) || resource.alertManagerDefinition !== undefined) {
    throw invalidProp(scope, {
      prop: 'workspace',
      got: workspace.node.path,
      allowed: 'a workspace that has no alert manager yet',
      mend: 'A workspace has one definition: put the routes of both into one AlertManager.',
    });
  }
  return resource;
}

function validateRoot(scope: Construct, { matchers }: AlertRoute): void {
  if (matchers !== undefined && matchers.length > 0) {
    throw invalidProp(scope, {
      prop: 'route.matchers',
      got: matchers,
      allowed: 'left out at the top',
      mend: 'Every alert must go somewhere: move the matchers to a route below.',
    });
  }
}

/** Receivers are told apart by name only, once they are text. */
function validateNames(scope: Construct, names: readonly string[]): void {
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) {
    throw invalidProp(scope, {
      prop: 'receiver',
      got: twice,
      allowed: 'a name for one receiver only',
      mend: 'Rename one of the two, or keep one receiver in a variable and use that twice.',
    });
  }
}
