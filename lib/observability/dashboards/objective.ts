import { isNot, series } from '../../promql/selector';
import type { StackModel } from '../model';
import { inWords, promDuration } from '../objective/arithmetic';
import { BURN_WINDOWS } from '../objective/burn-rates';
import { budgetQueries } from '../rules/budget-queries';
import { RECORDED, failureRatio } from '../rules/recorded';
import { windowsOf } from './limits';
import type { Panel, Row, Threshold } from './model';
import { above, below, lines, number, query, row, table } from './panels';
import { rate, sumBy } from './queries/rates';
import { sourcesOf } from './queries/sources';
import { chosenServices } from './variables';

const GOAL = '{{objective}} {{route}}';
const of = (metric: string): string => series(metric, chosenServices('one'));
/** How many times faster the budget goes than it may. */
const pace = (window: number): string => `${of(failureRatio(window))} / (1 - ${of(RECORDED.target)})`;

const HOUR = 3600;

/** What is promised of one service, how much of that is left, and for how long it will last. */
export function objectiveRows(model: StackModel): Row[] {
  return [row('The promise', promise(model)), row('How fast the budget goes', paces(model)), ...routes(model)];
}

/** The queries that the budget is known by, under the names that they have there. */
function promise(model: StackModel): Panel[] {
  const known = Object.fromEntries(budgetQueries(chosenServices('one')).map((one) => [one.title, one]));
  const stat = (title: string, thresholds?: readonly Threshold[], description?: string) => {
    const { unit, query: expr } = known[title]!;
    return number(title, unit, [query(GOAL, expr)], { width: 6, thresholds, description });
  };
  const left = below([0, 'orange'], [0.25, 'yellow'], [0.5, 'green']);
  return [
    stat('Promised', undefined, 'The share of the requests that must keep each goal.'),
    stat('Error budget left', left, 'Of what each goal allows within its window. Below zero, the promise is broken.'),
    stat('Pace over six hours', above([1, 'orange'], [6, 'red']), 'At 1 the budget lasts just as long as the window.'),
    number(
      'The budget lasts',
      's',
      windowsOf(model).map((window) => query(GOAL, lasts(window))),
      {
        width: 6,
        description: 'At the pace of the last six hours. Without a number nothing uses it up.',
        thresholds: below([86_400, 'orange'], [7 * 86_400, 'green']),
      },
    ),
    lines('Error budget left, over time', 'percentunit', [query(GOAL, of(RECORDED.budgetLeft))], {
      width: 12,
      max: 1,
      thresholds: left,
      alerts: ['AvailabilityBudgetBurn', 'LatencyBudgetBurn'],
    }),
    lines(
      'Requests, and those that break the objective',
      'reqps',
      [query(GOAL, of(RECORDED.requests)), query(`${GOAL} broken`, of(RECORDED.failures))],
      { width: 12, min: 0 },
    ),
  ];
}

/** Seconds until the budget of an objective of this window is used up. */
function lasts(window: number): string {
  // What is recorded over the whole window tells which goals have it.
  return `(clamp_min(${of(RECORDED.budgetLeft)}, 0) * ${window} / (${pace(6 * HOUR)} > 0)) and ${of(failureRatio(window))}`;
}

function paces(model: StackModel): Panel[] {
  const rates = [...model.objectives.values()].flatMap(({ goals }) => goals.flatMap(({ burnRates }) => burnRates));
  return BURN_WINDOWS.map((window) => {
    const own = rates.filter(({ long, short }) => long === window || short === window);
    const [first] = own;
    const same = first && own.every(({ factor }) => factor === first.factor);
    const colour = first?.severity === 'page' ? 'red' : 'orange';
    return lines(`Pace over ${promDuration(window)}`, 'none', [query(GOAL, pace(window))], {
      description: `How many times faster the budget goes than it may, over ${inWords(window)}.${
        same ? ` Somebody is told above ${first.factor}, where the other window of the alert is above it too.` : ''
      }`,
      width: 6,
      thresholds: above([same ? first.factor : undefined, colour]),
      min: 0,
      alerts: ['AvailabilityBudgetBurn', 'LatencyBudgetBurn'],
    });
  });
}

/** The routes that fail most, where the application tells of routes. */
function routes(model: StackModel): Row[] {
  const sources = sourcesOf(model, 'one').filter(({ metrics }) => metrics.route);
  if (sources.length === 0) return [];
  const [short] = BURN_WINDOWS;
  return [
    row('Routes', [
      lines(
        'Break their own objective',
        'percentunit',
        [query('{{route}} {{objective}}', series(failureRatio(short!), { ...chosenServices('one'), route: isNot('') }))],
        { width: 24, min: 0, description: 'The share of the requests of each route that has an objective of its own.' },
      ),
      ...sources.map(({ metrics, all, counted }) => {
        const { method, path } = metrics.route!;
        const failed = metrics.failed.map((one) => rate(metrics.requests, { ...all, ...one })).join(' or ');
        return table(
          `Routes that fail most, as counted by ${counted}`,
          'reqps',
          [query('Fail', `topk(10, ${sumBy([method, path], failed)} > 0)`)],
          {
            labels: [
              { label: method, title: 'Method' },
              { label: path, title: 'Route' },
            ],
          },
        );
      }),
    ]),
  ];
}
