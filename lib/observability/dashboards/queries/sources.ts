import type { StackModel } from '../../model';
import { type RequestMetrics, istioMetrics } from '../../request-metrics';
import { ISTIO } from '../../sources/istio';
import type { Choice } from '../variables';
import { type Requests, istioReporter, requestsOf } from './requests';

/** How the requests of a stack are counted: each way once, in the order in which services use them. */
export function sourcesOf(model: StackModel, choice: Choice): Requests[] {
  const used = [...model.objectives.values()].map(({ measuredBy }) => measuredBy.metrics);
  const all: readonly RequestMetrics[] = used.length ? used : [istioMetrics('source')];
  const key = (one: RequestMetrics) => (one.requests === ISTIO.metrics.requests ? istioReporter(one) : one.requests);
  const unique = new Map(all.map((one) => [key(one), one]));
  return [...unique.values()].map((one) => requestsOf(one, choice));
}
