import { checked, invalid } from '../core/check';
import { FOLDER, REPOSITORY } from './checks';

/**
 * Options of `ArgoGenerator.clusters`.
 */
export interface ArgoClusterGeneratorOptions {
  /**
   * Labels that the cluster's secret in Argo CD must have.
   *
   * @default - every registered cluster
   */
  readonly matchLabels?: { [name: string]: string };
}

/**
 * Options of `ArgoGenerator.gitDirectories`.
 */
export interface ArgoGitDirectoryOptions {
  /**
   * Git repository.
   */
  readonly repoUrl: string;

  /**
   * Folders, relative to the root of the repository; an asterisk stands for one name: `gitops/overlays/*`.
   */
  readonly directories: string[];

  /**
   * Folders among them that are left out.
   *
   * @default - none
   */
  readonly exclude?: string[];

  /**
   * Branch, tag or commit.
   *
   * @default 'HEAD'
   */
  readonly revision?: string;
}

/**
 * Options of `ArgoGenerator.gitFiles`.
 */
export interface ArgoGitFileOptions {
  /**
   * Git repository.
   */
  readonly repoUrl: string;

  /**
   * JSON or YAML files, relative to the root of the repository; an asterisk stands for one name: `clusters/*.json`.
   */
  readonly files: string[];

  /**
   * Keys at the top of every such file, which templates may name.
   */
  readonly keys: string[];

  /**
   * Branch, tag or commit.
   *
   * @default 'HEAD'
   */
  readonly revision?: string;
}

/**
 * What an ApplicationSet makes its Applications of: for each set of parameters one.
 *
 * @see https://argo-cd.readthedocs.io/en/stable/operator-manual/applicationset/Generators/
 */
export class ArgoGenerator {
  /**
   * Parameters as they are listed. A template names them `{{.key}}`; every element must have the same keys.
   */
  public static list(elements: { [key: string]: string }[]): ArgoGenerator {
    const [first] = elements;
    if (first === undefined) {
      throw invalid('ArgoGenerator.list', [], 'one element or more', 'List what the Applications differ by.');
    }
    const keys = Object.keys(first).sort();
    for (const element of elements) {
      if (Object.keys(element).sort().join() !== keys.join()) {
        throw invalid(
          'ArgoGenerator.list',
          element,
          `elements with the keys ${keys.join(', ')}`,
          'Give all elements the same keys.',
        );
      }
    }
    return new ArgoGenerator({ list: { elements } }, keys);
  }

  /**
   * The clusters that are registered in Argo CD. A template may name `{{.name}}`, `{{.nameNormalized}}`, `{{.server}}`,
   * `{{.project}}` and `{{index .metadata.labels "key"}}`.
   */
  public static clusters(options: ArgoClusterGeneratorOptions = {}): ArgoGenerator {
    const { matchLabels } = options;
    return new ArgoGenerator({ clusters: matchLabels === undefined ? {} : { selector: { matchLabels } } }, [
      'metadata',
      'name',
      'nameNormalized',
      'project',
      'server',
    ]);
  }

  /**
   * The folders of a git repository. A template may name `{{.path.path}}`, `{{.path.basename}}` and
   * `{{.path.basenameNormalized}}`.
   */
  public static gitDirectories(options: ArgoGitDirectoryOptions): ArgoGenerator {
    const struct = 'ArgoGitDirectoryOptions';
    if (options.directories.length === 0) {
      throw invalid(`${struct}.directories`, [], 'one folder or more', 'Write "gitops/overlays/*", for example.');
    }
    const directories = [
      ...options.directories.map((path) => ({ path: checked(`${struct}.directories`, path, FOLDER) })),
      ...(options.exclude ?? []).map((path) => ({ path: checked(`${struct}.exclude`, path, FOLDER), exclude: true })),
    ];
    const repoURL = checked(`${struct}.repoUrl`, options.repoUrl, REPOSITORY);
    return new ArgoGenerator({ git: { repoURL, revision: options.revision ?? 'HEAD', directories } }, ['path']);
  }

  /**
   * Files of a git repository, such as one for each cluster. A template may name the keys of the files, and the file's folder as
   * `ArgoGenerator.gitDirectories` tells.
   */
  public static gitFiles(options: ArgoGitFileOptions): ArgoGenerator {
    const struct = 'ArgoGitFileOptions';
    if (options.files.length === 0) {
      throw invalid(`${struct}.files`, [], 'one file or more', 'Write "clusters/*.json", for example.');
    }
    for (const key of options.keys) {
      checked(`${struct}.keys`, key, {
        matches: /^(?!path$)[A-Za-z_]\w*$/,
        allowed: 'letters, digits and underscores, but not "path"',
        mend: 'Name a key at the top of the files; "path" is the folder of the file.',
      });
    }
    const files = options.files.map((path) => ({ path: checked(`${struct}.files`, path, FOLDER) }));
    const repoURL = checked(`${struct}.repoUrl`, options.repoUrl, REPOSITORY);
    const git = { repoURL, revision: options.revision ?? 'HEAD', files };
    return new ArgoGenerator({ git }, [...new Set(['path', ...options.keys])]);
  }

  private readonly manifest: object;
  private readonly parameters: string[];

  private constructor(manifest: object, parameters: string[]) {
    this.manifest = manifest;
    this.parameters = parameters;
  }

  /**
   * The generator as the manifest has it.
   *
   * @internal
   */
  public _manifest(): object {
    return this.manifest;
  }

  /**
   * Refuses a template that names what this does not give. Argo CD would find out at run time only.
   *
   * @internal
   */
  public _checkTemplate(prop: string, template: string): string {
    for (const [, expression = ''] of template.matchAll(/\{\{(.*?)\}\}/g)) {
      for (const [, name = ''] of expression.replace(/"[^"]*"/g, '').matchAll(/(?<![\w)])\.(\w+)/g)) {
        if (!this.parameters.includes(name)) {
          throw invalid(
            prop,
            template,
            `the parameters ${this.parameters.map((known) => `.${known}`).join(', ')}`,
            'Name a parameter of the generator.',
          );
        }
      }
    }
    return template;
  }
}
