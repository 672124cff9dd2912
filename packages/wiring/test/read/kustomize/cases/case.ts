/** A build with the verdict of `kustomize build` 5.8.1, which was run over every one of them. */
export interface KustomizeCase {
  readonly name: string;
  /** The directory that is built, `.` for the root. */
  readonly directory: string;
  readonly files: Readonly<Record<string, string>>;
  /** What it printed; undefined when it refused. */
  readonly expected: string | undefined;
}
