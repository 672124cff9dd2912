import { GrafanaClient } from '@aws-sdk/client-grafana';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { realClock } from '../common/clock';
import { ControlPlane } from '../common/control-plane';
import { type Outcome, rotate } from './rotation';

const {
  WORKSPACE_ID = '',
  WORKSPACE_REGION = '',
  SERVICE_ACCOUNT = '',
  SECRET_ARN = '',
  ROTATE_AFTER = '',
} = process.env;

const secretsManager = new SecretsManagerClient({ maxAttempts: 1 });
const grafana = new GrafanaClient({ region: WORKSPACE_REGION, maxAttempts: 1 });

/** Runs twice a day and once at each deployment. An error is what its alarm rings for. */
export async function handler(): Promise<Outcome> {
  const outcome = await rotate({
    controlPlane: new ControlPlane(grafana, WORKSPACE_ID, realClock),
    secretsManager,
    secretArn: SECRET_ARN,
    serviceAccount: SERVICE_ACCOUNT,
    rotateAfter: Number(ROTATE_AFTER) * 1_000,
  });
  console.log(JSON.stringify(outcome));
  return outcome;
}
