import { Yaml } from 'cdk8s';

/** YAML of plain data. What stands in it twice is written twice, not as an alias. */
export function yamlText(data: object): string {
  return Yaml.stringify(JSON.parse(JSON.stringify(data)));
}
