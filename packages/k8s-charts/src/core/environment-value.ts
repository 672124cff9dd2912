import { CONFIG_KEY, checked, DNS_LABEL, DNS_SUBDOMAIN } from './check';

/**
 * Where a value stands that exists only at run time.
 */
export interface ConfigMapKeyProps {
  /**
   * Name of the ConfigMap.
   */
  readonly name: string;

  /**
   * Key in the ConfigMap's `data`.
   */
  readonly key: string;

  /**
   * Namespace of the ConfigMap. A pod can only read ConfigMaps of its own namespace, so a component that runs elsewhere
   * refuses the value.
   *
   * @default - not known, and therefore not compared with the namespace of the reader
   */
  readonly namespace?: string;
}

/**
 * A value that reaches a container as an environment variable: known at synthesis, or read from a ConfigMap at start.
 *
 * Configuration text refers to the variable, not to the value. It stays the same in every environment, and so does the
 * checksum of it on the pod template.
 */
export class EnvironmentValue {
  /**
   * A value that is known now.
   *
   * @param value The text; must not be empty
   */
  public static literal(value: string): EnvironmentValue {
    checked('EnvironmentValue.literal', value, {
      matches: /\S/,
      allowed: 'text that is not blank',
      mend: 'An unknown value is not written as a placeholder: use EnvironmentValue.configMapKey for one that exists only at run time.',
    });
    return new EnvironmentValue(value, undefined);
  }

  /**
   * A value that the container reads from a ConfigMap when it starts. The reference is not optional: Kubernetes holds the
   * container back until the key exists. A later change of the value is seen by the next pod only.
   */
  public static configMapKey(props: ConfigMapKeyProps): EnvironmentValue {
    checked('ConfigMapKeyProps.name', props.name, DNS_SUBDOMAIN);
    checked('ConfigMapKeyProps.key', props.key, CONFIG_KEY);
    if (props.namespace !== undefined) {
      checked('ConfigMapKeyProps.namespace', props.namespace, DNS_LABEL);
    }
    return new EnvironmentValue(undefined, props);
  }

  /**
   * The text, when it is known at synthesis.
   */
  public readonly literalValue?: string;

  /**
   * Where the text is read from, when it is not known at synthesis.
   */
  public readonly source?: ConfigMapKeyProps;

  private constructor(literalValue: string | undefined, source: ConfigMapKeyProps | undefined) {
    this.literalValue = literalValue;
    this.source = source;
  }
}
