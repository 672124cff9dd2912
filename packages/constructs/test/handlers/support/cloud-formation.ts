import type { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import type { Properties, ResourceAnswer, ResourceEvent } from '../../../handlers/grafana-content/event';
import { answer } from '../../../handlers/grafana-content/handler';
import { type Estate, STACK_ID } from './estate';

interface TemplateResource {
  readonly Type: string;
  readonly Properties?: Record<string, unknown>;
  readonly DependsOn?: string[];
  readonly DeletionPolicy?: string;
}

interface Deployed {
  readonly physicalId: string;
  readonly data: Readonly<Record<string, string>>;
  readonly properties: Properties;
}

/**
 * As much of CloudFormation as matters to the custom resources of this library: order, intrinsics, everything a string,
 * rollback, and what the provider framework adds (no deletion of what was not created). Other resources exist at once, with
 * made-up attributes.
 */
export class CloudFormation {
  private readonly deployed = new Map<string, Deployed>();
  private resources: Record<string, TemplateResource> = {};

  constructor(
    private readonly estate: Estate,
    /** Attributes of what is no custom resource, by `LogicalId.Attribute`, beginnings suffice. */
    private readonly attributes: (id: string, attribute: string) => string | undefined,
  ) {}

  /** Creates, updates and deletes what differs; undoes it all if something fails. `failing` fails after it was done. */
  public async deploy(stack: Stack, failing?: string): Promise<void> {
    const before = new Map(this.deployed);
    const old = this.resources;
    this.resources = Template.fromStack(stack).toJSON().Resources;
    const touched: string[] = [];
    try {
      for (const id of this.order(this.resources)) {
        touched.push(id);
        await this.apply(id);
        if (id === failing) {
          throw new Error(`${id} failed`);
        }
      }
    } catch (error) {
      await this.rollBack(before, old, touched);
      throw error;
    }
    for (const id of [...before.keys()].reverse()) {
      await this.cleanUp(id, before.get(id) as Deployed);
    }
  }

  /** Ids of the custom resources in the order in which they would be made. */
  public plan(stack: Stack): string[] {
    return this.order(Template.fromStack(stack).toJSON().Resources);
  }

  public async destroy(): Promise<void> {
    for (const id of [...this.deployed.keys()].reverse()) {
      await this.remove(id, this.deployed.get(id) as Deployed);
    }
  }

  /** Environment of a function of the template, by its resolved name. */
  public environment(functionName: string): Record<string, string> {
    const { Environment } = this.resources[functionName].Properties as {
      Environment: { Variables: Record<string, unknown> };
    };
    return this.resolve(Environment.Variables) as Record<string, string>;
  }

  private async apply(id: string): Promise<void> {
    const properties = stringified(this.resolve(this.resources[id].Properties)) as Properties;
    const present = this.deployed.get(id);
    if (present === undefined) {
      this.note(id, properties, await this.send('Create', id, properties));
    } else if (JSON.stringify(present.properties) !== JSON.stringify(properties)) {
      this.note(id, properties, await this.send('Update', id, properties, present));
    }
  }

  private note(id: string, properties: Properties, { PhysicalResourceId, Data = {} }: ResourceAnswer): void {
    this.deployed.set(id, { physicalId: PhysicalResourceId, data: Data, properties });
  }

  private async rollBack(
    before: ReadonlyMap<string, Deployed>,
    old: Record<string, TemplateResource>,
    touched: readonly string[],
  ): Promise<void> {
    const failed = new Map(this.deployed);
    for (const [id, was] of before) {
      const now = failed.get(id);
      if (touched.includes(id) && now !== undefined) {
        // Also for the one that failed: CloudFormation does not know how far it came.
        this.note(id, was.properties, await this.send('Update', id, was.properties, now));
        if (now.physicalId !== was.physicalId) {
          await this.send('Delete', id, now.properties, now);
        }
      }
    }
    for (const [id, now] of [...failed].reverse()) {
      if (!before.has(id)) {
        await this.remove(id, now);
      }
    }
    this.resources = old;
  }

  /** After all else was done: what is in the template no more, and what was replaced. */
  private async cleanUp(id: string, was: Deployed): Promise<void> {
    const now = this.resources[id] && this.deployed.get(id);
    if (now === undefined) {
      await this.remove(id, was);
    } else if (now.physicalId !== was.physicalId) {
      await this.send('Delete', id, was.properties, was);
    }
  }

  private async remove(id: string, was: Deployed): Promise<void> {
    if (this.resources[id]?.DeletionPolicy !== 'Retain') {
      await this.send('Delete', id, was.properties, was);
    }
    this.deployed.delete(id);
  }

  private send(
    RequestType: ResourceEvent['RequestType'],
    id: string,
    ResourceProperties: Properties,
    was?: Deployed,
  ): Promise<ResourceAnswer> {
    return answer(
      {
        RequestType,
        RequestId: `${RequestType}-${id}`,
        StackId: STACK_ID,
        LogicalResourceId: id,
        PhysicalResourceId: was?.physicalId,
        ResourceProperties,
        OldResourceProperties: RequestType === 'Update' ? was?.properties : undefined,
      },
      this.estate.world,
    );
  }

  /** Custom resources, each after what it refers to or depends on. */
  private order(resources: Record<string, TemplateResource>): string[] {
    const done: string[] = [];
    const visit = (id: string) => {
      const resource = resources[id];
      if (done.includes(id) || resource === undefined) {
        return;
      }
      for (const other of references(resource)) {
        visit(other);
      }
      done.push(id);
    };
    Object.keys(resources).forEach(visit);
    return done.filter((id) => resources[id].Type.startsWith('Custom::'));
  }

  private resolve(value: unknown): unknown {
    if (Array.isArray(value)) {
      return value.map((item) => this.resolve(item));
    }
    if (value === null || typeof value !== 'object') {
      return value;
    }
    const intrinsic = value as Record<string, unknown>;
    if (intrinsic.Ref) {
      return this.attribute(intrinsic.Ref as string, 'Ref');
    }
    if (intrinsic['Fn::GetAtt']) {
      const [id, attribute] = intrinsic['Fn::GetAtt'] as [string, string];
      return this.attribute(id, attribute);
    }
    if (intrinsic['Fn::Join']) {
      const [separator, parts] = intrinsic['Fn::Join'] as [string, unknown[]];
      return parts.map((part) => this.resolve(part)).join(separator);
    }
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, this.resolve(item)]));
  }

  private attribute(id: string, attribute: string): string {
    const found = this.deployed.get(id)?.data[attribute] ?? this.attributes(id, attribute);
    if (found !== undefined) {
      return found;
    }
    if (this.resources[id]?.Type.startsWith('Custom::')) {
      throw new Error(`${id} has no attribute ${attribute}: CloudFormation would refuse this`);
    }
    return attribute === 'Ref' ? id : `${id}.${attribute}`;
  }
}

/** CloudFormation passes every number and boolean as a string. */
function stringified(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(stringified);
  }
  if (value !== null && typeof value === 'object') {
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, stringified(item)]));
  }
  return String(value);
}

function references(value: unknown): string[] {
  if (Array.isArray(value)) {
    return value.flatMap(references);
  }
  if (value === null || typeof value !== 'object') {
    return [];
  }
  return Object.entries(value).flatMap(([name, item]) => {
    switch (name) {
      case 'Ref':
        return [item as string];
      case 'Fn::GetAtt':
        return [(item as string[])[0]];
      case 'DependsOn':
        return [item].flat() as string[];
      default:
        return references(item);
    }
  });
}
