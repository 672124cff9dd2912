import type { IProbe } from 'kubernetes-models/v1';

export interface HealthPaths {
  /** Name of the container's port. */
  readonly port: string;
  /** Answers once the program can work. */
  readonly ready: string;
  /** Answers for as long as a restart would not help. */
  readonly live: string;
  /** How long a start may take, in seconds. */
  readonly startSeconds: number;
}

/** The three probes of a container that tells its health over HTTP. */
export function httpProbes({ port, ready, live, startSeconds }: HealthPaths) {
  const get = (path: string) => ({ httpGet: { path, port } });
  return {
    startupProbe: { ...get(ready), periodSeconds: 5, failureThreshold: Math.ceil(startSeconds / 5) },
    readinessProbe: { ...get(ready), periodSeconds: 10, timeoutSeconds: 3 },
    livenessProbe: { ...get(live), periodSeconds: 20, timeoutSeconds: 5, failureThreshold: 6 },
  } satisfies Record<string, IProbe>;
}
