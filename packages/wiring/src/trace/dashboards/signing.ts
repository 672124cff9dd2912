import {
  type DataSourceSetting,
  describe,
  equal,
  labelOf,
  missingIn,
  textOf,
  type Value,
  type Workload,
  type World,
} from '../../model';
import { blocked, type Hop, HopBuilder } from '../path';
import type { GrafanaPlace } from './grafana';
import { ownSettings } from './own-settings';
import { CORE } from './plugins';
import type { ResolvedSource } from './resolved-source';
import type { Store } from './store';

/** Does Grafana sign what it asks, for the region that it asks? */
export function signingHop(resolved: ResolvedSource, store: Store, place: GrafanaPlace, world: World): Hop {
  const { source } = resolved;
  const { settings } = source;
  if (!store.region) return blocked('signature', source.label, 'SigV4', 'url');
  const hop = new HopBuilder('signature', source.label, `SigV4 for aps in ${describe(store.region)}`);
  const url = { span: resolved.url?.span ?? source.span, message: 'the URL is written here' };
  const signs = settings.get('sigV4Auth');
  const isOn = signs ? textOf(signs.value) : 'false';
  if (isOn === undefined) return hop.lacks({ kind: 'value', what: `whether ${source.label} signs` }).build();
  if (isOn !== 'true') {
    return hop
      .breaks({
        claim: 'data-source-signs',
        message: `${source.label} does not sign its requests, and ${describe(resolved.url ?? store.region)} takes signed ones only`,
        span: signs?.value.span ?? source.settingsSpan ?? source.span,
        related: [url],
        help: 'set jsonData.sigV4Auth to true, sigV4AuthType to ec2_iam_role and sigV4Region to the region of the workspace',
      })
      .build();
  }
  hop.saw(`${source.label} signs its requests`, signs?.value.span);
  if (place.workload && source.type && textOf(source.type) === CORE) switchedOn(hop, resolved, place.workload, world);
  authType(hop, resolved, place, world);
  service(hop, resolved);
  region(hop, settings.get('sigV4Region'), { resolved, region: store.region, place, world });
  return hop.build();
}

/** A Grafana of one's own signs with its plugin for Prometheus only where `sigv4_auth_enabled` says so. */
function switchedOn(hop: HopBuilder, { source }: ResolvedSource, workload: Workload, world: World): void {
  const told = ownSettings(workload, world).of('auth', 'sigv4_auth_enabled');
  if (told?.includes('true')) return;
  if (told?.length === 0) {
    hop.lacks({ kind: 'value', what: `whether ${labelOf(workload.object)} sets sigv4_auth_enabled` });
    return;
  }
  hop.breaks({
    claim: 'data-source-signs',
    message: `${source.label} is to sign its requests, and ${labelOf(workload.object)} does not switch that on`,
    span: workload.object.name.span,
    related: [{ span: source.settings.get('sigV4Auth')?.value.span ?? source.span, message: 'it is asked for here' }],
    help: 'set GF_AUTH_SIGV4_AUTH_ENABLED to true',
  });
}

/** Keys that are nowhere sign nothing; whose role the others take, the next hops say. */
function authType(hop: HopBuilder, { source }: ResolvedSource, { workload }: GrafanaPlace, world: World): void {
  const setting = source.settings.get('sigV4AuthType');
  const type = setting ? textOf(setting.value) : 'default';
  if (type === undefined) {
    hop.lacks({ kind: 'value', what: `the way in which ${source.label} authenticates` });
    return;
  }
  const given = [...source.secrets, ...source.valuesFrom.map(({ target }) => target.replace(/^secureJsonData\./, ''))];
  const hasKeys = ['sigV4AccessKey', 'accessKey'].some((key) => given.includes(key));
  if (type === 'keys' && !hasKeys && source.owner.kind !== 'any') {
    hop.breaks({
      claim: 'data-source-has-credentials',
      message: `${source.label} signs with keys, and it is given none`,
      span: setting?.value.span ?? source.span,
      related: [],
      help: 'write ec2_iam_role, which is the role of the workspace',
    });
  } else if (type === 'keys' || type === 'credentials') {
    hop.lacks({ kind: 'not-examined', what: `not examined by this version: credentials of kind ${type}` });
  } else if (type === 'grafana_assume_role') {
    hop.lacks({
      kind: 'not-examined',
      what: "not examined by this version: a role that Grafana's own account assumes",
    });
  } else if (workload && type === 'ec2_iam_role') {
    // https://grafana.com/docs/grafana/latest/setup-grafana/configure-grafana/#allowed_auth_providers
    const allowed = ownSettings(workload, world).of('aws', 'allowed_auth_providers');
    const isRefused = allowed === undefined || (allowed.length > 0 && !allowed.join().includes(type));
    if (isRefused) {
      hop.breaks({
        claim: 'data-source-has-credentials',
        message: `${source.label} takes its credentials by ${type}, which ${labelOf(workload.object)} does not allow`,
        span: setting?.value.span ?? source.span,
        related: [
          { span: workload.object.name.span, message: 'allowed_auth_providers has only default, keys and credentials' },
        ],
        help: 'write default, which is the role of the pod',
      });
      return;
    }
    hop.lacks({
      kind: 'credentials',
      what: `whether ${source.label} may take the role of the node: sigV4AuthType is ec2_iam_role, and the pod has another`,
      help: 'write default, which is the role of the pod',
    });
  } else hop.saw(`it takes the role that Grafana has (${type})`, setting?.value.span);
}

function service(hop: HopBuilder, { source, url }: ResolvedSource): void {
  const setting = source.settings.get('sigv4Service') ?? source.settings.get('sigV4Service');
  const text = setting ? textOf(setting.value) : undefined;
  if (text === undefined || text === '' || text === 'aps') return;
  hop.breaks({
    claim: 'data-source-service-is-right',
    message: `${source.label} signs for service ${text}, the workspace belongs to aps`,
    span: setting?.value.span ?? source.span,
    related: [{ span: url?.span ?? source.span, message: 'the URL is written here' }],
  });
}

interface Wanted {
  readonly resolved: ResolvedSource;
  readonly region: Value;
  readonly place: GrafanaPlace;
  readonly world: World;
}

function region(hop: HopBuilder, setting: DataSourceSetting | undefined, wanted: Wanted): void {
  const { resolved, place, world } = wanted;
  const { source, url } = resolved;
  const text = setting && textOf(setting.value);
  // Nothing, and "default", is the region of the Grafana that reads.
  const isOwn = !setting || text === '' || text === 'default';
  if (!setting) {
    hop.lacks({ kind: 'region', what: `the region for which ${source.label} signs: it has no sigV4Region` });
    return;
  }
  const fallback = place.workspace?.region ?? (place.workload ? world.surroundings.region : undefined);
  const value = isOwn ? fallback : setting.value;
  if (!value) {
    hop.lacks({ kind: 'region', what: `the region for which ${source.label} signs` });
    return;
  }
  const same = equal(value, wanted.region);
  if (same === 'yes') hop.saw(`it signs for ${describe(value)}`, setting?.value.span);
  else if (same === 'unknown' || isOwn) {
    const open = missingIn(value);
    hop.lacks(
      ...(open.length > 0
        ? open
        : [{ kind: 'region', what: `whether ${describe(value)} is ${describe(wanted.region)}` }]),
    );
  } else {
    hop.breaks({
      claim: 'data-source-region-is-right',
      message: `${source.label} signs for ${describe(value)} and reads in ${describe(wanted.region)}`,
      span: setting?.value.span ?? source.span,
      related: [{ span: url?.span ?? source.span, message: `the URL leads to ${describe(wanted.region)}` }],
      help: `sign for ${describe(wanted.region)}`,
    });
  }
}
