import { show } from '../kernel/errors';

/** `major.minor`, comparable. */
export interface Version {
  readonly major: number;
  readonly minor: number;
  readonly text: string;
}

/** Reads `1.34` or `v1.34.2`. @throws RangeError when it is no version. */
export function parseVersion(text: string): Version {
  const match = typeof text === 'string' && /^v?(\d{1,3})\.(\d{1,3})(\.\d{1,4})?$/.exec(text);
  if (!match) throw new RangeError(`${show(text)} is not a version; write it as a string, like "1.34"`);
  return { major: Number(match[1]), minor: Number(match[2]), text: `${Number(match[1])}.${Number(match[2])}` };
}

export function atLeast(version: Version, major: number, minor: number): boolean {
  return version.major > major || (version.major === major && version.minor >= minor);
}

/** The oldest Kubernetes that the typed API of cdk8s-plus-28 describes. */
export const OLDEST_KUBERNETES = { major: 1, minor: 28 } as const;

/** `lifecycle.preStop.sleep`: on by default (beta) since 1.30. https://github.com/kubernetes/enhancements/issues/3960 */
export const SLEEP_ACTION_SINCE = { major: 1, minor: 30 } as const;

/** Native sidecars: on by default (beta) since 1.29. https://github.com/kubernetes/enhancements/issues/753 */
export const NATIVE_SIDECARS_SINCE = { major: 1, minor: 29 } as const;

/**
 * Kubernetes minors (of 1.x) that an Istio minor supports, first and last.
 * https://istio.io/latest/docs/releases/supported-releases/
 */
const ISTIO_SUPPORTS: Readonly<Record<string, readonly [number, number]>> = { '1.30': [32, 36] };

/** A warning when upstream does not support the pair, or when no list of it is at hand. */
export function pairWarning(istio: Version, kubernetes: Version): string | undefined {
  const range = ISTIO_SUPPORTS[istio.text];
  if (!range) {
    const known = Object.keys(ISTIO_SUPPORTS).join(', ');
    return `The manifests are written for the API of Istio ${known}, and this platform says ${istio.text}: an older one may refuse fields, and whether it supports Kubernetes ${kubernetes.text} is for Istio's page of supported releases to say`;
  }
  const [first, last] = range;
  if (kubernetes.major === 1 && kubernetes.minor >= first && kubernetes.minor <= last) return undefined;
  return `Istio ${istio.text} supports Kubernetes 1.${first} to 1.${last}; this platform says ${kubernetes.text}`;
}
