import { GrafanaClient } from '@aws-sdk/client-grafana';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { S3Client } from '@aws-sdk/client-s3';
import { realClock } from '../common/clock';
import type { ResourceAnswer, ResourceEvent } from './event';
import { answer } from './handler';
import { world } from './world';

const outside = world({
  clock: realClock,
  grafana: (region) => new GrafanaClient({ region, maxAttempts: 1 }),
  s3: new S3Client({ maxAttempts: 1 }),
  lambda: new LambdaClient({ maxAttempts: 1, requestHandler: { requestTimeout: 14 * 60_000 } }),
});

/**
 * `onEvent` of the provider framework. Nothing is logged here but what the framework logs: the properties, no secret.
 */
export function handler(event: ResourceEvent): Promise<ResourceAnswer> {
  return answer(event, outside);
}
