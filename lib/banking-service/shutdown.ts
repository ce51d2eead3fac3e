import { Duration } from 'cdk8s';
import { type Problems, show } from '../kernel/errors';
import { DURATION, TEXT, listOf, propsOf, type Shape } from '../kernel/shape';
import { type Version, SLEEP_ACTION_SINCE, atLeast } from '../platform/versions';

export interface ShutdownProps {
  /**
   * How long the container waits before it is told to stop, while every proxy and node learns that the pod is going.
   * @default 15 s
   */
  readonly preStop?: Duration;
  /** How long the application needs to finish what it has begun, once it is told to stop. @default 30 s */
  readonly drain?: Duration;
  /** Time beyond both, before the kubelet kills what is left. @default 10 s */
  readonly margin?: Duration;
  /**
   * Command that waits, for Kubernetes before 1.30, which has no `sleep` action. An image without a `sleep` program
   * (distroless) needs another one here.
   * @default ['sleep', '<preStop>']
   */
  readonly preStopCommand?: readonly string[];
}

export const SHUTDOWN: Shape = propsOf<ShutdownProps>({
  preStop: DURATION,
  drain: DURATION,
  margin: DURATION,
  preStopCommand: listOf(TEXT),
});

/** How a pod stops. Seconds. */
export interface ShutdownModel {
  readonly preStop: number;
  readonly drain: number;
  /** terminationGracePeriodSeconds: preStop + drain + margin. */
  readonly grace: number;
  /** How long a proxy that is no native sidecar stays after the pod was told to stop: as long as the application. */
  readonly proxyDrain: number;
  readonly preStopCommand?: readonly string[];
}

export function resolveShutdown(props: ShutdownProps, kubernetes: Version, problems: Problems): ShutdownModel {
  const seconds = (key: 'preStop' | 'drain' | 'margin', fallback: number): number => {
    const value = (props[key] ?? Duration.seconds(fallback)).toSeconds({ integral: false });
    problems.check(
      Number.isInteger(value) && value >= (key === 'margin' ? 5 : 0),
      `${key} ${show(value)} s must be a whole number of seconds${key === 'margin' ? ' from 5 on' : ''}`,
      'shutdown',
    );
    return value;
  };
  const preStop = seconds('preStop', 15);
  const drain = seconds('drain', 30);
  const margin = seconds('margin', 10);
  problems.check(
    preStop >= 5 || !Number.isInteger(preStop),
    `preStop ${preStop} s is too short for the endpoints to be withdrawn everywhere, so that requests would be refused; use at least 5 s`,
    'shutdown',
  );
  const hasSleep = atLeast(kubernetes, SLEEP_ACTION_SINCE.major, SLEEP_ACTION_SINCE.minor);
  problems.check(
    !hasSleep || props.preStopCommand === undefined,
    `preStopCommand is for Kubernetes before 1.30; ${kubernetes.text} sleeps by itself, without a program in the image: leave it out`,
    'shutdown',
  );
  problems.check(
    props.preStopCommand?.length !== 0,
    'preStopCommand is empty; name a program that waits, or leave it out',
    'shutdown',
  );
  return {
    preStop,
    drain,
    grace: preStop + drain + margin,
    proxyDrain: preStop + drain,
    preStopCommand: hasSleep ? undefined : (props.preStopCommand ?? ['sleep', String(preStop)]),
  };
}
