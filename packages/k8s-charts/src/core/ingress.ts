/** Values of the label `app.kubernetes.io/component`: ours, and the one that the OpenTelemetry operator gives its pods. */
const COLLECTORS = ['metrics-collector', 'opentelemetry-collector'];

/** The pods of metrics collectors, in whatever namespace. */
export function fromCollectors() {
  return [
    {
      namespaceSelector: {},
      podSelector: {
        matchExpressions: [{ key: 'app.kubernetes.io/component', operator: 'In', values: [...COLLECTORS] }],
      },
    },
  ];
}
