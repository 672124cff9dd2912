/**
 * The part of the Grafana operator's API that this library writes, `grafana.integreatly.org/v1beta1` of the operator 5.24, and
 * of `external-secrets.io/v1`.
 */
interface Metadata {
  name: string;
  namespace: string;
  labels?: Record<string, string>;
}

/** How an object finds the Grafana that it is for. It cannot be changed. */
export interface Content {
  instanceSelector: { matchLabels: Record<string, string> };
  allowCrossNamespaceImport?: boolean;
}

export interface GrafanaManifest {
  apiVersion: 'grafana.integreatly.org/v1beta1';
  kind: 'Grafana';
  metadata: Metadata;
  spec: { external: { url: string; apiKey: { name: string; key: string } } };
}

export interface GrafanaFolderManifest {
  apiVersion: 'grafana.integreatly.org/v1beta1';
  kind: 'GrafanaFolder';
  metadata: Metadata;
  spec: Content & { title: string; uid: string };
}

export interface GrafanaDatasourceManifest {
  apiVersion: 'grafana.integreatly.org/v1beta1';
  kind: 'GrafanaDatasource';
  metadata: Metadata;
  spec: Content & {
    uid: string;
    datasource: {
      name: string;
      type: string;
      access: 'proxy';
      url?: string;
      isDefault?: boolean;
      editable: boolean;
      jsonData: Record<string, string | boolean>;
    };
    /** The value takes the place of `${<key>}` in the field. */
    valuesFrom?: { targetPath: string; valueFrom: { configMapKeyRef: { name: string; key: string } } }[];
  };
}

export interface GrafanaDashboardManifest {
  apiVersion: 'grafana.integreatly.org/v1beta1';
  kind: 'GrafanaDashboard';
  metadata: Metadata;
  spec: Content & { json: string; folderRef?: string };
}

export interface ExternalSecretManifest {
  apiVersion: 'external-secrets.io/v1';
  kind: 'ExternalSecret';
  metadata: Metadata;
  spec: {
    refreshInterval: string;
    secretStoreRef: { name: string; kind: string };
    target: { name: string; creationPolicy: 'Owner' };
    data: { secretKey: string; remoteRef: { key: string; property?: string } }[];
  };
}
