import { type Answer, type Request, signatureOf } from './answer';
import type { LogEvent } from './world';

interface LogsRequest {
  readonly logGroupName?: string;
  readonly logStreamName?: string;
  readonly logEvents?: readonly LogEvent[];
}

/** The calls of CloudWatch Logs that a log collector makes, with their errors for groups and streams that are not there. */
export class CloudWatchLogs {
  private readonly streams = new Map<string, Set<string>>();

  constructor(groups: readonly string[]) {
    for (const group of groups) {
      this.streams.set(group, new Set());
    }
  }

  public answer(request: Request): Answer {
    const action = String(request.headers['x-amz-target']).replace('Logs_20140328.', '');
    const {
      logGroupName = '',
      logStreamName = '',
      logEvents = [],
    } = JSON.parse(request.body.toString('utf8') || '{}') as LogsRequest;
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
