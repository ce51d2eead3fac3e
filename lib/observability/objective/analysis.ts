import { Duration } from 'cdk8s';
import type { AnalysisThresholds } from '../../contracts/objective';
import { inWords, latencyInWords, promDuration, tidy } from './arithmetic';
import { type Goal, fastestPage } from './goals';

/** A goal that a canary has to keep too: of all requests, since its analysis can't tell routes apart. */
const ofAll = (goal: Goal): boolean => goal.route === undefined;

/**
 * What a canary must keep to while it is analysed. Of the availability, the pace that pages a human stops a canary: 99.99 %
 * taken literally would stop it at one failed request. @param window of the objective, in seconds
 */
export function analysisOf(goals: readonly Goal[], window: number): AnalysisThresholds {
  const latencies = goals.filter(ofAll).filter(({ limit }) => limit !== undefined);
  const availability = goals.filter(ofAll).find(({ limit }) => limit === undefined);
  return {
    successRate: availability && tidy(100 - fastestPage(availability).threshold * 100),
    latencies: latencies.map(({ percent, limit }) => ({ percentile: percent, limit: Duration.millis(limit!) })),
    derivation: [...(availability ? ofAvailability(availability, window) : []), ...latencies.flatMap((goal) => ofLatency(goal))],
  };
}

function ofAvailability(goal: Goal, window: number): string[] {
  const { percent, budget } = goal;
  const page = fastestPage(goal);
  const failing = tidy(page.threshold * 100);
  const used = tidy(((page.factor * page.long) / window) * 100);
  return [
    `${percent} % over ${inWords(window)} lets ${tidy(budget * 100)} % of the requests fail: the error budget.`,
    `A human is paged when ${used} % of that budget goes within ${promDuration(page.long)}, which is ${page.factor} times the pace that it lasts for.`,
    `${page.factor} × ${tidy(budget * 100)} % = ${failing} %: the canary stops below ${tidy(100 - failing)} %, where the page starts.`,
    `In an interval of up to ${Math.floor(1 / page.threshold)} requests one failed request is enough for that: ` +
      'where there are fewer, add a load test or a longer interval.',
  ];
}

function ofLatency({ percent, budget, limit }: Goal): string[] {
  const enough = Math.ceil(tidy(1 / budget));
  return [
    `p${percent} of at most ${latencyInWords(limit!)} is the objective itself: its budget, ${tidy(budget * 100)} % of the requests, ` +
      `is wide enough that one slow request stops no canary in an interval of ${enough} requests or more.` +
      (percent === 99 ? '' : ` Flagger's own duration is the p99, so p${percent} needs a MetricTemplate.`),
  ];
}
