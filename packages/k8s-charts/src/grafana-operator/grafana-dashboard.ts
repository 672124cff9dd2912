import { Construct } from 'constructs';
import { invalid, isUnresolved } from '../core/check';
import { addOwnObject } from '../core/object-overrides';
import { content } from './content';
import type { GrafanaContentProps } from './grafana-content-props';
import type { GrafanaFolder } from './grafana-folder';
import type { GrafanaDashboardManifest } from './types';

/**
 * Properties of GrafanaDashboard.
 */
export interface GrafanaDashboardProps extends GrafanaContentProps {
  /**
   * The dashboard as Grafana exports it: JSON with a `uid`, so that links to it stay.
   */
  readonly json: string;

  /**
   * Folder it is put into, in the same namespace.
   *
   * @default - the folder of the namespace's name, which the operator makes
   */
  readonly folder?: GrafanaFolder;
}

/**
 * A dashboard.
 */
export class GrafanaDashboard extends Construct {
  /**
   * UID of the dashboard, as links name it.
   */
  public readonly uid: string;

  constructor(scope: Construct, id: string, props: GrafanaDashboardProps) {
    super(scope, id);
    const struct = 'GrafanaDashboardProps';
    const { metadata, selector } = content(struct, props);
    const { folder } = props;
    if (folder !== undefined && folder.namespace !== metadata.namespace && !isUnresolved(folder.namespace)) {
      throw invalid(
        `${struct}.folder`,
        `${folder.namespace}/${folder.name}`,
        `folders of namespace "${metadata.namespace}"`,
        'Put folder and dashboard into one namespace.',
      );
    }
    this.uid = uidOf(`${struct}.json`, props.json);
    addOwnObject(
      this,
      'dashboard',
      {
        apiVersion: 'grafana.integreatly.org/v1beta1',
        kind: 'GrafanaDashboard',
        metadata,
        spec: { ...selector, ...(folder === undefined ? {} : { folderRef: folder.name }), json: props.json },
      } satisfies GrafanaDashboardManifest,
      struct,
      props,
      OTHER_SOURCES,
    );
  }
}

/** Fields by which a dashboard would come from elsewhere, or be put elsewhere. */
const OTHER_SOURCES = ['url', 'gzipJson', 'jsonnet', 'configMapRef', 'grafanaCom', 'oci', 'folder', 'uid', 'env'].map(
  (field) => `spec/${field}`,
);

function uidOf(prop: string, json: string): string {
  const { uid, title } = parsed(prop, json);
  if (typeof uid !== 'string' || !/^[A-Za-z0-9_-]{1,40}$/.test(uid)) {
    throw invalid(`${prop}: uid`, uid ?? null, '1 to 40 letters, digits, hyphens and underscores', 'Set a fixed uid.');
  }
  if (typeof title !== 'string' || title.trim() === '') {
    throw invalid(`${prop}: title`, title ?? null, 'a text that is not blank', 'Set a title.');
  }
  return uid;
}

function parsed(prop: string, json: string): { uid?: unknown; title?: unknown } {
  try {
    const value: unknown = JSON.parse(json);
    if (typeof value === 'object' && value !== null) {
      return value;
    }
  } catch {
    // Told below, with what was got.
  }
  throw invalid(prop, json.slice(0, 40), 'a JSON object', 'Give the JSON model of the dashboard.');
}
