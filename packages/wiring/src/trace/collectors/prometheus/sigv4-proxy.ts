import { concat, known, textOf, type Value } from '../../../model';
import type { Environment } from '../../environment';
import { matchValue } from '../../hops/url';
import type { Collector } from '../find';
import type { MetricsSink, Setting } from '../metrics-plan';

const LOCAL = /^https?:\/\/(?:localhost|127\.0\.0\.1|\[::1\])(?::(\d+))?(\/.*)?$/;
const IMAGE = /(?:^|\/)aws-sigv4-proxy(?:[:@]|$)/;

/**
 * A remote write to a side-car that signs and passes on (awslabs/aws-sigv4-proxy), as AWS's guides had it before
 * Prometheus could sign: what arrives at AMP is the side-car's request.
 */
export function throughProxy(sink: MetricsSink, { workload }: Collector, environment: Environment): MetricsSink {
  const found = matchValue(sink.url.value, LOCAL);
  if (!found) return sink;
  const [port, path] = found;
  const proxy = workload.pod.containers.find(
    ({ image, arguments: words }) => IMAGE.test(image?.value ?? '') && portOf(words) === (textOf(port) || '80'),
  );
  if (!proxy) return sink;
  const flag = (name: string): Setting | undefined => {
    const found = flagOf(proxy.arguments, name);
    return found && { value: expand(found.value, environment), span: found.span, unset: [], origins: [] };
  };
  const [host, region, service, roleArn] = ['host', 'region', 'name', 'role-arn'].map(flag);
  if (!host)
    return {
      ...sink,
      missing: [{ kind: 'value', what: `the host that container ${proxy.name} passes requests on to` }],
    };
  const url: Setting = {
    value: concat([known('https://'), host.value, path], sink.url.span),
    span: sink.url.span,
    unset: [],
    origins: [{ variable: `container ${proxy.name}`, span: host.span }],
  };
  return {
    ...sink,
    url,
    signing: { span: proxy.span, ...(region && { region }), ...(service && { service }), ...(roleArn && { roleArn }) },
  };
}

interface Word {
  readonly value: string;
  readonly span: Setting['span'];
}

function flagOf(words: readonly Word[], name: string): Word | undefined {
  for (const [index, { value, span }] of words.entries()) {
    if (value === `--${name}` || value === `-${name}`) return words[index + 1];
    const inline = new RegExp(`^--?${name}=(.*)$`).exec(value);
    if (inline) return { value: inline[1], span };
  }
  return undefined;
}

function portOf(words: readonly Word[]): string {
  return (flagOf(words, 'port')?.value ?? ':8080').replace(/^.*:/, '');
}

function expand(text: string, environment: Environment): Value {
  const parts: Value[] = [];
  let from = 0;
  for (const found of text.matchAll(/\$\(([\w.-]+)\)/g)) {
    parts.push(known(text.slice(from, found.index)), environment.read(found[1])?.value ?? known(found[0]));
    from = found.index + found[0].length;
  }
  return concat([...parts, known(text.slice(from))]);
}
