/** Where the files of an engine come from. One kind of source is one file in `sources/`. */
export type Source =
  /** A program built from a published Go module, in a module of its own: `go install` refuses one that has `replace` lines. */
  | {
      readonly kind: 'go-program';
      readonly module: string;
      readonly version: string;
      readonly sum: string;
      /** The package that holds `main`. */
      readonly package: string;
      /** The version for what the module's go.mod requires at v0.0.0, that is, finds in its own repository by `replace`. */
      readonly staging?: string;
      /** `-X` linker settings, so that the program tells its version. */
      readonly variables?: Readonly<Record<string, string>>;
      /** Build tags: what the program can leave out. */
      readonly tags?: readonly string[];
    }
  /** A small Go program of this repository, in a folder beside the table, with its own go.mod and go.sum. */
  | { readonly kind: 'go-folder'; readonly folder: string }
  /** An OpenTelemetry collector, made by the collector's own builder. */
  | {
      readonly kind: 'collector';
      /** Of the builder and of the service. */
      readonly version: string;
      readonly builderSum: string;
      /** `MODULE VERSION`, by kind of component. */
      readonly components: Readonly<
        Record<'receivers' | 'processors' | 'exporters' | 'extensions' | 'providers', readonly string[]>
      >;
      readonly tags: readonly string[];
    }
  /** Files out of a published Go module, which nothing compiles. */
  | {
      readonly kind: 'go-files';
      readonly module: string;
      readonly version: string;
      readonly files: readonly string[];
      readonly sum: string;
    }
  /** Files out of a published npm package; nothing that it depends on comes with it. */
  | {
      readonly kind: 'npm-files';
      readonly package: string;
      readonly version: string;
      readonly files: readonly string[];
      readonly integrity: string;
    }
  /** A Python program, in a virtual environment of its own. */
  | { readonly kind: 'pypi'; readonly requirement: string; readonly program: string }
  /** A program of Debian packages, taken out of them without installing them; elsewhere the program on PATH. */
  | {
      readonly kind: 'debian';
      readonly packages: readonly string[];
      readonly program: string;
      /** Whether the libraries that this machine lacks are brought too. */
      readonly libraries?: boolean;
    }
  /** A program that this machine has or has not: found by an environment variable or on PATH, never installed. */
  | { readonly kind: 'path'; readonly program: string; readonly variable: string };

export interface Engine {
  /** Also the file name of a program that is built. */
  readonly name: string;
  readonly version: string;
  readonly source: Source;
  /** Arguments with which the program tells that it runs; for files, what is looked for in them. */
  readonly check: Check;
}

/** How an engine is checked after it was brought, and by every `npm run engines` after that. */
export type Check =
  | { readonly arguments: readonly string[]; readonly prints: RegExp }
  | { readonly file: string; readonly contains: string };

/** An engine that is there. */
export interface Provisioned {
  readonly engine: Engine;
  /** Folder of files, for an engine that is data; else the folder that holds the program. */
  readonly home: string;
  /** The program and its first arguments. Empty for an engine that is data. */
  readonly command: readonly string[];
}

/** What was written when an engine was complete; a home without it is the rest of an interrupted run. */
export interface Receipt {
  readonly name: string;
  readonly version: string;
  readonly seconds: number;
  readonly bytes: number;
}

/** One line that says where an engine comes from, for tables and messages. */
export function describeSource(source: Source): string {
  switch (source.kind) {
    case 'go-program':
      return `Go module ${source.module}`;
    case 'go-folder':
      return `Go program engines/${source.folder}`;
    case 'collector':
      return `collector builder ${source.version}`;
    case 'go-files':
      return `files of Go module ${source.module}`;
    case 'npm-files':
      return `files of npm ${source.package}`;
    case 'pypi':
      return `PyPI ${source.requirement}`;
    case 'debian':
      return `Debian ${source.packages.join(', ')}`;
    case 'path':
      return `${source.variable} or PATH`;
  }
}
