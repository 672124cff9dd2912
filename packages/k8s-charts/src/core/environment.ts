import type { IEnvVar } from 'kubernetes-models/v1';
import { checked, isUnresolved, type Rule } from './check';
import type { EnvironmentValue } from './environment-value';

/** The entry of a container's `env`. */
export function envEntry(name: string, value: EnvironmentValue) {
  if (value.source === undefined) {
    return { name, value: value.literalValue } satisfies IEnvVar;
  }
  const { name: configMap, key } = value.source;
  return { name, valueFrom: { configMapKeyRef: { name: configMap, key } } } satisfies IEnvVar;
}

/** Checks a value that is known; one that is read at run time passes. */
export function checkedEnvironmentValue(prop: string, value: EnvironmentValue, rule: Rule): EnvironmentValue {
  if (value.literalValue !== undefined) {
    checked(prop, value.literalValue, rule);
  }
  return value;
}

/** Refuses a ConfigMap that the pods of `namespace` cannot read. */
export function checkReadableFrom(namespace: string, prop: string, value: EnvironmentValue): void {
  const from = value.source?.namespace;
  if (from === undefined || from === namespace || isUnresolved(from) || isUnresolved(namespace)) {
    return;
  }
  throw new Error(
    `${prop}: got a key of ConfigMap "${from}/${value.source?.name}", allowed: ConfigMaps of namespace "${namespace}", ` +
      `where the pods run. Let the value be exported into "${namespace}", or run the component in "${from}".`,
  );
}
