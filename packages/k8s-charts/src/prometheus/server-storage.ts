import { type Duration, Size } from 'cdk8s';
import { checked, checkedInteger, DNS_SUBDOMAIN } from '../core/check';

/** What a server keeps, and on what. */
export interface ServerStorage {
  readonly size: Size;
  readonly storageClassName?: string;
  readonly retentionDays: number;
  /** As Prometheus writes it, which counts in powers of two. */
  readonly retentionSize: string;
}

export interface ServerStorageProps {
  readonly storageSize?: Size;
  readonly storageClassName?: string;
  readonly retention?: Duration;
}

/** The write-ahead log and blocks that are being compacted take space besides the blocks that count. */
const SHARE_OF_BLOCKS = 0.8;

export function serverStorage(struct: string, props: ServerStorageProps): ServerStorage {
  const size = props.storageSize ?? Size.gibibytes(8);
  checkedInteger(`${struct}.storageSize (MiB)`, size.toMebibytes(), 1024, 16 * 1024 * 1024, 'One GiB is the least.');
  const days = props.retention?.toDays() ?? 15;
  return {
    size,
    storageClassName:
      props.storageClassName === undefined
        ? undefined
        : checked(`${struct}.storageClassName`, props.storageClassName, DNS_SUBDOMAIN),
    retentionDays: checkedInteger(`${struct}.retention (days)`, days, 1, 3650, 'Give whole days.'),
    retentionSize: `${Math.floor(size.toMebibytes() * SHARE_OF_BLOCKS)}MB`,
  };
}
