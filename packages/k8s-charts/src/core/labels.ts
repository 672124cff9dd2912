/** Labels of a component. `app` alone selects its pods; the others follow the labels that Kubernetes recommends. */
export interface ComponentLabels {
  /** Selector of the workload; never changes, as selectors are immutable. */
  readonly selector: Record<string, string>;
  /** Labels of every object and pod. */
  readonly all: Record<string, string>;
}

/** Labels given by the user never replace those that selectors and dashboards rely on. */
export function componentLabels(name: string, role: string, given: Record<string, string> = {}): ComponentLabels {
  const selector = { app: name };
  return {
    selector,
    all: { ...given, 'app.kubernetes.io/name': name, 'app.kubernetes.io/component': role, ...selector },
  };
}
