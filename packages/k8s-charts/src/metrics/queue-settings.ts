import { checkedInteger, invalid } from '../core/check';
import type { RemoteWriteQueue } from './remote-write-queue';

/** The settings as both Alloy and Prometheus call them; only those that are given. */
export interface QueueSettings {
  readonly [setting: string]: number | undefined;
  readonly capacity?: number;
  readonly max_shards?: number;
  readonly max_samples_per_send?: number;
}

export function queueSettings(prop: string, queue: RemoteWriteQueue | undefined): QueueSettings {
  if (queue === undefined) {
    return {};
  }
  const { capacity, maxShards, maxSamplesPerSend } = queue;
  const given = { capacity, maxShards, maxSamplesPerSend };
  for (const [name, value] of Object.entries(given)) {
    if (value !== undefined) {
      checkedInteger(`${prop}.${name}`, value, 1, 1_000_000, 'Leave the prop out for the default.');
    }
  }
  if ((capacity ?? 10_000) < (maxSamplesPerSend ?? 2000)) {
    throw invalid(
      `${prop}.capacity`,
      capacity ?? 10_000,
      `at least maxSamplesPerSend, ${maxSamplesPerSend ?? 2000}`,
      'A request could never be filled: raise capacity or lower maxSamplesPerSend.',
    );
  }
  return {
    ...(capacity === undefined ? {} : { capacity }),
    ...(maxShards === undefined ? {} : { max_shards: maxShards }),
    ...(maxSamplesPerSend === undefined ? {} : { max_samples_per_send: maxSamplesPerSend }),
  };
}
