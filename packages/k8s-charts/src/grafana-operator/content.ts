import { checked, DNS_LABEL, type Rule } from '../core/check';
import type { ExternalGrafana } from './external-grafana';
import type { GrafanaContentProps } from './grafana-content-props';
import type { Content } from './types';

/** Name and namespace of an object, and how it finds its Grafana. */
export function content(struct: string, props: GrafanaContentProps) {
  const { grafana } = props;
  const metadata = {
    name: checked(`${struct}.name`, props.name, DNS_LABEL),
    namespace: checked(`${struct}.namespace`, props.namespace ?? grafana.namespace, DNS_LABEL),
  };
  return { metadata, selector: selector(grafana, metadata.namespace) };
}

function selector(grafana: ExternalGrafana, namespace: string): Content {
  return {
    instanceSelector: { matchLabels: grafana.matchLabels },
    ...(namespace === grafana.namespace ? {} : { allowCrossNamespaceImport: true }),
  };
}

export const UID: Rule = {
  matches: /^[A-Za-z0-9_-]{1,40}$/,
  allowed: '1 to 40 letters, digits, hyphens and underscores',
  mend: 'Choose a fixed UID; dashboards and links name it, and it cannot be changed.',
};

export const TITLE: Rule = {
  matches: /\S/,
  allowed: 'a text that is not blank',
  mend: 'Give the name that people see.',
};
