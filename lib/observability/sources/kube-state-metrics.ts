import { metricSet } from './metric-set';

/** What the API server knows of objects. */
export const KUBE_STATE_METRICS = metricSet('https://github.com/kubernetes/kube-state-metrics/tree/main/docs/metrics', {
  autoscalerReplicas: 'kube_horizontalpodautoscaler_status_current_replicas',
  autoscalerMaximum: 'kube_horizontalpodautoscaler_spec_max_replicas',
  autoscalerMinimum: 'kube_horizontalpodautoscaler_spec_min_replicas',
  deploymentCondition: 'kube_deployment_status_condition',
  deploymentReplicas: 'kube_deployment_spec_replicas',
  deploymentAvailable: 'kube_deployment_status_replicas_available',
  disruptionsAllowed: 'kube_poddisruptionbudget_status_pod_disruptions_allowed',
  disruptionsExpected: 'kube_poddisruptionbudget_status_expected_pods',
  deploymentReady: 'kube_deployment_status_replicas_ready',
  containerInfo: 'kube_pod_container_info',
  containerRequests: 'kube_pod_container_resource_requests',
  containerLimits: 'kube_pod_container_resource_limits',
  containerWaiting: 'kube_pod_container_status_waiting_reason',
  containerRestarts: 'kube_pod_container_status_restarts_total',
  quota: 'kube_resourcequota',
});
