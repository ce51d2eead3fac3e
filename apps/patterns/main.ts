import { Excerpts } from './excerpt';
import { mutualTls } from './m1-mutual-tls';
import { routing } from './m2-routing';
import { retries } from './m3-retries';
import { streaming } from './m3-streaming';
import { circuitBreaker } from './m4-circuit-breaker';
import { egress } from './m8-egress';
import { monitors } from './o1-monitors';
import { dashboards } from './o3-dashboards';
import { tracing } from './o4-tracing';
import { accessLogs } from './o5-access-logs';
import { alertRouting } from './o6-alert-routing';
import { overrides } from './overrides';
import { relaxedRolling } from './r1-relaxed';
import { faults } from './r10-faults';
import { migrationByArgoCd } from './r11-argo-cd';
import { contract } from './r11-contract';
import { expand } from './r11-expand';
import { validation } from './r12-validation';
import { recreate } from './r2-recreate';
import { blueGreenIngress } from './r3-blue-green-ingress';
import { weightedCanary } from './r5-weighted';
import { gates } from './r6-gates';
import { metricProviders } from './r6-metric-providers';
import { webhooks } from './r6-webhooks';
import { abTest } from './r7-ab-test';
import { mirroring } from './r8-mirroring';
import { images } from './s12-images';
import { probes } from './s2-probes';
import { shutdown } from './s3-shutdown';
import { securityContext } from './s4-security-context';
import { customMetrics } from './s5-custom-metrics';
import { keda } from './s5-keda';
import { availability } from './s6-availability';
import { placement } from './s7-placement';
import { services } from './s8-services';
import { configuration } from './s9-configuration';
import { namespace } from './z1-namespace';
import { mtlsMigration } from './z2-mtls-migration';
import { network } from './z3-network';
import { authorization } from './z4-authorization';
import { access } from './z6-access';
import { quota } from './z7-quota';

/** Each pattern, with the objects that it is about. */
new Excerpts({ folder: 'patterns' })
  .add(relaxedRolling, ['Deployment', 'PodDisruptionBudget'])
  .add(recreate, ['Deployment'])
  .add(blueGreenIngress, ['Ingress', 'PeerAuthentication', 'Service'])
  .add(weightedCanary, ['DestinationRule', 'HorizontalPodAutoscaler', 'VirtualService'])
  .add(webhooks, [
    'AlertProvider',
    'AuthorizationPolicy',
    'Canary',
    'ConfigMap',
    'Deployment/load-tester',
    'NetworkPolicy/load-tester',
    'Sidecar/load-tester',
  ])
  .add(gates, ['AuthorizationPolicy/load-tester', 'Canary', 'Gates/hedging: promotion-gate', 'Gates/hedging: rollback-gate'])
  .add(metricProviders, ['Canary', 'MetricTemplate'])
  .add(abTest, ['DestinationRule', 'VirtualService'])
  .add(mirroring, ['VirtualService'])
  .add(faults, ['VirtualService'])
  .add(expand, ['Deployment', 'Job', 'NetworkPolicy/escrow-expand'])
  .add(contract, ['Job'])
  .add(migrationByArgoCd, ['ConfigMap', 'Job', 'NetworkPolicy/pensions-schema'])
  .add(validation, [
    'AuthorizationPolicy',
    'Job',
    'NetworkPolicy/validate-brokerage',
    'Role/validate-brokerage',
    'RoleBinding/validate-brokerage',
  ])
  .add(probes, ['Deployment'])
  .add(shutdown, ['Deployment'])
  .add(securityContext, ['Deployment'])
  .add(keda, ['Deployment', 'ScaledObject'])
  .add(customMetrics, ['HorizontalPodAutoscaler'])
  .add(availability, ['Deployment', 'PodDisruptionBudget', 'PriorityClass'])
  .add(placement, ['Deployment/fraud-scoring'])
  .add(services, [
    'AuthorizationPolicy',
    'NetworkPolicy/mainframe-bridge',
    'NetworkPolicy/terminals',
    'PeerAuthentication',
    'Service',
  ])
  .add(configuration, ['ConfigMap', 'Deployment'])
  .add(images, ['Deployment'])
  .add(mutualTls, ['Certificate', 'Gateway', 'VirtualService/partner-edge'])
  .add(routing, [
    'AuthorizationPolicy/search',
    'VirtualService/public',
    'VirtualService/search-public',
    'VirtualService/web-public',
  ])
  .add(retries, ['VirtualService'])
  .add(streaming, ['Canary', 'DestinationRule', 'MetricTemplate', 'VirtualService'])
  .add(circuitBreaker, ['DestinationRule'])
  .add(egress, [
    'DestinationRule/rates-example-net',
    'Gateway',
    'NetworkPolicy/connector',
    'Service/archive-db',
    'ServiceEntry',
    'Sidecar/connector',
    'VirtualService/registry-example-org',
  ])
  .add(monitors, ['PodMonitor', 'ServiceMonitor'])
  .add(dashboards, [
    'ConfigMap/dashboard-liquidity-release',
    'ConfigMap/dashboard-liquidity-service',
    'GrafanaDashboard/funds-fleet',
  ])
  .add(alertRouting, ['AlertmanagerConfig'])
  .add(namespace, ['AuthorizationPolicy', 'Namespace', 'NetworkPolicy', 'PeerAuthentication', 'ServiceAccount', 'Sidecar'])
  .add(mtlsMigration, ['PeerAuthentication'])
  .add(network, ['NetworkPolicy/positions', 'NetworkPolicy/scheduler', 'Sidecar/positions', 'Sidecar/scheduler'])
  .add(authorization, ['AuthorizationPolicy/deposits', 'AuthorizationPolicy/journal'])
  .add(access, ['Role', 'RoleBinding'])
  .add(quota, ['LimitRange', 'ResourceQuota'])
  .add(tracing, [
    'AuthorizationPolicy/collector',
    'ConfigMap/collector-*',
    'Deployment/collector',
    'Mesh configuration/standing-orders-observability',
    'NetworkPolicy/collector',
    'ServiceEntry',
    'Sidecar/collector',
    'Telemetry',
  ])
  .add(accessLogs, ['Mesh configuration/limit-changes-observability', 'Telemetry'])
  .add(overrides, ['Deployment', 'DestinationRule'])
  .synth();
