import { LINE_NUMBERS } from '../log-load';
import { type Answer, type Request, signatureOf } from './answer';
import type { LogEvent, LogsCall } from './world';

interface LogsRequest {
  readonly logGroupName?: string;
  readonly logStreamName?: string;
  readonly logEvents?: readonly LogEvent[];
}

/** The calls of CloudWatch Logs that a log collector makes, with their errors for groups and streams that are not there. */
export class CloudWatchLogs {
  private readonly streams = new Map<string, Set<string>>();

  constructor(
    groups: readonly string[],
    private readonly countsLines = false,
  ) {
    for (const group of groups) {
      this.streams.set(group, new Set());
    }
  }

  public answer(request: Request): Answer {
    const action = String(request.headers['x-amz-target']).replace('Logs_20140328.', '');
    const text = request.body.toString('utf8');
    const { logGroupName = '', logStreamName = '', logEvents = [] } = this.countsLines ? named(text) : parsed(text);
    const error = this.perform(action, logGroupName, logStreamName);
    return {
      body: JSON.stringify(error ? { __type: error, message: `${error} for ${action}` } : {}),
      contentType: 'application/x-amz-json-1.1',
      call: {
        service: 'logs',
        status: error ? 400 : 200,
        action,
        group: logGroupName,
        stream: logStreamName,
        events: logEvents,
        ...(this.countsLines ? counted(text) : {}),
        signature: signatureOf(request.headers),
      },
    };
  }

  private perform(action: string, group: string, stream: string): string | undefined {
    const streams = this.streams.get(group);
    switch (action) {
      case 'CreateLogGroup':
        this.streams.set(group, streams ?? new Set());
        return streams && 'ResourceAlreadyExistsException';
      case 'CreateLogStream':
        if (streams?.has(stream)) {
          return 'ResourceAlreadyExistsException';
        }
        streams?.add(stream);
        return streams ? undefined : 'ResourceNotFoundException';
      case 'PutLogEvents':
        return streams?.has(stream) ? undefined : 'ResourceNotFoundException';
      default:
        return 'UnknownOperationException';
    }
  }
}

function parsed(text: string): LogsRequest {
  return JSON.parse(text || '{}') as LogsRequest;
}

/** Group and stream alone. They come before the lines. */
function named(text: string): LogsRequest {
  const head = text.slice(0, 2000);
  return {
    logGroupName: /"logGroupName":"([^"]*)"/.exec(head)?.[1],
    logStreamName: /"logStreamName":"([^"]*)"/.exec(head)?.[1],
  };
}

/** The numbered lines of a request, and how many have no number. */
function counted(text: string): Pick<LogsCall, 'numbers' | 'unnumbered'> {
  const numbers: [number, number][] = [];
  let lines = 0;
  for (const [, digits] of text.matchAll(LINE_NUMBERS)) {
    const number = Number(digits);
    const run = numbers.at(-1);
    lines++;
    if (run && run[1] + 1 === number) {
      run[1] = number;
    } else {
      numbers.push([number, number]);
    }
  }
  return { numbers, unnumbered: (text.match(/"timestamp":/g)?.length ?? 0) - lines };
}
