import { idOf, type KubernetesObject } from './objects';

/** A pod template as far as the suites look into it. */
export interface Template {
  readonly metadata?: { readonly annotations?: Readonly<Record<string, string>> };
  readonly spec: TemplateSpec;
}

interface User {
  readonly runAsUser?: number;
  readonly runAsGroup?: number;
}

interface TemplateSpec {
  readonly serviceAccountName?: string;
  readonly securityContext?: User;
  readonly containers: readonly {
    readonly name: string;
    readonly command?: readonly string[];
    readonly args?: readonly string[];
    readonly env?: readonly {
      readonly name: string;
      readonly value?: string;
      readonly valueFrom?: { readonly fieldRef?: { readonly fieldPath: string } };
    }[];
    readonly volumeMounts?: readonly { readonly name: string; readonly mountPath: string; readonly subPath?: string }[];
    readonly securityContext?: User;
  }[];
  readonly volumes?: readonly { readonly name: string; readonly configMap?: { readonly name: string } }[];
}

interface WorkloadSpec {
  readonly template: Template;
  readonly volumeClaimTemplates?: readonly { readonly metadata: { readonly name: string } }[];
}

const kinds = ['Deployment', 'DaemonSet', 'StatefulSet'];

/** The objects that make pods. */
export function workloadsAmong(objects: readonly KubernetesObject[]): KubernetesObject[] {
  return objects.filter(({ kind }) => kinds.includes(kind));
}

/** The pod template of the one workload of that name, with the volumes of its claims, as the controller of StatefulSets adds them. */
export function templateOf(objects: readonly KubernetesObject[], name: string): Template {
  const found = workloadsAmong(objects).filter(({ metadata }) => metadata.name === name);
  const [first] = found;
  if (!first || found.length > 1) {
    throw new Error(`expected one workload ${name}, there are ${found.length} among ${objects.map(idOf).join(', ')}`);
  }
  const { template, volumeClaimTemplates = [] } = first.spec as WorkloadSpec;
  const claims = volumeClaimTemplates.map(({ metadata }) => ({
    name: metadata.name,
    persistentVolumeClaim: { claimName: `${metadata.name}-${name}-0` },
  }));
  return claims.length === 0
    ? template
    : { ...template, spec: { ...template.spec, volumes: [...(template.spec.volumes ?? []), ...claims] } };
}
