/** What the stand-in has when it starts; the test writes it to `world.json` in the folder that both share. */
export interface StandInWorld {
  /** Log groups that exist. */
  readonly logGroups: readonly string[];
  /** Of the lines that arrive, only the numbers in them are noted: so the stand-in is never what takes the time. */
  readonly countsLines?: boolean;
  readonly pods: readonly PodObject[];
  /** Pods can be read with this bearer token only. */
  readonly kubernetesToken: string;
  /** What pods tell at /metrics (and any other path), by port. */
  readonly exporters?: Readonly<Record<number, string>>;
  /** `PORT/PATH` that is asked, as the kubelet does, until it answers with success. */
  readonly endpoints?: readonly string[];
}

export interface PodObject {
  readonly metadata: {
    readonly name: string;
    readonly namespace: string;
    readonly uid: string;
    readonly labels: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly [field: string]: unknown;
}

/** One call that the stand-in answered: a line of JSON in `calls.jsonl` of the shared folder. */
export type Call = KubernetesCall | StsCall | LogsCall | RemoteWriteCall | EndpointCall | OtherCall;

export interface KubernetesCall {
  readonly service: 'kubernetes';
  readonly status: number;
  readonly path: string;
}

export interface StsCall {
  readonly service: 'sts';
  readonly status: number;
  readonly action: string;
  readonly roleArn: string;
  /** Claims of the token that was exchanged. */
  readonly claims: { readonly iss?: string; readonly sub?: string; readonly aud?: readonly string[] };
}

export interface LogsCall {
  readonly service: 'logs';
  readonly status: number;
  readonly action: string;
  readonly group: string;
  readonly stream: string;
  readonly events: readonly LogEvent[];
  /** First and last number of each run of numbered lines, where lines are counted only. */
  readonly numbers?: readonly (readonly [number, number])[];
  /** Lines without a number, likewise. */
  readonly unnumbered?: number;
  readonly signature: Signature;
}

export interface LogEvent {
  /** Milliseconds since 1970. */
  readonly timestamp: number;
  readonly message: string;
}

export interface RemoteWriteCall {
  readonly service: 'aps';
  readonly status: number;
  readonly path: string;
  /** Labels of each time series of the request. */
  readonly series: readonly Readonly<Record<string, string>>[];
  readonly signature: Signature;
}

/** The pod answered, with success. */
export interface EndpointCall {
  readonly service: 'endpoint';
  readonly status: number;
  readonly path: string;
}

/** The scope of a SigV4 signature. The signature itself is not verified. */
export interface Signature {
  readonly accessKey: string;
  readonly region: string;
  readonly service: string;
}

export interface OtherCall {
  readonly service: 'unknown';
  readonly status: number;
  readonly host: string;
  readonly path: string;
}

/** The access key of the credentials that the stand-in for STS gives. */
export const temporaryAccessKey = 'ASIASIGHTLINEE2E0001';
