import { type Matchers, series } from '../../promql/selector';
import { RECORDED, failureRatio } from './recorded';

/** A query for a panel, with what it gives. */
export interface BudgetQuery {
  readonly title: string;
  /** In the words of Grafana. */
  readonly unit: 'percentunit' | 'reqps' | 'none';
  readonly query: string;
}

const HOUR = 3600;

/**
 * The queries of a budget's panels: a series for each goal, by its labels `objective` and `route`.
 * @param matchers which services: `{ namespace: is('$namespace'), service: is('$service') }` on a dashboard with variables
 */
export function budgetQueries(matchers: Matchers): BudgetQuery[] {
  const of = (metric: string) => series(metric, matchers);
  return [
    { title: 'Error budget left', unit: 'percentunit', query: of(RECORDED.budgetLeft) },
    { title: 'Promised', unit: 'percentunit', query: of(RECORDED.target) },
    { title: 'Requests that break it, right now', unit: 'percentunit', query: of(failureRatio(120)) },
    // 1 is the pace at which the budget lasts just as long as the objective's window.
    { title: 'Pace over an hour', unit: 'none', query: `${of(failureRatio(HOUR))} / (1 - ${of(RECORDED.target)})` },
    { title: 'Pace over six hours', unit: 'none', query: `${of(failureRatio(6 * HOUR))} / (1 - ${of(RECORDED.target)})` },
    { title: 'Requests that count', unit: 'reqps', query: of(RECORDED.requests) },
  ];
}
