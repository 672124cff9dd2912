import {
  type Container,
  concat,
  type EnvVar,
  isLong,
  type KubeObject,
  known,
  labelOf,
  symbol,
  unknown,
  type Value,
  type World,
  written,
} from '../model';
import type { Span } from '../text';
import { exportedTo, nearExport } from './bindings';
import type { Break } from './path';

/** Linux takes no longer argument or variable (execve(2), MAX_ARG_STRLEN). */
const MAX_LENGTH = 131_072;

/** The value of a variable in a container, and why there is none if that is a fault. */
export interface EnvironmentReading {
  readonly value: Value;
  readonly broken?: Break;
}

/** The environment that a container's process sees. */
export class Environment {
  private readonly variables: ReadonlyMap<string, EnvVar>;
  /** What was read once; what is being read refers to itself. */
  private readonly readings = new Map<string, EnvironmentReading | 'busy' | undefined>();

  constructor(
    private readonly world: World,
    private readonly workload: KubeObject,
    private readonly container: Container,
  ) {
    this.variables = new Map(container.env.map((variable) => [variable.name.value, variable]));
  }

  /** `undefined`: certainly not set, so that programs take their default or the empty string. */
  read(name: string): EnvironmentReading | undefined {
    const seen = this.readings.get(name);
    if (seen === 'busy') return undefined;
    if (seen || this.readings.has(name)) return seen;
    this.readings.set(name, 'busy');
    const reading = this.readOnce(name);
    this.readings.set(name, reading);
    return reading;
  }

  private readOnce(name: string): EnvironmentReading | undefined {
    const variable = this.variables.get(name);
    if (!variable) return this.fromAll(name) ?? this.injected(name);
    const { source } = variable;
    switch (source.kind) {
      case 'value':
        return this.expand(source.value, source.span);
      case 'configMap':
        return this.fromConfigMap(name, source.name.value, source.key.value, source.key.span, source.optional);
      case 'secret': {
        const what = `key ${source.key.value} of Secret ${source.name.value}`;
        return { value: unknown('secret', what, 'secrets are never read', source.key.span) };
      }
      case 'unreadable':
        return { value: unknown('value', `the value of ${name}, which is no text`, undefined, source.span) };
      case 'field':
        return { value: this.field(source.path, source.span) };
    }
  }

  private fromAll(name: string): EnvironmentReading | undefined {
    for (const from of [...this.container.envFrom].reverse()) {
      if (!name.startsWith(from.prefix)) continue;
      const key = name.slice(from.prefix.length);
      if (from.kind === 'secret') {
        return {
          value: unknown('secret', `whether Secret ${from.name.value} sets ${name}`, undefined, from.name.span),
        };
      }
      const configMap = this.world.cluster.configMap(this.workload.namespace, from.name.value);
      const scalar = configMap?.data.get(key);
      if (scalar) return { value: written(`${scalar.value}`, scalar.span) };
      const exported = exportedTo(this.world, this.workload.namespace, from.name.value, key);
      if (exported) return 'value' in exported ? exported : { value: unknown('field', name), broken: exported.broken };
      if (!configMap) {
        return {
          value: unknown('object', `ConfigMap ${from.name.value}, which may set ${name}`, undefined, from.name.span),
        };
      }
    }
    return undefined;
  }

  /** EKS's webhook sets the region of the cluster where the container does not (pod identity webhook). */
  private injected(name: string): EnvironmentReading | undefined {
    if (name !== 'AWS_REGION' && name !== 'AWS_DEFAULT_REGION') return undefined;
    return { value: this.world.surroundings.region };
  }

  private fromConfigMap(
    variable: string,
    name: string,
    key: string,
    span: Span,
    optional: boolean,
  ): EnvironmentReading {
    const { namespace } = this.workload;
    const configMap = this.world.cluster.configMap(namespace, name);
    const scalar = configMap?.data.get(key);
    const exported = exportedTo(this.world, namespace, name, key);
    if (exported) {
      // The controller patches what is there; it never makes the ConfigMap.
      if (!configMap && this.world.closedManifests) return this.noConfigMap(variable, name, key, span);
      return 'value' in exported ? exported : { value: unknown('field', `${name}.${key}`), broken: exported.broken };
    }
    if (scalar) return { value: written(`${scalar.value}`, scalar.span) };
    if (optional) return { value: known('', span) };
    if (!configMap) {
      if (this.world.closedManifests) return this.noConfigMap(variable, name, key, span);
      return { value: unknown('object', `ConfigMap ${this.place(name)}`, 'add its manifest to the input', span) };
    }
    if (!this.world.closedManifests || configMap.unreadable.has(key)) {
      return { value: unknown('config-map-key', `key ${key} of ConfigMap ${this.place(name)}`, undefined, span) };
    }
    const near = nearExport(this.world, namespace, name);
    const message = `${this.who()} takes ${variable} from key ${key} of ConfigMap ${this.place(name)}, which nothing writes`;
    const related = [
      { span: configMap.object.name.span, message: `the ConfigMap has no key ${key}, and no FieldExport writes one` },
    ];
    if (near) {
      const target = `${near.to.namespace ? `${near.to.namespace.value}/` : ''}${near.to.name.value}`;
      related.push({
        span: near.to.key.span,
        message: `${labelOf(near.object)} writes key ${near.to.key.value} of ${target}`,
      });
    }
    return {
      value: unknown('config-map-key', `key ${key} of ConfigMap ${this.place(name)}`, undefined, span),
      broken: { claim: 'config-map-has-key', message, span, related },
    };
  }

  private noConfigMap(variable: string, name: string, key: string, span: Span): EnvironmentReading {
    const near = nearExport(this.world, this.workload.namespace, name);
    const related = near
      ? [
          {
            span: near.to.name.span,
            message: `${labelOf(near.object)} writes to ConfigMap ${near.to.namespace?.value ?? ''}/${near.to.name.value}`,
          },
        ]
      : [];
    const message = `${this.who()} takes ${variable} from ConfigMap ${this.place(name)}, which does not exist`;
    return {
      value: unknown('object', `ConfigMap ${this.place(name)}`, undefined, span),
      broken: {
        claim: 'config-map-exists',
        message,
        span,
        related,
        help: `add the ConfigMap, with or without key ${key}`,
      },
    };
  }

  private field(path: string, span: Span): Value {
    const { namespace, name } = this.workload;
    if (path === 'metadata.namespace' && namespace) return known(namespace.value, span);
    return symbol('pod', `${namespace?.value ?? ''}/${name.value}/${path}`, { label: known(path) }, span);
  }

  /** `$(NAME)` inside values is replaced by variables of the same container; `$$` is a plain dollar. */
  private expand(text: string, span: Span): EnvironmentReading {
    if (!text.includes('$(')) return { value: written(text, span) };
    const parts: Value[] = [];
    let broken: Break | undefined;
    let from = 0;
    for (const found of text.matchAll(/\$\$|\$\(([\w.-]+)\)/g)) {
      parts.push(written(text.slice(from, found.index)));
      from = found.index + found[0].length;
      const reading = found[1] === undefined ? undefined : this.read(found[1]);
      broken ??= reading?.broken;
      parts.push(reading?.value ?? known(found[1] === undefined ? '$' : found[0]));
    }
    const whole = concat([...parts, written(text.slice(from))], span);
    const value = isLong(whole, MAX_LENGTH)
      ? unknown('value', 'a variable longer than Linux takes', undefined, span)
      : whole;
    return broken ? { value, broken } : { value };
  }

  private who(): string {
    return `container ${this.container.name} of ${labelOf(this.workload)}`;
  }

  private place(name: string): string {
    const { namespace } = this.workload;
    return namespace ? `${namespace.value}/${name}` : name;
  }
}
