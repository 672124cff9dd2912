/** Options of `sightline graph` as commander hands them over. */
export interface GraphFlags {
  readonly format: 'mermaid' | 'dot' | 'json' | 'html';
  readonly output?: string;
  readonly overlay?: string;
  readonly config?: string;
  readonly allowEmpty: boolean;
}
