/** Options of `sightline verify` as commander hands them over. */
export interface VerifyFlags {
  readonly format: 'text' | 'json' | 'sarif' | 'html';
  readonly output?: string;
  readonly overlay?: string;
  readonly config?: string;
  readonly metricsCatalog?: readonly string[];
  readonly failOn: 'error' | 'warning' | 'never';
  readonly requireProven: boolean;
  readonly allowEmpty: boolean;
}
