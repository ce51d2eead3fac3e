import { is } from '../../promql/selector';
import { inWords } from '../objective/arithmetic';
import type { ObservedModel } from '../observed-model';
import type { AlertRule } from '../rules/rule-group';
import { FLAGGER } from '../sources/flagger';
import { type AlertContext, alert, subjectOf } from './alert';
import { aboutNamespaces } from './own-namespace';

/** Where a release waits for people, nobody can say how long is too long; half a day is worth a question. */
const WAITS_FOR_PEOPLE = 12 * 3600;
/** Flagger looks at a canary once an interval, and an autoscaler may hold a step up. */
const SLACK = 900;

/** What becomes of releases that Flagger carries out. */
export function release(context: AlertContext, service: ObservedModel): AlertRule[] {
  const { name, namespace, canary } = service;
  if (!canary) return [];
  const status = aboutNamespaces(FLAGGER.metrics.status, [namespace], { name: is(canary.target) });
  // A canary that waits for an approval counts as well; its weight tells that it still goes on.
  const weight = aboutNamespaces(FLAGGER.metrics.weight, [namespace], { workload: is(canary.target) });
  const seconds = Math.ceil(((canary.longest ?? WAITS_FOR_PEOPLE) + SLACK) / 60) * 60;
  return [
    alert(context, 'CanaryFailed', subjectOf(service), {
      severity: 'ticket',
      expr: `max(${status}) == 2`,
      for: '1m',
      summary: `${name}: its release failed`,
      description: `Flagger has rolled ${namespace}/${name} back. The former version serves, and Git names one that does not.`,
      dashboard: 'release',
    }),
    alert(context, 'CanaryStuck', subjectOf(service), {
      severity: 'ticket',
      expr: `max(${status}) == 0\nor\nmax(${weight}) > 0`,
      for: `${seconds / 60}m`,
      summary: `${name}: its release does not end`,
      description: `The release of ${namespace}/${name} has been under way for more than ${inWords(seconds)}; ${
        canary.longest === undefined ? 'it may wait for somebody' : `it can take ${inWords(canary.longest)}`
      }.`,
      dashboard: 'release',
    }),
  ];
}
