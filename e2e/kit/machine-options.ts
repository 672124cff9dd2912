/** A container as a runtime starts it: its files alone are changed, never the text that was rendered. */
export interface Container {
  readonly name: string;
  readonly command: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly user: { readonly uid: number; readonly gid: number };
  /** Absolute paths in the container, and the file or folder that lies there read-only. */
  readonly files: Readonly<Record<string, string>>;
  /** Absolute paths of empty folders that anybody may write to. Nothing else can be written. */
  readonly scratch: readonly string[];
}

/** Containers that share one network, with an address of their own. */
export interface MachinePod {
  readonly name: string;
  /** An address in 10.77.0.0/24; the machine itself has 10.77.0.1. */
  readonly address: string;
  readonly containers: readonly Container[];
}

export interface MachineOptions {
  readonly pods: readonly MachinePod[];
  /** Programs that run beside the pods, on the machine itself and with its files. */
  readonly services?: Readonly<Record<string, readonly string[]>>;
  /** Names that everybody on the machine can look up, and their addresses. */
  readonly hosts?: Readonly<Record<string, string | readonly string[]>>;
}
