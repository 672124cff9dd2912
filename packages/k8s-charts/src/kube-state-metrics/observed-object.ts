/**
 * Kinds of objects whose state kube-state-metrics can tell. For each, the account may list and watch it, and nothing else.
 */
export enum ObservedObject {
  /** `kube_cronjob_*` */
  CRON_JOBS = 'cronjobs',
  /** `kube_daemonset_*` */
  DAEMON_SETS = 'daemonsets',
  /** `kube_deployment_*` */
  DEPLOYMENTS = 'deployments',
  /** `kube_horizontalpodautoscaler_*` */
  HORIZONTAL_POD_AUTOSCALERS = 'horizontalpodautoscalers',
  /** `kube_job_*` */
  JOBS = 'jobs',
  /** `kube_namespace_*` */
  NAMESPACES = 'namespaces',
  /** `kube_node_*` */
  NODES = 'nodes',
  /** `kube_persistentvolumeclaim_*` */
  PERSISTENT_VOLUME_CLAIMS = 'persistentvolumeclaims',
  /** `kube_persistentvolume_*` */
  PERSISTENT_VOLUMES = 'persistentvolumes',
  /** `kube_poddisruptionbudget_*` */
  POD_DISRUPTION_BUDGETS = 'poddisruptionbudgets',
  /** `kube_pod_*` */
  PODS = 'pods',
  /** `kube_replicaset_*` */
  REPLICA_SETS = 'replicasets',
  /** `kube_resourcequota` */
  RESOURCE_QUOTAS = 'resourcequotas',
  /** `kube_statefulset_*` */
  STATEFUL_SETS = 'statefulsets',
}
