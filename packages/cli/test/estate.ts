/** A small estate for the command line: one collector of metrics, one world. What is judged, and how, is tested in wiring. */
const ISSUER = 'oidc.eks.eu-west-1.amazonaws.com/id/0A1B2C3D4E5F60718293A4B5C6D7E8F9';

const template = {
  Resources: {
    Role: {
      Type: 'AWS::IAM::Role',
      Properties: {
        RoleName: 'Writer',
        AssumeRolePolicyDocument: {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Action: 'sts:AssumeRoleWithWebIdentity',
              Principal: { Federated: `arn:aws:iam::111122223333:oidc-provider/${ISSUER}` },
              Condition: {
                StringEquals: {
                  [`${ISSUER}:sub`]: 'system:serviceaccount:observe:meter',
                  [`${ISSUER}:aud`]: 'sts.amazonaws.com',
                },
              },
            },
          ],
        },
        ManagedPolicyArns: ['arn:aws:iam::aws:policy/AmazonPrometheusRemoteWriteAccess'],
      },
    },
  },
};

const manifests = `apiVersion: v1
kind: ServiceAccount
metadata:
  name: meter
  namespace: observe
  annotations:
    eks.amazonaws.com/role-arn: arn:aws:iam::111122223333:role/Writer
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: meter
  namespace: observe
data:
  config.alloy: |
    prometheus.remote_write "amp" {
      endpoint {
        url = "https://aps-workspaces.eu-west-1.amazonaws.com/workspaces/ws-01234567-89ab-cdef-0123-456789abcdef/api/v1/remote_write"
        sigv4 {
          region = "eu-west-1"
        }
      }
    }
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: meter
  namespace: observe
spec:
  template:
    spec:
      serviceAccountName: meter
      containers:
        - name: alloy
          image: grafana/alloy:v1.18.1
          args: [run, /etc/alloy/config.alloy]
          volumeMounts:
            - name: config
              mountPath: /etc/alloy
      volumes:
        - name: config
          configMap:
            name: meter
`;

const config = {
  worlds: {
    dev: {
      manifests: ['manifests'],
      templates: ['stack.template.json'],
      account: '111122223333',
      region: 'eu-west-1',
      issuer: `https://${ISSUER}`,
    },
  },
};

export const ESTATE = {
  'sightline.json': JSON.stringify(config),
  'stack.template.json': JSON.stringify(template, null, 1),
  'manifests/meter.yaml': manifests,
} as const;

/** The estate with a pod that runs as an account which nobody declares. */
export const BROKEN = {
  ...ESTATE,
  'manifests/meter.yaml': manifests.replace('serviceAccountName: meter', 'serviceAccountName: metre'),
};
