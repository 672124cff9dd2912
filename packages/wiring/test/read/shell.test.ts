import { known, textOf } from '../../src/model';
import { readScript, scriptFacts } from '../../src/read/shell';
import { SourceText } from '../../src/text';

const surroundings = { account: known('111122223333'), region: known('eu-west-1'), partition: known('aws') };

function facts(text: string, file = 'iam.sh', files: Readonly<Record<string, string>> = {}) {
  return scriptFacts([readScript(new SourceText(file, text))], surroundings, (path) => files[path]);
}

const TRUST =
  '{"Statement": [{"Effect": "Allow", "Action": "sts:AssumeRoleWithWebIdentity", "Principal": {"Federated": "arn:aws:iam::${ACCOUNT}:oidc-provider/${OIDC}"}, "Condition": {"StringEquals": {"${OIDC}:sub": "system:serviceaccount:$SPACE:meter"}}}]}';

const SCRIPT = `#!/bin/bash -e
SPACE=observe   # the namespace
ACCOUNT=$(aws sts get-caller-identity --query Account --output text)
OIDC=$(aws eks describe-cluster --name shop --query "cluster.identity.oidc.issuer" --output text | sed -e "s/^https:\\/\\///")
cat <<END > trust.json
${TRUST}
END
if ! aws iam get-role --role-name Meter; then
  ROLE_ARN=$(aws iam create-role \\
    --role-name Meter \\
    --assume-role-policy-document file://trust.json \\
    --query "Role.Arn" --output text)
  POLICY_ARN=$(aws iam create-policy --policy-name Write --policy-document file://write.json --query Policy.Arn --output text)
  aws iam attach-role-policy --role-name Meter --policy-arn $POLICY_ARN
fi
`;

describe('scripts', () => {
  it('make roles of here-documents, variables and files beside them', () => {
    const { roles, managedPolicies } = facts(SCRIPT, 'a/iam.sh', {
      'a/write.json': '{"Statement": [{"Effect": "Allow", "Action": "aps:RemoteWrite", "Resource": "*"}]}',
    });
    expect(roles.map(({ arn }) => textOf(arn))).toEqual(['arn:aws:iam::111122223333:role/Meter']);
    const [{ conditions, principals }] = roles[0].trust?.statements ?? [];
    expect(conditions.map(({ values }) => values.map(textOf))).toEqual([['system:serviceaccount:observe:meter']]);
    const provider = textOf(principals?.members[0].value) ?? '';
    expect(provider).toMatch(/^arn:aws:iam::111122223333:oidc-provider\//);
    expect(conditions[0].key).toBe(`${provider.split('oidc-provider/')[1]}:sub`);
    expect(roles[0].managedPolicyArns.map(textOf)).toEqual(managedPolicies.map(({ arn }) => textOf(arn)));
    expect(managedPolicies[0].document.statements[0].actions.values.map(textOf)).toEqual(['aps:RemoteWrite']);
  });

  it('point at the lines of their here-documents', () => {
    const span = facts(SCRIPT).roles[0].trust?.statements[0].conditions[0].values[0].span;
    expect(span?.source.position(span.start).line).toBe(6);
  });

  it('in the fences of a guide are one script', () => {
    const guide = `# How

\`\`\`bash
export SPACE=observe
\`\`\`
Then:
~~~sh
aws iam create-role --role-name "Meter-$SPACE" --assume-role-policy-document '{"Statement": []}'
aws iam put-role-policy --role-name Meter-observe --policy-name x --policy-document file://unknown.json
~~~
`;
    const { roles } = facts(guide, 'README.md');
    expect(roles.map(({ name }) => textOf(name))).toEqual(['Meter-observe']);
    expect(roles[0].policies[0].statements[0].unreadable).toBe('the document is not in the input');
  });

  it('a quoted delimiter keeps dollars as they are', () => {
    const { roles } = facts(SCRIPT.replace('<<END', "<<'END'"));
    expect(roles[0].trust?.statements[0].conditions[0].key).toContain('OIDC}:sub');
  });

  it('a condition on a key that nobody knows is not judged', () => {
    const { roles } = facts(SCRIPT.replace(/^OIDC=.*$/m, ''));
    expect(roles[0].trust?.statements[0].unreadable).toMatch(/key that a script fills in/);
  });

  it('eksctl and helm say accounts and namespaces', () => {
    const { accounts, roles, releases, podIdentities } = facts(`
eksctl create iamserviceaccount --cluster=shop --namespace observe --name meter \\
  --attach-policy-arn arn:aws:iam::aws:policy/AmazonPrometheusRemoteWriteAccess --approve
helm upgrade --install prometheus prometheus-community/prometheus --version 25.27.0 -n observe -f ./config/values.yaml --create-namespace
aws eks create-pod-identity-association --cluster-name shop --namespace observe --service-account meter --role-arn arn:aws:iam::111122223333:role/Meter
`);
    expect(accounts.map(({ namespace, name }) => `${namespace?.value}/${name.value}`)).toEqual(['observe/meter']);
    expect(roles[0].managedPolicyArns.map(textOf)).toEqual([
      'arn:aws:iam::aws:policy/AmazonPrometheusRemoteWriteAccess',
    ]);
    expect(releases).toMatchObject([
      {
        chart: 'prometheus',
        values: ['values.yaml'],
        name: { value: 'prometheus' },
        namespace: { value: 'observe' },
      },
    ]);
    expect(podIdentities.map(({ serviceAccount }) => textOf(serviceAccount))).toEqual(['meter']);
  });

  it.each([
    'cat <<END > x',
    "echo 'open",
    'echo $(',
    'a=$',
    '`',
    '<<',
    '$(cat <<END\n',
    'helm install',
    'aws iam create-role --role-name',
  ])('that end in the middle are read as far as they go: %j', (text) => {
    expect(() => facts(`${text}\n`)).not.toThrow();
    expect(() => facts(text)).not.toThrow();
  });
});
