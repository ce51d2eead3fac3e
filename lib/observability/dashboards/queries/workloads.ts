import { is, series } from '../../../promql/selector';
import { CADVISOR } from '../../sources/cadvisor';
import { KUBE_STATE_METRICS } from '../../sources/kube-state-metrics';
import { type Choice, chosen } from '../variables';
import { inContainers, inPods, ofTracks, trackOfPod } from './pods';
import { increase, maxBy, rate, share, sumBy } from './rates';

const KUBE = KUBE_STATE_METRICS.metrics;
const POD = ['pod', 'container'];

const ofResource = (metric: string, resource: 'cpu' | 'memory', choice: Choice): string =>
  series(metric, { ...inPods(choice), resource: is(resource) });

/** CPUs that the pods of each track use, have asked for, and may use at most. */
export const cpu = {
  used: (choice: Choice): string => sumBy(['track'], trackOfPod(rate(CADVISOR.metrics.cpuSeconds, inContainers(choice)))),
  requested: (choice: Choice): string => sumBy(['track'], trackOfPod(ofResource(KUBE.containerRequests, 'cpu', choice))),
  limit: (choice: Choice): string => sumBy(['track'], trackOfPod(ofResource(KUBE.containerLimits, 'cpu', choice))),
  /** The share of the periods in which a container stood still, since it had used up its limit. */
  throttled: (choice: Choice): string =>
    share(
      sumBy(POD, increase(CADVISOR.metrics.throttledPeriods, inContainers(choice))),
      sumBy(POD, increase(CADVISOR.metrics.periods, inContainers(choice))),
    ),
};

/** The share of its memory limit that a container uses. */
export const memoryUsed = (choice: Choice): string =>
  share(
    maxBy(POD, series(CADVISOR.metrics.memory, inContainers(choice))),
    maxBy(POD, ofResource(KUBE.containerLimits, 'memory', choice)),
  );

const deployment = (metric: string, choice: Choice): string =>
  maxBy(['deployment'], series(metric, { namespace: chosen('namespace', choice), deployment: ofTracks }));

export const pods = {
  wanted: (choice: Choice): string => deployment(KUBE.deploymentReplicas, choice),
  ready: (choice: Choice): string => deployment(KUBE.deploymentReady, choice),
  available: (choice: Choice): string => deployment(KUBE.deploymentAvailable, choice),
};

const scaled = (metric: string, choice: Choice): string =>
  maxBy(
    ['horizontalpodautoscaler'],
    series(metric, { namespace: chosen('namespace', choice), horizontalpodautoscaler: chosen('autoscaler') }),
  );

export const autoscaler = {
  current: (choice: Choice): string => scaled(KUBE.autoscalerReplicas, choice),
  minimum: (choice: Choice): string => scaled(KUBE.autoscalerMinimum, choice),
  maximum: (choice: Choice): string => scaled(KUBE.autoscalerMaximum, choice),
};

export const restarts = (choice: Choice): string => sumBy(POD, increase(KUBE.containerRestarts, inPods(choice)));

/** Why containers do not run: `CrashLoopBackOff`, `ImagePullBackOff`. */
export const waiting = (choice: Choice): string => `${sumBy(['reason'], series(KUBE.containerWaiting, inPods(choice)))} > 0`;

/** The images of the containers of each track, and how many run each. */
export const images = (choice: Choice): string =>
  `count by (track, container, image) (${trackOfPod(series(KUBE.containerInfo, inPods(choice)))})`;
