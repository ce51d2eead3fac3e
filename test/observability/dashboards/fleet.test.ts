import { Duration } from 'cdk8s';
import { boardOf, everyKind, linesOf } from './world';

const SERVICE = 'namespace, service';
const OF = 'namespace=~"$namespace",service=~"$service"';
const ARRIVING = 'reporter="destination",destination_workload_namespace=~"$namespace",destination_canonical_service=~"$service"';
const GOOD = 'response_code!~"5..",grpc_response_status!~"2|4|12|13|14|15"';
const W = '[$__rate_interval]';
const TRACK = '"track", "$1", "pod", "(.+)-[^-]+-[^-]+"';

test('O3: the dashboard fleet shows a line for each service, and what threatens all of them', () => {
  expect(
    linesOf(
      boardOf('fleet', { services: everyKind().slice(0, 2), backups: [{ schedule: 'nightly', maxAge: Duration.hours(26) }] }),
    ),
  ).toEqual([
    '== Now',
    'Services: stat 6×4 short',
    `  services = count(count by (${SERVICE}) (service:part:info{${OF}}))`,
    'Budgets overdrawn: stat 6×4 short (green red from 1)',
    `  goals = sum(objective:error_budget_left:ratio{${OF}} < bool 0)`,
    'Alerts: stat 6×4 short (green red from 1)',
    `  firing = sum(count by (${SERVICE}) (ALERTS{${OF},alertstate="firing"}) or 0 * max by (${SERVICE}) (service:part:info{${OF}}))`,
    'Releases under way: stat 6×4 short',
    `  releases = sum(max by (${SERVICE}) (max by (namespace, name) (label_replace((flagger_canary_status{exported_namespace=~"$namespace"} or flagger_canary_status{exported_namespace="",namespace=~"$namespace"}), "namespace", "$1", "exported_namespace", "(.+)")) * on (namespace, name) group_left (service) service:part:info{${OF},kind="Canary"}) == bool 0)`,
    '== Services',
    'Services: table 24×12 reqps',
    '  Namespace: namespace',
    '  Service: service, opens service',
    `  Requests = max by (${SERVICE}) (objective:requests:rate2m{${OF},route=""})`,
    `  Availability, a day percentunit = 1 - max by (${SERVICE}) (objective:failure_ratio:rate1d{${OF},route="",objective="availability"})`,
    `  Least budget left percentunit (red orange from 0 yellow from 0.25 green from 0.5) = min by (${SERVICE}) (objective:error_budget_left:ratio{${OF}})`,
    `  p95 s = histogram_quantile(0.95, sum by (le, namespace, service) (label_replace(label_replace(rate(istio_request_duration_milliseconds_bucket{${ARRIVING},${GOOD}}${W}), "namespace", "$1", "destination_workload_namespace", "(.+)"), "service", "$1", "destination_canonical_service", "(.+)"))) / 1000 or histogram_quantile(0.95, sum by (le, namespace, service) (sum by (le, namespace, track) (label_replace(rate(http_server_requests_seconds_bucket{namespace=~"$namespace",status!~"5.."}${W}), ${TRACK})) * on (namespace, track) group_left (service) label_replace(service:part:info{${OF},kind="Deployment"}, "track", "$1", "name", "(.+)")))`,
    `  Alerts short (green red from 1) = count by (${SERVICE}) (ALERTS{${OF},alertstate="firing"}) or 0 * max by (${SERVICE}) (service:part:info{${OF}})`,
    `  Release none (0: under way, blue; 1: well, or waits for somebody, green; 2: failed, red) = max by (${SERVICE}) (max by (namespace, name) (label_replace((flagger_canary_status{exported_namespace=~"$namespace"} or flagger_canary_status{exported_namespace="",namespace=~"$namespace"}), "namespace", "$1", "exported_namespace", "(.+)")) * on (namespace, name) group_left (service) service:part:info{${OF},kind="Canary"})`,
    `  Pods ready short = sum by (${SERVICE}) (max by (namespace, deployment) (kube_deployment_status_replicas_ready{namespace=~"$namespace"}) * on (namespace, deployment) group_left (service) label_replace(service:part:info{${OF},kind="Deployment"}, "deployment", "$1", "name", "(.+)"))`,
    `  Pods wanted short = sum by (${SERVICE}) (max by (namespace, deployment) (kube_deployment_spec_replicas{namespace=~"$namespace"}) * on (namespace, deployment) group_left (service) label_replace(service:part:info{${OF},kind="Deployment"}, "deployment", "$1", "name", "(.+)"))`,
    'Requests: timeseries 8×8 reqps 0..',
    `  {{namespace}}/{{service}} = max by (${SERVICE}) (objective:requests:rate2m{${OF},route=""})`,
    'Fail: timeseries 8×8 percentunit 0.. AvailabilityBudgetBurn ErrorSpike',
    '  "Over five minutes, as each objective counts."',
    `  {{namespace}}/{{service}} = max by (${SERVICE}) (objective:failure_ratio:rate5m{${OF},route="",objective="availability"})`,
    'Least error budget left: timeseries 8×8 percentunit (red orange from 0 yellow from 0.25 green from 0.5) ..1',
    `  {{namespace}}/{{service}} = min by (${SERVICE}) (objective:error_budget_left:ratio{${OF}})`,
    '== Namespaces',
    'Quota used: timeseries 8×8 percentunit (green red from 0.9) 0.. QuotaNearlyUsed',
    '  "At 100 % new pods are refused, those of a rollout among them."',
    '  {{namespace}} {{resource}} = max by (namespace, resourcequota, resource) (kube_resourcequota{namespace=~"$namespace",type="used"}) / (max by (namespace, resourcequota, resource) (kube_resourcequota{namespace=~"$namespace",type="hard"}) > 0)',
    'Certificates end in: timeseries 8×8 s 0.. CertificateExpiring',
    '  {{name}} = max by (name) ((certmanager_certificate_expiration_timestamp_seconds{exported_namespace=~"banking|istio-ingress"} or certmanager_certificate_expiration_timestamp_seconds{exported_namespace="",namespace=~"banking|istio-ingress"})) - time()',
    'Certificates that are not ready: timeseries 8×8 short 0..1 steps CertificateNotReady',
    '  "1 where the issuer refuses it, or can not be reached."',
    '  {{name}} = max by (name) ((certmanager_certificate_ready_status{exported_namespace=~"banking|istio-ingress",condition!="True"} or certmanager_certificate_ready_status{exported_namespace="",namespace=~"banking|istio-ingress",condition!="True"}))',
    'Age of the last good backup: timeseries 8×8 s 0.. BackupMissed',
    '  {{schedule}} = time() - max by (schedule) (velero_backup_last_successful_timestamp{schedule="nightly"})',
  ]);
});
