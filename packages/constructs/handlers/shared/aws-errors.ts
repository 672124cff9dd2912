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
  // The workspace is being changed by somebody else, or is not ready.
  if (isNamed(error, 'ConflictException', 'ThrottlingException', 'InternalServerException')) {
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
