import { boardOf, everyKind, linesOf } from './world';

const HASH = '[bcdfghjklmnpqrstvwxz2456789]';
const CALLERS = 'reporter="source",destination_service_namespace="$namespace",destination_service_name=~"$host"';
const W = '[$__rate_interval]';
const GOOD = 'response_code!~"5..",grpc_response_status!~"2|4|12|13|14|15"';
const OF = 'namespace="$namespace",service="$service"';
const PODS = `namespace="$namespace",pod=~"$track-${HASH}{1,10}-${HASH}{5}"`;
const TRACK = '"track", "$1", "pod", "(.+)-[^-]+-[^-]+"';
const TRACKS = `${CALLERS},destination_workload=~"$track|unknown"`;

test('O3: the dashboard release shows both tracks side by side, who gets how much, what the new one is judged by', () => {
  expect(linesOf(boardOf('release', { services: everyKind().slice(0, 1) }))).toEqual([
    '== Release',
    'Now: stat 4×4 none (0: under way, blue; 1: well, or waits for somebody, green; 2: failed, red) CanaryFailed CanaryStuck',
    '  "As Flagger says it. One that waits for an approval counts as well."',
    '  {{name}} = max by (name) ((flagger_canary_status{exported_namespace="$namespace",name=~"$canary"} or flagger_canary_status{exported_namespace="",namespace="$namespace",name=~"$canary"}))',
    'Requests to the new version: stat 4×4 percent',
    '  {{workload}} = max by (workload) ((flagger_canary_weight{exported_namespace="$namespace",workload=~"$canary"} or flagger_canary_weight{exported_namespace="",namespace="$namespace",workload=~"$canary"}))',
    'Under way, in what is shown: stat 4×4 s',
    '  {{name}} = sum_over_time((max by (name) ((flagger_canary_status{exported_namespace="$namespace",name=~"$canary"} or flagger_canary_status{exported_namespace="",namespace="$namespace",name=~"$canary"})) == bool 0)[$__range:1m]) * 60',
    'Promoted, in what is shown: stat 4×4 short',
    '  releases = clamp_min(sum((flagger_canary_successes_total{exported_namespace="$namespace",name=~"$canary"} or flagger_canary_successes_total{exported_namespace="",namespace="$namespace",name=~"$canary"})) - (sum((flagger_canary_successes_total{exported_namespace="$namespace",name=~"$canary"} offset $__range or flagger_canary_successes_total{exported_namespace="",namespace="$namespace",name=~"$canary"} offset $__range)) or 0 * sum((flagger_canary_successes_total{exported_namespace="$namespace",name=~"$canary"} or flagger_canary_successes_total{exported_namespace="",namespace="$namespace",name=~"$canary"}))), 0)',
    'Failed, in what is shown: stat 4×4 short (green orange from 1)',
    '  releases = clamp_min(sum((flagger_canary_failures_total{exported_namespace="$namespace",name=~"$canary"} or flagger_canary_failures_total{exported_namespace="",namespace="$namespace",name=~"$canary"})) - (sum((flagger_canary_failures_total{exported_namespace="$namespace",name=~"$canary"} offset $__range or flagger_canary_failures_total{exported_namespace="",namespace="$namespace",name=~"$canary"} offset $__range)) or 0 * sum((flagger_canary_failures_total{exported_namespace="$namespace",name=~"$canary"} or flagger_canary_failures_total{exported_namespace="",namespace="$namespace",name=~"$canary"}))), 0)',
    'Releases: state-timeline 24×5 none (0: under way, blue; 1: well, or waits for somebody, green; 2: failed, red)',
    '  {{name}} = max by (name) ((flagger_canary_status{exported_namespace="$namespace",name=~"$canary"} or flagger_canary_status{exported_namespace="",namespace="$namespace",name=~"$canary"}))',
    '== Who gets how much',
    'Weights: timeseries 12×8 percent 0..100 stacked steps',
    '  "What Flagger has asked the mesh for."',
    '  {{workload}} = max by (workload) ((flagger_canary_weight{exported_namespace="$namespace",workload=~"$track"} or flagger_canary_weight{exported_namespace="",namespace="$namespace",workload=~"$track"}))',
    'What each track gets: timeseries 12×8 percentunit 0..1 stacked',
    '  "The share of the requests, as counted by the proxies of its callers."',
    `  {{destination_workload}} = sum by (destination_workload) (rate(istio_requests_total{${TRACKS}}${W})) / on () group_left () (sum(sum by (destination_workload) (rate(istio_requests_total{${TRACKS}}${W}))) > 0)`,
    '== Side by side, as counted by the proxies of its callers',
    'Requests: timeseries 6×8 reqps 0..',
    `  {{destination_workload}} = sum by (destination_workload) (rate(istio_requests_total{${TRACKS}}${W}))`,
    'Fail: timeseries 6×8 percentunit (green yellow from 0.001 red from 0.0144) 0..',
    `  {{destination_workload}} = (sum by (destination_workload) (rate(istio_requests_total{${TRACKS},response_code=~"5.."}${W}) or rate(istio_requests_total{${TRACKS},grpc_response_status=~"2|4|12|13|14|15"}${W})) or 0 * sum by (destination_workload) (rate(istio_requests_total{${TRACKS}}${W}))) / (sum by (destination_workload) (rate(istio_requests_total{${TRACKS}}${W})) > 0)`,
    'p95: timeseries 6×8 ms (green red from 210) 0..',
    `  {{destination_workload}} = histogram_quantile(0.95, sum by (le, destination_workload) (rate(istio_request_duration_milliseconds_bucket{${TRACKS},${GOOD}}${W})))`,
    'p99: timeseries 6×8 ms (green) 0..',
    `  {{destination_workload}} = histogram_quantile(0.99, sum by (le, destination_workload) (rate(istio_request_duration_milliseconds_bucket{${TRACKS},${GOOD}}${W})))`,
    '== What it is judged by',
    'Success rate: timeseries 8×8 percent steps',
    '  "What Flagger measures by itself, and the least that it takes."',
    '  {{metric}} = max by (metric) ((flagger_canary_metric_analysis{exported_namespace="$namespace",name=~"$canary",metric="request-success-rate"} or flagger_canary_metric_analysis{exported_namespace="",namespace="$namespace",name=~"$canary",metric="request-success-rate"}))',
    `  {{metric}} {{bound}} = service:canary_threshold:value{${OF},metric="request-success-rate"}`,
    'p99: timeseries 8×8 s steps',
    '  "What Flagger measures by itself, and the most that it takes."',
    '  {{metric}} = max by (metric) ((flagger_canary_metric_analysis{exported_namespace="$namespace",name=~"$canary",metric="request-duration"} or flagger_canary_metric_analysis{exported_namespace="",namespace="$namespace",name=~"$canary",metric="request-duration"}))',
    `  {{metric}} {{bound}} = service:canary_threshold:value{${OF},metric="request-duration"}`,
    'Metrics of its own: timeseries 8×8 short steps',
    '  "By templates and queries, each in its own unit, with the least or the most of each."',
    '  {{metric}} = max by (metric) ((flagger_canary_metric_analysis{exported_namespace="$namespace",name=~"$canary",metric!~"request-success-rate|request-duration"} or flagger_canary_metric_analysis{exported_namespace="",namespace="$namespace",name=~"$canary",metric!~"request-success-rate|request-duration"}))',
    `  {{metric}} {{bound}} = service:canary_threshold:value{${OF},metric!~"request-success-rate|request-duration"}`,
    '== Pods of each track',
    'Pods: timeseries 8×8 short 0.. steps RolloutStuck',
    '  {{deployment}} ready = max by (deployment) (kube_deployment_status_replicas_ready{namespace="$namespace",deployment=~"$track"})',
    '  {{deployment}} wanted = max by (deployment) (kube_deployment_spec_replicas{namespace="$namespace",deployment=~"$track"})',
    'Restarts: timeseries 8×8 short 0.. CrashLooping',
    `  {{pod}} {{container}} = sum by (pod, container) (increase(kube_pod_container_status_restarts_total{${PODS}}${W}))`,
    'Rollouts without progress: timeseries 8×8 short 0..1 steps RolloutStuck',
    '  "1 where no new pod got ready within the deadline."',
    '  {{deployment}} = max by (deployment) (kube_deployment_status_condition{namespace="$namespace",deployment=~"$track",condition="Progressing",status="false"})',
    'Images: table 24×9 short',
    '  Track: track',
    '  Container: container',
    '  Image: image',
    `  Containers = count by (track, container, image) (label_replace(kube_pod_container_info{${PODS}}, ${TRACK}))`,
  ]);
});
