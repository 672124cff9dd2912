import type { IConstruct } from 'constructs';
import { checked, DNS_LABEL, invalid, type Rule } from '../core/check';
import { Layout } from './layout';
import { objectId, type Rendered, renderedObjects } from './objects';
import { yamlFile } from './text';

/**
 * Objects that belong into one file.
 */
export interface KustomizeManifest {
  /**
   * Path of the file. In an overlay it starts with the folder of the component: `monitoring/grafana-alloy.yaml`.
   */
  readonly file: string;

  /**
   * Construct below which the objects are: a chart or a component.
   */
  readonly source: IConstruct;
}

/**
 * One installation: everything that is rendered for it.
 */
export interface KustomizeOverlay {
  /**
   * Name of the overlay and of its folder.
   */
  readonly name: string;

  /**
   * All objects of this installation.
   */
  readonly manifests: KustomizeManifest[];
}

/**
 * Properties of KustomizeTree.
 */
export interface KustomizeTreeProps {
  /**
   * The installations. What all of them share becomes the base.
   */
  readonly overlays: KustomizeOverlay[];

  /**
   * What a reader should change instead of the files, for the comment at their top: a file or a command.
   */
  readonly generatedBy: string;

  /**
   * Further files of the tree that no kustomization refers to, such as Argo CD Applications.
   *
   * @default - none
   */
  readonly standalone?: KustomizeManifest[];
}

/**
 * A file of the tree.
 */
export interface KustomizeFile {
  /**
   * Path relative to the root of the tree, with `/`.
   */
  readonly path: string;

  /**
   * Content, with a line break at the end.
   */
  readonly text: string;
}

/**
 * A kustomize tree made from several installations that were rendered in full:
 *
 * ```text
 * base/<component>/<file>.yaml               what all overlays share; values that differ are absent
 * overlays/<name>/patches/<component>/…      strategic-merge patches with the values of the overlay
 * overlays/<name>/<component>/<file>.yaml    objects that not every overlay has
 * ```
 *
 * The base is not meant to be applied by itself: what differs between installations is missing from it.
 *
 * Building an overlay gives the objects that were rendered for it, down to the order of lists. The tree is only computed; writing
 * it is left to the caller. The same input gives the same text.
 */
export class KustomizeTree {
  /**
   * All files, sorted by path.
   */
  public readonly files: KustomizeFile[];

  constructor(props: KustomizeTreeProps) {
    checked('KustomizeTreeProps.generatedBy', props.generatedBy, {
      matches: /^\S.*$/,
      allowed: 'text on one line',
      mend: 'Name the source file or the command that makes the tree.',
    });
    const rendered = new Map<string, Rendered[]>();
    for (const { name, manifests } of props.overlays) {
      checked('KustomizeOverlay.name', name, DNS_LABEL);
      if (rendered.has(name)) {
        throw invalid(
          'KustomizeTreeProps.overlays',
          name,
          'one overlay of a name',
          'Give each installation a name of its own.',
        );
      }
      rendered.set(name, renderOverlay(name, manifests));
    }
    if (rendered.size === 0) {
      throw invalid(
        'KustomizeTreeProps.overlays',
        [],
        'one overlay or more',
        'Add the installation that you have rendered.',
      );
    }
    const files = new Layout(rendered).files(props.generatedBy);
    for (const { file, source } of props.standalone ?? []) {
      checked('KustomizeManifest.file', file, FILE);
      if (files.has(file) || /^(base|overlays)\//.test(file)) {
        throw invalid(
          'KustomizeTreeProps.standalone',
          file,
          'files outside of base/ and overlays/, each once',
          'Choose another path.',
        );
      }
      files.set(file, yamlFile(props.generatedBy, renderedObjects(source)));
    }
    this.files = [...files]
      .map(([path, text]) => ({ path, text }))
      .sort((left, right) => (left.path < right.path ? -1 : 1));
  }
}

function renderOverlay(overlay: string, manifests: KustomizeManifest[]): Rendered[] {
  const seen = new Map<string, string>();
  return manifests.flatMap(({ file, source }) => {
    checked('KustomizeManifest.file', file, COMPONENT_FILE);
    return renderedObjects(source).map((manifest) => {
      const id = objectId(manifest);
      const earlier = seen.get(id);
      if (earlier !== undefined) {
        throw new Error(
          `KustomizeOverlay.manifests: got object "${id}" twice in overlay "${overlay}" ("${earlier}" and "${file}"), ` +
            'allowed: once. Rename one of the two, or render it in one place.',
        );
      }
      seen.set(id, file);
      return { file, id, manifest };
    });
  });
}

const FILE: Rule = {
  matches: /^(?!.*(^|\/)\.)[\w.-]+(\/[\w.-]+)*\.yaml$/,
  allowed: 'a relative path with "/" that ends in ".yaml"',
  mend: 'Write "folder/name.yaml", without a slash in front and without "..".',
};

const COMPONENT_FILE: Rule = {
  matches: /^(?!patches\/)(?!.*(^|\/)\.)(?!.*\/kustomization\.yaml$)[\w.-]+(\/[\w.-]+)+\.yaml$/,
  allowed: '"<component>/<name>.yaml", other than kustomization.yaml and outside of patches/',
  mend: 'Put the file into a folder named after the component, such as "monitoring/grafana-alloy.yaml".',
};
