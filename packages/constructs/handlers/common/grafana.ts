import { type Clock, MINUTES, SECONDS } from './clock';
import { retry } from './retry';

export interface Answer {
  readonly status: number;
  /** What was in the body, if that was JSON. */
  readonly body: Readonly<Record<string, unknown>>;
  /** The body if it was a list. */
  readonly list: readonly Readonly<Record<string, unknown>>[];
}

/** A token that was made a moment ago may not be known everywhere yet. */
const TOKEN_DELAY = 30 * SECONDS;
const OUTAGE = 5 * MINUTES;
const TIMEOUT = 30 * SECONDS;

/** Another try may get another answer. */
class PassingError extends Error {
  constructor(
    message: string,
    public readonly patience: number,
    public readonly answer?: Answer,
    public readonly retryAfterSeconds?: number,
  ) {
    super(message);
  }
}

/**
 * Grafana's HTTP API, as far as it is needed.
 *
 * https://grafana.com/docs/grafana/latest/developers/http_api/
 */
export class Grafana {
  constructor(
    private readonly url: string,
    private readonly token: string,
    private readonly clock: Clock,
  ) {}

  /** Any answer that will not change by itself; throws when there is none, or Grafana stays unwell. */
  public async request(method: string, path: string, body?: unknown): Promise<Answer> {
    try {
      return await retry(
        this.clock,
        (error) => (error instanceof PassingError ? error.patience : 0),
        async () => {
          const response = await this.send(method, path, body);
          const answer = await read(response);
          const said = `Grafana answered ${answer.status} to ${method} ${path}${this.told(answer)}`;
          if (answer.status === 401) {
            throw new PassingError(said, TOKEN_DELAY, answer);
          }
          if (answer.status === 429 || answer.status >= 500) {
            throw new PassingError(said, OUTAGE, answer, Number(response.headers.get('retry-after') ?? 0));
          }
          return answer;
        },
      );
    } catch (error) {
      if (error instanceof PassingError && error.answer?.status === 401) {
        return error.answer;
      }
      throw error;
    }
  }

  /** Why a request was not done, for whoever reads the events of a stack. */
  public refusal(doing: string, answer: Answer): Error {
    const mend = MENDS[answer.status] ?? 'Look into the documentation of the HTTP API of Grafana.';
    return new Error(`${doing}: Grafana answered ${answer.status}${this.told(answer)}. ${mend}`);
  }

  private async send(method: string, path: string, body: unknown): Promise<Response> {
    try {
      return await fetch(`${this.url}${path}`, {
        method,
        headers: {
          authorization: `Bearer ${this.token}`,
          accept: 'application/json',
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        body: body === undefined ? undefined : JSON.stringify(body),
        // A login page is no answer.
        redirect: 'manual',
        signal: AbortSignal.timeout(TIMEOUT),
      });
    } catch (error) {
      const { cause, message } = error as Error;
      const why = cause instanceof Error ? cause.message : message;
      throw new PassingError(
        `${this.url} did not answer ${method} ${path}: ${why}. If the network access of the workspace is restricted, ` +
          'run the provider in a VPC that is let in (GrafanaContentProvider).',
        OUTAGE,
      );
    }
  }

  /** What Grafana says about it, which must not hold the token even if it repeats the request. */
  private told({ body }: Answer): string {
    const { message, status } = body;
    const words = [message, status].filter((word) => typeof word === 'string' && word !== '').join(', ');
    return words === '' ? '' : ` (${words.slice(0, 300).replaceAll(this.token, '***')})`;
  }
}

const MENDS: Record<number, string> = {
  302: 'It wants people to log in there: the workspace may not take tokens of service accounts.',
  400: 'What it was sent does not suit this version of Grafana.',
  401: 'It does not accept the token of the service account: was the token deleted, or the service account disabled?',
  403: 'The service account lacks a permission: it must have the role ADMIN, and nobody may have taken it away in Grafana.',
  404: 'What it refers to does not exist there: was it deleted by hand?',
  409: 'Something else has this name or UID: choose another, or delete it in Grafana.',
  412: 'Something else has this title in the same folder, or somebody changed it meanwhile: choose another title or folder, or deploy again.',
  422: 'The model is not one that this version of Grafana can save.',
};

async function read(response: Response): Promise<Answer> {
  const text = await response.text();
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    // Not Grafana but something before it may have answered, in HTML.
  }
  return {
    status: response.status,
    body: json !== null && typeof json === 'object' && !Array.isArray(json) ? (json as Answer['body']) : {},
    list: Array.isArray(json) ? json : [],
  };
}
