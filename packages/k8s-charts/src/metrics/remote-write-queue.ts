/**
 * How samples queue for remote write. The defaults suit most; AMP's own advice is to change little.
 *
 * @see https://prometheus.io/docs/practices/remote_write/
 */
export interface RemoteWriteQueue {
  /**
   * Samples that a shard holds before reading of the write-ahead log waits: 1 or more. Three to ten times `maxSamplesPerSend` is usual.
   *
   * @default 10000
   */
  readonly capacity?: number;

  /**
   * Shards at most, each with a request of its own under way: 1 or more.
   *
   * @default 50
   */
  readonly maxShards?: number;

  /**
   * Samples in a request at most: 1 or more.
   *
   * @default 2000
   */
  readonly maxSamplesPerSend?: number;
}
