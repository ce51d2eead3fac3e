import { boardOf, everyKind, linesOf } from './world';

const HASH = '[bcdfghjklmnpqrstvwxz2456789]';
const GOAL = '{{objective}} {{route}}';
const OF = 'namespace="$namespace",service="$service"';
const BURN = 'AvailabilityBudgetBurn LatencyBudgetBurn';
const BOTH = ', where the other window of the alert is above it too.';
const PODS = `namespace="$namespace",pod=~"$track-${HASH}{1,10}-${HASH}{5}"`;
const W = '[$__rate_interval]';

test('O3: the dashboard objective shows what is promised, how much of it is left, for how long, and which routes fail', () => {
  expect(linesOf(boardOf('objective', { services: everyKind().slice(1, 2) }))).toEqual([
    '== The promise',
    'Promised: stat 6×4 percentunit',
    '  "The share of the requests that must keep each goal."',
    `  ${GOAL} = objective:target:ratio{${OF}}`,
    'Error budget left: stat 6×4 percentunit (red orange from 0 yellow from 0.25 green from 0.5)',
    '  "Of what each goal allows within its window. Below zero, the promise is broken."',
    `  ${GOAL} = objective:error_budget_left:ratio{${OF}}`,
    'Pace over six hours: stat 6×4 none (green orange from 1 red from 6)',
    '  "At 1 the budget lasts just as long as the window."',
    `  ${GOAL} = objective:failure_ratio:rate6h{${OF}} / (1 - objective:target:ratio{${OF}})`,
    'The budget lasts: stat 6×4 s (red orange from 86400 green from 604800)',
    '  "At the pace of the last six hours. Without a number nothing uses it up."',
    `  ${GOAL} = (clamp_min(objective:error_budget_left:ratio{${OF}}, 0) * 604800 / (objective:failure_ratio:rate6h{${OF}} / (1 - objective:target:ratio{${OF}}) > 0)) and objective:failure_ratio:rate7d{${OF}}`,
    `Error budget left, over time: timeseries 12×8 percentunit (red orange from 0 yellow from 0.25 green from 0.5) ..1 ${BURN}`,
    `  ${GOAL} = objective:error_budget_left:ratio{${OF}}`,
    'Requests, and those that break the objective: timeseries 12×8 reqps 0..',
    `  ${GOAL} = objective:requests:rate2m{${OF}}`,
    `  ${GOAL} broken = objective:failures:rate2m{${OF}}`,
    '== How fast the budget goes',
    `Pace over 5m: timeseries 6×8 none (green red from 3.36) 0.. ${BURN}`,
    `  "How many times faster the budget goes than it may, over 5 minutes. Somebody is told above 3.36${BOTH}"`,
    `  ${GOAL} = objective:failure_ratio:rate5m{${OF}} / (1 - objective:target:ratio{${OF}})`,
    `Pace over 30m: timeseries 6×8 none (green red from 1.4) 0.. ${BURN}`,
    `  "How many times faster the budget goes than it may, over 30 minutes. Somebody is told above 1.4${BOTH}"`,
    `  ${GOAL} = objective:failure_ratio:rate30m{${OF}} / (1 - objective:target:ratio{${OF}})`,
    `Pace over 1h: timeseries 6×8 none (green red from 3.36) 0.. ${BURN}`,
    `  "How many times faster the budget goes than it may, over 60 minutes. Somebody is told above 3.36${BOTH}"`,
    `  ${GOAL} = objective:failure_ratio:rate1h{${OF}} / (1 - objective:target:ratio{${OF}})`,
    `Pace over 2h: timeseries 6×8 none (green) 0.. ${BURN}`,
    '  "How many times faster the budget goes than it may, over 120 minutes."',
    `  ${GOAL} = objective:failure_ratio:rate2h{${OF}} / (1 - objective:target:ratio{${OF}})`,
    `Pace over 6h: timeseries 6×8 none (green) 0.. ${BURN}`,
    '  "How many times faster the budget goes than it may, over 6 hours."',
    `  ${GOAL} = objective:failure_ratio:rate6h{${OF}} / (1 - objective:target:ratio{${OF}})`,
    `Pace over 1d: timeseries 6×8 none (green) 0.. ${BURN}`,
    '  "How many times faster the budget goes than it may, over 24 hours."',
    `  ${GOAL} = objective:failure_ratio:rate1d{${OF}} / (1 - objective:target:ratio{${OF}})`,
    `Pace over 3d: timeseries 6×8 none (green orange from 1) 0.. ${BURN}`,
    `  "How many times faster the budget goes than it may, over 3 days. Somebody is told above 1${BOTH}"`,
    `  ${GOAL} = objective:failure_ratio:rate3d{${OF}} / (1 - objective:target:ratio{${OF}})`,
    '== Routes',
    'Break their own objective: timeseries 24×8 percentunit 0..',
    '  "The share of the requests of each route that has an objective of its own."',
    `  {{route}} {{objective}} = objective:failure_ratio:rate5m{${OF},route!=""}`,
    'Routes that fail most, as counted by Spring Boot: table 24×9 reqps',
    '  Method: method',
    '  Route: uri',
    `  Fail = topk(10, sum by (method, uri) (rate(http_server_requests_seconds_count{${PODS},status=~"5.."}${W})) > 0)`,
  ]);
});
