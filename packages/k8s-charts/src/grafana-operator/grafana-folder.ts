import { Construct } from 'constructs';
import { checked } from '../core/check';
import { addOwnObject } from '../core/object-overrides';
import { content, TITLE, UID } from './content';
import type { GrafanaContentProps } from './grafana-content-props';
import type { GrafanaFolderManifest } from './types';

/**
 * Properties of GrafanaFolder.
 */
export interface GrafanaFolderProps extends GrafanaContentProps {
  /**
   * Title of the folder.
   */
  readonly title: string;

  /**
   * UID of the folder in Grafana. It cannot be changed.
   *
   * @default - the name of the object
   */
  readonly uid?: string;
}

/**
 * A folder for dashboards.
 */
export class GrafanaFolder extends Construct {
  /**
   * Name of the object.
   */
  public readonly name: string;

  /**
   * Namespace of the object.
   */
  public readonly namespace: string;

  constructor(scope: Construct, id: string, props: GrafanaFolderProps) {
    super(scope, id);
    const { metadata, selector } = content('GrafanaFolderProps', props);
    this.name = metadata.name;
    this.namespace = metadata.namespace;
    addOwnObject(
      this,
      'folder',
      {
        apiVersion: 'grafana.integreatly.org/v1beta1',
        kind: 'GrafanaFolder',
        metadata,
        spec: {
          ...selector,
          title: checked('GrafanaFolderProps.title', props.title, TITLE),
          uid: checked('GrafanaFolderProps.uid', props.uid ?? props.name, UID),
        },
      } satisfies GrafanaFolderManifest,
      'GrafanaFolderProps',
      props,
      ['spec/parentFolder'],
    );
  }
}
