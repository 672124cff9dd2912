import { MINUTES, SECONDS } from './clock';

interface AwsError {
  readonly name?: string;
  readonly code?: string;
  readonly message?: string;
  readonly $metadata?: { readonly httpStatusCode?: number };
}

/** A policy that CloudFormation has just written may take some seconds to be heeded. */
const POLICY_DELAY = 30 * SECONDS;
const OUTAGE = 5 * MINUTES;
const BROKEN_CONNECTION = /\b(EAI_AGAIN|ECONN\w+|EHOSTUNREACH|ENOTFOUND|EPIPE|ETIMEDOUT|TimeoutError|socket hang up)\b/;

/** The first two say that the workspace, or the function, is being changed or is not ready. */
const PASSING = ['ConflictException', 'ResourceConflictException', 'ThrottlingException', 'InternalServerException'];

export function isNamed(error: unknown, ...names: string[]): boolean {
  return names.includes((error as AwsError).name ?? '');
}

/** How long a failed call of an AWS API is worth another try. */
export function awsPatience(error: unknown): number {
  const { $metadata, name = '', message = '', code = '' } = error as AwsError;
  const status = $metadata?.httpStatusCode;
  if (isNamed(error, 'AccessDeniedException', 'AccessDenied')) {
    return POLICY_DELAY;
  }
  if (isNamed(error, ...PASSING)) {
    return OUTAGE;
  }
  if (status === undefined) {
    // The SDK wraps errors that it does not know; the message then holds the name.
    return [code, name, message].some((words) => BROKEN_CONNECTION.test(words)) ? OUTAGE : 0;
  }
  return status === 429 || status >= 500 ? OUTAGE : 0;
}

/** What was attempted, and what AWS said. */
export function explained(doing: string, error: unknown): Error {
  const { name = 'Error', message = '' } = error as AwsError;
  return new Error(`${doing}: ${name}: ${message}`, { cause: error });
}
