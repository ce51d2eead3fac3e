import type { k8s } from 'cdk8s-plus-28';

const LOOK = ['get', 'list', 'watch'];
const APPLY = ['create', 'delete', 'get', 'list', 'patch', 'update', 'watch'];

/** Sees what runs and what it logs. No secrets, no exec, no wildcard. */
export function readerRules(): k8s.PolicyRule[] {
  return [
    { apiGroups: [''], resources: ['events', 'pods', 'services'], verbs: LOOK },
    { apiGroups: [''], resources: ['pods/log'], verbs: ['get'] },
    { apiGroups: ['apps'], resources: ['deployments', 'replicasets'], verbs: LOOK },
    { apiGroups: ['autoscaling'], resources: ['horizontalpodautoscalers'], verbs: LOOK },
    { apiGroups: ['batch'], resources: ['jobs'], verbs: LOOK },
    { apiGroups: ['flagger.app'], resources: ['canaries'], verbs: LOOK },
    { apiGroups: ['policy'], resources: ['poddisruptionbudgets'], verbs: LOOK },
  ];
}

/**
 * Applies what services, their releases and what watches them are made of. PeerAuthentication, ResourceQuota, LimitRange, roles
 * and the Namespace itself are left to whoever made the namespace, and secrets to the secret store.
 */
export function deployerRules(): k8s.PolicyRule[] {
  return [
    { apiGroups: [''], resources: ['configmaps', 'serviceaccounts', 'services'], verbs: APPLY },
    { apiGroups: [''], resources: ['events', 'pods'], verbs: LOOK },
    { apiGroups: [''], resources: ['pods/log'], verbs: ['get'] },
    { apiGroups: ['apps'], resources: ['deployments'], verbs: APPLY },
    { apiGroups: ['apps'], resources: ['replicasets'], verbs: LOOK },
    { apiGroups: ['autoscaling'], resources: ['horizontalpodautoscalers'], verbs: APPLY },
    { apiGroups: ['batch'], resources: ['jobs'], verbs: APPLY },
    { apiGroups: ['flagger.app'], resources: ['alertproviders', 'canaries', 'metrictemplates'], verbs: APPLY },
    { apiGroups: ['grafana.integreatly.org'], resources: ['grafanadashboards'], verbs: APPLY },
    { apiGroups: ['keda.sh'], resources: ['scaledobjects'], verbs: APPLY },
    {
      apiGroups: ['monitoring.coreos.com'],
      resources: ['alertmanagerconfigs', 'podmonitors', 'prometheusrules', 'servicemonitors'],
      verbs: APPLY,
    },
    {
      apiGroups: ['networking.istio.io'],
      resources: ['destinationrules', 'gateways', 'serviceentries', 'sidecars', 'virtualservices'],
      verbs: APPLY,
    },
    { apiGroups: ['networking.k8s.io'], resources: ['ingresses', 'networkpolicies'], verbs: APPLY },
    { apiGroups: ['policy'], resources: ['poddisruptionbudgets'], verbs: APPLY },
    { apiGroups: ['security.istio.io'], resources: ['authorizationpolicies'], verbs: APPLY },
    { apiGroups: ['telemetry.istio.io'], resources: ['telemetries'], verbs: APPLY },
  ];
}
