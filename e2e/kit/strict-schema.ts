import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv, { type ValidateFunction } from 'ajv';
import { engine } from '../engines';
import { definitionOf } from './custom-resources';
import { idOf, type KubernetesObject } from './objects';

/** A JSON Schema or OpenAPI schema, as far as it is looked into here. */
type Schema = { [keyword: string]: unknown };

interface Kind {
  readonly validate: ValidateFunction;
  readonly namespaced: boolean;
}

interface OpenApi {
  readonly components: { readonly schemas: Record<string, Schema> };
  readonly paths: Record<string, Record<string, Schema>>;
}

const objectMeta = 'api__v1#/components/schemas/io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta';
/** Patterns of CRDs are RE2's, which has `(?i)` for what is a flag in JavaScript. */
const regExp = Object.assign(
  (pattern: string, flags: string) =>
    new RegExp(pattern.replace('(?i)', ''), pattern.includes('(?i)') ? `${flags}i` : flags),
  { code: 'new RegExp' },
);
const gvk = 'x-kubernetes-group-version-kind';

/**
 * Validates objects as an API server does under field validation Strict, by the schemas that Kubernetes and the controllers
 * publish: unknown fields, wrong types and missing required fields are errors, and so is a kind without a schema. What is
 * not in a schema (CEL rules, names, immutable fields, defaults, admission) is not looked at.
 */
export class StrictSchemas {
  private readonly ajv = new Ajv({
    strict: false,
    allErrors: true,
    validateFormats: false,
    logger: false,
    code: { regExp },
  });
  private readonly kinds = new Map<string, Kind>();
  private readonly loaded = new Set<string>();
  private readonly openapi = join(engine('kubernetes-openapi').home, 'api/openapi-spec/v3');

  constructor() {
    this.loadOpenApi('v1');
  }

  /** What is wrong with the object, one line for each fault; empty when it would be taken. */
  public faults(object: KubernetesObject): string[] {
    this.loadOpenApi(object.apiVersion);
    this.loadDefinition(object);
    const kind = this.kinds.get(`${object.apiVersion}/${object.kind}`);
    if (!kind) {
      return [`${idOf(object)}: no schema for ${object.apiVersion} ${object.kind}`];
    }
    const faults = kind.validate(object) ? [] : (kind.validate.errors ?? []).map(describe);
    if (kind.namespaced !== (object.metadata.namespace !== undefined)) {
      faults.push(kind.namespaced ? 'has no namespace' : 'is cluster-scoped, but has a namespace');
    }
    return faults.map((fault) => `${idOf(object)}: ${fault}`);
  }

  private loadOpenApi(apiVersion: string): void {
    const name = apiVersion.includes('/') ? `apis__${apiVersion.replace('/', '__')}` : `api__${apiVersion}`;
    const file = join(this.openapi, `${name}_openapi.json`);
    if (this.loaded.has(name) || !existsSync(file)) {
      return;
    }
    this.loaded.add(name);
    const { components, paths } = JSON.parse(readFileSync(file, 'utf8')) as OpenApi;
    this.ajv.addSchema({ $id: name, components: { schemas: each(components.schemas, strict) } });
    const namespaced = namespacedKinds(paths);
    for (const [title, schema] of Object.entries(components.schemas)) {
      for (const { group, version, kind } of (schema[gvk] as { group: string; version: string; kind: string }[]) ??
        []) {
        const id = `${group ? `${group}/` : ''}${version}/${kind}`;
        if (id.startsWith(`${apiVersion}/`)) {
          const validate = this.ajv.compile({ $ref: `${name}#/components/schemas/${title}` });
          this.kinds.set(id, { validate, namespaced: namespaced.has(kind) });
        }
      }
    }
  }

  private loadDefinition({ apiVersion, kind }: KubernetesObject): void {
    const definition = this.kinds.has(`${apiVersion}/${kind}`) ? undefined : definitionOf(apiVersion, kind);
    if (!definition) {
      return;
    }
    const { group, scope, versions } = definition.spec;
    for (const version of versions) {
      const schema = strict(version.schema.openAPIV3Schema);
      // The API server checks metadata by its own rules, whatever the definition says of it.
      const properties = { ...(schema.properties as Schema), metadata: { $ref: objectMeta } };
      const validate = this.ajv.compile({ ...schema, properties });
      this.kinds.set(`${group}/${version.name}/${kind}`, { validate, namespaced: scope === 'Namespaced' });
    }
  }
}

/** The schema with unknown fields refused wherever it lists the known ones and does not keep the others. */
function strict(schema: Schema): Schema {
  const copy = { ...schema };
  if (isSchema(copy.properties)) {
    copy.properties = each(copy.properties as Record<string, Schema>, strict);
    if (copy.additionalProperties === undefined && copy['x-kubernetes-preserve-unknown-fields'] !== true) {
      copy.additionalProperties = false;
    }
  }
  // Not inside allOf, anyOf, oneOf: those add conditions to a list of fields that stands beside them.
  for (const keyword of ['items', 'additionalProperties']) {
    const inner = copy[keyword];
    if (isSchema(inner)) {
      copy[keyword] = strict(inner);
    }
  }
  return copy;
}

function isSchema(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function each(schemas: Record<string, Schema>, change: (schema: Schema) => Schema): Record<string, Schema> {
  return Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, change(schema)]));
}

function namespacedKinds(paths: OpenApi['paths']): Set<string> {
  const kinds = Object.entries(paths)
    .filter(([path]) => path.includes('/namespaces/{namespace}/'))
    .map(([, operations]) => (operations.post?.[gvk] as { kind: string } | undefined)?.kind);
  return new Set(kinds.filter((kind) => kind !== undefined));
}

function describe(error: NonNullable<ValidateFunction['errors']>[number]): string {
  const extra = error.keyword === 'additionalProperties' ? `: ${error.params.additionalProperty}` : '';
  return `${error.instancePath || '/'} ${error.message}${extra}`;
}
