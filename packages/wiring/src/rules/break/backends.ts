import { example } from '../example';
import { METRICS } from '../examples/metrics';
import { type BreakRules, breakRule } from './break-rule';

/** Whether a collector speaks with the store in the way that the store wants. */
export const backends = {
  'remote-write-url-is-right': breakRule({
    id: 'backends/wrong-remote-write-url',
    summary: 'a remote-write URL is not that of a workspace',
    why: 'AMP answers 403 or 404 to every write',
    help: 'write https://aps-workspaces.<region>.amazonaws.com/workspaces/<id>/api/v1/remote_write',
    example: example(METRICS, { file: 'collector.yaml', good: '/api/v1/remote_write', bad: '/api/v1/remote_write/' }),
  }),
  'request-is-signed': breakRule({
    id: 'backends/unsigned-request',
    summary: 'requests to AMP are not signed',
    why: 'AMP answers 403, "Missing Authentication Token", to every write',
    help: 'sign with SigV4 for service aps',
    example: example(METRICS, {
      file: 'collector.yaml',
      good: '\n        sigv4 {\n          region = "eu-west-1"\n        }\n',
      bad: '',
    }),
  }),
  'signing-region-is-right': breakRule({
    id: 'backends/wrong-signing-region',
    summary: 'requests are signed for another region than they go to',
    why: 'AMP answers 403, "Credential should be scoped to a valid region", to every write',
    help: 'sign for the region in the URL',
    example: example(METRICS, { file: 'collector.yaml', good: 'region = "eu-west-1"', bad: 'region = "us-east-1"' }),
  }),
  'signing-service-is-right': breakRule({
    id: 'backends/wrong-signing-service',
    summary: 'requests are signed for another service than they go to',
    why: 'AMP answers 403 to every write',
    help: 'sign for service aps',
    example: example(METRICS, {
      file: 'collector.yaml',
      good: '          region = "eu-west-1"\n',
      bad: '          region       = "eu-west-1"\n          service_name = "prometheus"\n',
    }),
  }),
  'workspace-is-in-region': breakRule({
    id: 'backends/workspace-in-other-region',
    summary: 'a collector writes to a region that the workspace is not in',
    why: 'AMP answers 404 to every write: ids are known in their region only',
    help: 'write to the region of the workspace',
    example: example(METRICS, {
      file: 'store.yaml',
      good: 'services.k8s.aws/region: eu-west-1',
      bad: 'services.k8s.aws/region: us-east-1',
    }),
  }),
} satisfies BreakRules;
