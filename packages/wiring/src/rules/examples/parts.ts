/** What the examples have in common, as text: who runs, as whom in AWS, and what it may read in the cluster. */

/** The issuer of the examples' cluster, without `https://`. */
export const EXAMPLE_ISSUER = 'oidc.eks.eu-west-1.amazonaws.com/id/0A1B2C3D4E5F60718293A4B5C6D7E8F9';

/** A `sightline.json` of one world. */
export function worldOf(manifests: readonly string[], template: string): string {
  return `{
  "worlds": {
    "dev": {
      "manifests": [${manifests.map((file) => `"${file}"`).join(', ')}],
      "templates": ["${template}"],
      "account": "111122223333",
      "region": "eu-west-1",
      "cluster": "shop-dev",
      "issuer": "https://${EXAMPLE_ISSUER}"
    }
  }
}
`;
}

/** The service account `name` in `observe`, with the role `role`. */
export function accountWithRole(name: string, role: string): string {
  return `apiVersion: v1
kind: ServiceAccount
metadata:
  name: ${name}
  namespace: observe
  annotations:
    eks.amazonaws.com/role-arn: arn:aws:iam::111122223333:role/${role}
---
`;
}

/** The account `meter` may find the pods of all namespaces. */
export const PODS_ARE_FOUND = `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: meter}
rules:
  - apiGroups: [""]
    resources: [pods]
    verbs: [get, list, watch]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: meter}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: meter}
subjects:
  - {kind: ServiceAccount, name: meter, namespace: observe}
---
`;

/** The resource of a role that pods of one account take, and what it permits: the rest of a statement, indented. */
export function roleOf(name: string, account: string, permission: string): string {
  return `  ${name}:
    Type: AWS::IAM::Role
    Properties:
      RoleName: ${name}
      AssumeRolePolicyDocument:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow
            Action: sts:AssumeRoleWithWebIdentity
            Principal:
              Federated: arn:aws:iam::111122223333:oidc-provider/${EXAMPLE_ISSUER}
            Condition:
              StringEquals:
                ${EXAMPLE_ISSUER}:sub: system:serviceaccount:observe:${account}
                ${EXAMPLE_ISSUER}:aud: sts.amazonaws.com
      Policies:
        - PolicyName: write
          PolicyDocument:
            Version: "2012-10-17"
            Statement:
              - Effect: Allow
${permission.replace(/^(?=.)/gm, '                ')}`;
}
