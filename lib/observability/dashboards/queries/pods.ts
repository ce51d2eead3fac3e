import { type Matcher, type Matchers, matches } from '../../../promql/selector';
import { podPattern } from '../../pod-pattern';
import { type Choice, chosen } from '../variables';
import { relabel } from './rates';

/** The pods of the chosen tracks. */
export function inPods(choice: Choice): Matchers {
  return { namespace: chosen('namespace', choice), pod: matches(podPattern(['$track'])) };
}

/** Their containers; cAdvisor also counts a pod as a whole, as a container without a name. */
export function inContainers(choice: Choice): Matchers {
  return { ...inPods(choice), container: { text: '!=""' } };
}

export const ofTracks: Matcher = chosen('track');

/** Gives series of pods the label `track`: the Deployment, of which the name of a pod is the beginning. */
export const trackOfPod = (vector: string): string => relabel(vector, 'track', 'pod', '(.+)-[^-]+-[^-]+');
