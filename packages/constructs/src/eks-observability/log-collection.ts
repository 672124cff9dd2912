import type { Construct } from 'constructs';
import type { IServiceAccountRole } from '../identity';
import type { IContainerLogGroup } from '../logs';
import { type ClusterContext, collectorIdentity } from './collector-identity';
import type { CollectorOptions } from './collector-options';

/** What a way of collecting is given. */
export interface LogContext extends ClusterContext {
  readonly logGroup: IContainerLogGroup;
}

/** What a way of collecting has made. */
export interface CollectedLogs {
  readonly role: IServiceAccountRole;
  readonly images?: readonly string[];
}

/**
 * How what containers print gets into CloudWatch Logs.
 *
 * @example
 * const logs = LogCollection.fluentBit({ roleName: 'FluentBitRole' });
 */
export class LogCollection {
  /**
   * Fluent Bit, which runs on every node: a role that may make streams in the log group and write to them.
   *
   * @param options service account and role
   */
  public static fluentBit(options: CollectorOptions = {}): LogCollection {
    return new LogCollection((scope, context) => {
      const role = collectorIdentity(scope, 'LogsIdentity', context, options, 'fluent-bit');
      context.logGroup.grantWriteStreams(role);
      return { role, images: options.images };
    });
  }

  private readonly binder: (scope: Construct, context: LogContext) => CollectedLogs;

  private constructor(binder: LogCollection['binder']) {
    this.binder = binder;
  }

  /**
   * Makes what this way of collecting needs.
   *
   * @internal
   */
  public _bind(scope: Construct, context: LogContext): CollectedLogs {
    return this.binder(scope, context);
  }
}
