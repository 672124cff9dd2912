import { type AwsFacts, known, describe as shown, symbol } from '../../src/model';
import { awsFacts, readTemplate, type Template } from '../../src/read/cloudformation';
import { readJson } from '../../src/read/json';
import { readYaml } from '../../src/read/yaml';
import { MappedText, SourceText } from '../../src/text';

const ELSEWHERE = { account: known('111122223333'), region: known('eu-west-1'), partition: known('aws') };

function template(text: string, file = 't.yaml'): Template {
  const source = new SourceText(file, text);
  const mapped = MappedText.whole(source);
  const document = file.endsWith('.json') ? readJson(mapped).value : readYaml(mapped).documents[0];
  const found = document && readTemplate(document, source);
  if (!found) throw new Error('no template');
  return found;
}

const facts = (...texts: readonly string[]): AwsFacts =>
  awsFacts(
    texts.map((text, i) => template(text, `t${i}.yaml`)),
    ELSEWHERE,
  );

/** The name of a log group that is written as `expression`. */
function nameOf(expression: string, rest = ''): string {
  const [group] = facts(
    `Resources:\n  G:\n    Type: AWS::Logs::LogGroup\n    Properties:\n      LogGroupName: ${expression}\n${rest}`,
  ).logGroups;
  return shown(group.name);
}

describe('functions', () => {
  it.each([
    ['text', '/eks/a', '/eks/a'],
    [
      'Sub with pseudo parameters',
      '!Sub "/${AWS::Region}/${AWS::AccountId}/${AWS::Partition}"',
      '/eu-west-1/111122223333/aws',
    ],
    ['Sub with own variables', '!Sub ["/${A}/${AWS::Region}", {A: b}]', '/b/eu-west-1'],
    ['Sub that keeps a policy variable', '!Sub "${!aws:username}"', '${aws:username}'],
    ['Join', '!Join ["-", [a, !Ref AWS::Region]]', 'a-eu-west-1'],
    ['the long form', '{"Fn::Join": ["", ["a", {"Ref": "AWS::Region"}]]}', 'aeu-west-1'],
    ['Select and Split', '!Select [1, !Split ["/", "a/b/c"]]', 'b'],
    ['FindInMap', '!FindInMap [M, !Ref AWS::Region, name]', '/mapped'],
    ['If with a condition that is known', '!If [IsIreland, /yes, /no]', '/yes'],
    ['If with one that hangs on a parameter', '!If [IsBig, /big, /small]', '{/big | /small}'],
    ['a parameter', '!Ref Size', '<parameter Size>'],
    ['Ref of another group', '!Ref Other', '/other'],
    ['an attribute that only the deployment knows', '!GetAtt Table.StreamArn', '<StreamArn of Table>'],
    ['an import of another stack', '!ImportValue shared', '<unknown: the export shared>'],
    ['functions that refer to each other', '!Ref G', '<unknown: functions that refer to each other>'],
  ])('%s', (_, expression, value) => {
    const rest = [
      '  Other: {Type: AWS::Logs::LogGroup, Properties: {LogGroupName: /other}}',
      '  Table: {Type: AWS::DynamoDB::Table}',
      'Parameters:',
      '  Size: {Type: String, Default: small}',
      'Mappings:',
      '  M: {eu-west-1: {name: /mapped}}',
      'Conditions:',
      '  IsIreland: !Equals [!Ref AWS::Region, eu-west-1]',
      '  IsBig: !And [!Condition IsIreland, !Equals [!Ref Size, big]]',
      '',
    ].join('\n');
    expect(nameOf(expression, rest)).toBe(value);
  });

  it('an export of another template is followed, whatever the order', () => {
    const exporting =
      'Resources:\n  A: {Type: AWS::SNS::Topic}\nOutputs:\n  O:\n    Value: /shared\n    Export: {Name: !Sub "${AWS::Region}-group"}\n';
    const importing =
      'Resources:\n  G:\n    Type: AWS::Logs::LogGroup\n    Properties:\n      LogGroupName: !ImportValue eu-west-1-group\n';
    expect(shown(facts(importing, exporting).logGroups[0].name)).toBe('/shared');
  });
});

describe('resources', () => {
  it('one whose condition is false is not made', () => {
    const text =
      'Conditions:\n  Never: !Equals [a, b]\nResources:\n  G: {Type: AWS::Logs::LogGroup, Condition: Never, Properties: {LogGroupName: x}}\n';
    expect(facts(text).logGroups).toEqual([]);
  });

  it('a role has its path in its ARN, and all policies that belong to it', () => {
    const text = `Resources:
  R:
    Type: AWS::IAM::Role
    Properties:
      RoleName: Writer
      Path: /observe/
      AssumeRolePolicyDocument: {Statement: []}
      ManagedPolicyArns: [!Ref M, arn:aws:iam::aws:policy/CloudWatchAgentServerPolicy]
      Policies: [{PolicyName: a, PolicyDocument: {Statement: []}}]
  P: {Type: AWS::IAM::Policy, Properties: {PolicyName: b, Roles: [!Ref R], PolicyDocument: {Statement: []}}}
  Q: {Type: AWS::IAM::RolePolicy, Properties: {PolicyName: c, RoleName: Writer, PolicyDocument: {Statement: []}}}
  M: {Type: AWS::IAM::ManagedPolicy, Properties: {ManagedPolicyName: d, PolicyDocument: {Statement: []}}}
  X: {Type: AWS::IAM::Policy, Properties: {PolicyName: x, Roles: [Other], PolicyDocument: {Statement: []}}}
`;
    const { roles, managedPolicies } = facts(text);
    expect(shown(roles[0].arn)).toBe('arn:aws:iam::111122223333:role/observe/Writer');
    expect(roles[0].policies.map(({ label }) => label)).toEqual(['policy a of role Writer', 'policy b', 'policy c']);
    expect(roles[0].managedPolicyArns.map(shown)).toEqual([
      'arn:aws:iam::111122223333:policy/d',
      'arn:aws:iam::aws:policy/CloudWatchAgentServerPolicy',
    ]);
    expect(managedPolicies.map(({ arn }) => shown(arn))).toEqual(['arn:aws:iam::111122223333:policy/d']);
  });

  it("a workspace's id is a symbol that its ARN and endpoint are made of", () => {
    const text = `Resources:
  W: {Type: AWS::APS::Workspace, Properties: {Tags: [{Key: a, Value: b}]}}
Outputs:
  A: {Value: !GetAtt W.Arn, Export: {Name: arn}}
  E: {Value: !GetAtt W.PrometheusEndpoint, Export: {Name: endpoint}}
`;
    const using =
      'Resources:\n  G: {Type: AWS::Logs::LogGroup, Properties: {LogGroupName: !Sub ["${A} ${E}", {A: !ImportValue arn, E: !ImportValue endpoint}]}}\n';
    const { workspaces, logGroups } = facts(text, using);
    expect(workspaces[0].id).toMatchObject({ kind: 'symbol', key: 't0.yaml#W.WorkspaceId' });
    expect(workspaces[0].tags).toEqual(new Map([['a', expect.objectContaining({ value: 'b' })]]));
    expect(shown(logGroups[0].name)).toBe(
      'arn:aws:aps:eu-west-1:111122223333:workspace/<id of workspace W> https://aps-workspaces.eu-west-1.amazonaws.com/workspaces/<id of workspace W>/',
    );
  });

  it('an account that nobody says stays a symbol through every ARN', () => {
    const account = symbol('aws', 'account', { label: known('account') });
    const text = 'Resources:\n  R: {Type: AWS::IAM::Role, Properties: {RoleName: W}}\n';
    const [role] = awsFacts([template(text)], { ...ELSEWHERE, account }).roles;
    expect(shown(role.arn)).toBe('arn:aws:iam::<account>:role/W');
  });

  it('JSON templates keep their places', () => {
    const text =
      '{\n "Resources": {\n  "G": {"Type": "AWS::Logs::LogGroup",\n   "Properties": {"LogGroupName": "/a"}}}}';
    const [group] = awsFacts([template(text, 't.json')], ELSEWHERE).logGroups;
    expect(group.span.source.position(group.span.start)).toEqual({ line: 4, column: 35 });
  });

  it('a document without resources is no template', () => {
    const source = new SourceText('x.yaml', 'Resources: {A: {Type: Deployment}}');
    expect(readTemplate(readYaml(MappedText.whole(source)).documents[0], source)).toBeUndefined();
  });
});
