import type { PlatformModel } from '../platform/model';
import { SidecarMode } from '../platform/props';
import { NATIVE_SIDECARS_SINCE, atLeast } from '../platform/versions';

/**
 * The annotation by which a pod chooses how its proxy runs, before what the control plane would choose.
 * https://istio.io/latest/docs/reference/config/annotations/#SidecarNativeSidecar
 */
export const NATIVE_SIDECAR_ANNOTATION = 'sidecar.istio.io/nativeSidecar';

/**
 * Whether a pod can have its proxy as a native sidecar. Such a proxy is up before the init containers, which can then use
 * the mesh, and does not keep a Job from finishing. Where the platform leaves it to Istio, a pod may still ask for it.
 * https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/#jobs-with-sidecar-containers
 */
export function canBeNative({ kubernetes, istio }: Pick<PlatformModel, 'kubernetes' | 'istio'>): boolean {
  return istio.sidecar !== SidecarMode.CLASSIC && atLeast(kubernetes, NATIVE_SIDECARS_SINCE.major, NATIVE_SIDECARS_SINCE.minor);
}

/** What a Job's pod is annotated with so that its proxy is there from the start, and does not outlive it if that can be said. */
export function proxyAnnotations(platform: Pick<PlatformModel, 'kubernetes' | 'istio'>): Record<string, string> {
  return canBeNative(platform)
    ? { [NATIVE_SIDECAR_ANNOTATION]: 'true' }
    : {
        [NATIVE_SIDECAR_ANNOTATION]: 'false',
        'proxy.istio.io/config': 'holdApplicationUntilProxyStarts: true\n',
      };
}

/** Where the agent of a proxy is told to go; it listens to the pod itself alone. pilot/cmd/pilot-agent/status/server.go */
export const QUIT_PORT = 15020;
export const QUIT_PATH = '/quitquitquit';

/**
 * A command that tells the proxy to quit when it ends, however it ends: without that, a proxy that is no native sidecar keeps
 * the pod alive until the Job's time is up. bash alone is needed, which the images of Flyway and of Liquibase have, since both
 * programs start from a script for it. What is run is passed as words, so nothing of it is read by the shell.
 */
export function quittingByBash(command: readonly string[]): string[] {
  const request = `POST ${QUIT_PATH} HTTP/1.1\\r\\nHost: localhost\\r\\nContent-Length: 0\\r\\nConnection: close\\r\\n\\r\\n`;
  const script = ['"$@"', 'code=$?', `exec 3<>/dev/tcp/127.0.0.1/${QUIT_PORT} && printf '${request}' >&3`, 'exit "$code"'];
  return ['bash', '-c', script.join('\n'), 'bash', ...command];
}

/** The same for images with curl instead. */
export function quittingByCurl(command: readonly string[]): string[] {
  const script = [
    '"$@"',
    'code=$?',
    `curl --silent --output /dev/null --max-time 5 --request POST http://127.0.0.1:${QUIT_PORT}${QUIT_PATH}`,
    'exit "$code"',
  ];
  return ['sh', '-c', script.join('\n'), 'sh', ...command];
}
