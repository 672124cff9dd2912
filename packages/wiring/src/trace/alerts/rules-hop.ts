import {
  describe,
  missingIn,
  type PrometheusWorkspace,
  type RuleSet,
  type WorkspaceReference,
  type World,
} from '../../model';
import { workspaceOf } from '../arrivals';
import { type Hop, HopBuilder } from '../path';

export interface Taken {
  readonly hop: Hop;
  readonly workspace?: PrometheusWorkspace;
}

/** Does a workspace that is there take the rules? */
export function rulesHop(set: RuleSet, reference: WorkspaceReference, world: World): Taken {
  const workspace = workspaceOf(reference, world);
  const hop = new HopBuilder('rules', set.label, workspace?.label ?? reference.object ?? describe(reference.value));
  const [defect] = set.defects;
  if (defect) {
    hop.breaks({
      claim: 'rules-are-accepted',
      message: `${set.label} is not taken: ${defect.message}`,
      span: defect.span,
      related: [],
      ...(defect.help && { help: defect.help }),
    });
  }
  hop.lacks(...set.missing);
  if (workspace) {
    hop.saw(`${workspace.label} evaluates them`, reference.span);
    wantArn(hop, set, reference, workspace);
    return { hop: hop.build(), workspace };
  }
  judgeAbsent(hop, set, reference, world);
  return { hop: hop.build() };
}

/** CloudFormation wants the ARN of the workspace, though its text speaks of an id. */
function wantArn(
  hop: HopBuilder,
  set: RuleSet,
  { isArn, value, span }: WorkspaceReference,
  workspace: PrometheusWorkspace,
): void {
  if (!isArn || describe(value).startsWith('arn:')) return;
  hop.breaks({
    claim: 'rules-have-workspace',
    message: `${set.label} names ${workspace.label} by its id, and only an ARN is taken`,
    span,
    related: [{ span: workspace.span, message: 'the workspace is made here' }],
    help: 'refer to the attribute Arn of the workspace',
  });
}

function judgeAbsent(hop: HopBuilder, set: RuleSet, { value, object, span }: WorkspaceReference, world: World): void {
  const [near] = world.aws.workspaces;
  if (object !== undefined && world.closedManifests) {
    hop.breaks({
      claim: 'rules-have-workspace',
      message: `${set.label} is for ${object}, which is not there`,
      span,
      related: near ? [{ span: near.span, message: `${near.label} is there` }] : [],
      subject: object,
      ...(near && { help: `name ${near.label}` }),
    });
    return;
  }
  const open = object === undefined ? missingIn(value) : [];
  const what = `${object ?? describe(value)}: nothing in the input makes it`;
  hop.lacks(...(open.length > 0 ? open : [{ kind: 'workspace', what }]));
}
