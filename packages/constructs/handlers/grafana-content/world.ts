import type { GrafanaClient } from '@aws-sdk/client-grafana';
import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import { GetObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { awsPatience, explained } from '../common/aws-errors';
import type { Clock } from '../common/clock';
import { retry } from '../common/retry';
import type { World } from './event';

interface Clients {
  readonly clock: Clock;
  readonly grafana: (region: string) => GrafanaClient;
  readonly s3: S3Client;
  readonly lambda: LambdaClient;
}

/** The world by way of the AWS SDK. */
export function world({ clock, grafana, s3, lambda }: Clients): World {
  return {
    clock,

    grafanaClient: grafana,

    async download(Bucket, Key) {
      try {
        return await retry(clock, awsPatience, async () => {
          const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
          return (await Body?.transformToString()) ?? '';
        });
      } catch (error) {
        throw explained(`Read s3://${Bucket}/${Key}`, error);
      }
    },

    async invoke(FunctionName) {
      const { FunctionError, Payload } = await retry(clock, awsPatience, () =>
        lambda.send(new InvokeCommand({ FunctionName })),
      );
      if (FunctionError !== undefined) {
        const said = JSON.parse(new TextDecoder().decode(Payload)) as { errorMessage?: string };
        throw new Error(`${FunctionName} failed: ${said.errorMessage ?? FunctionError}`);
      }
    },
  };
}
