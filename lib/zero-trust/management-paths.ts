import { show } from '../kernel/errors';

/**
 * Management endpoints (`/actuator/heapdump`, `/actuator/env`) share the port of the API in most services, and give away
 * memory and secrets. They stay closed to every edge that does not name them.
 */

/** Problems of a list of management paths, a sentence each. */
export function managementProblems(paths: readonly unknown[]): string[] {
  return paths
    .filter((path) => typeof path !== 'string' || !/^\/[\x21-\x29\x2b-\x7e]+$/.test(path))
    .map((path) => `${show(path)} must be a plain path that starts with "/", like "/actuator"`);
}

/** Whether a path pattern of an edge names a management path itself, rather than holding it by a wide wildcard. */
export function namesManagement(pattern: string, managementPaths: readonly string[]): boolean {
  return managementPaths.some((path) => pattern.startsWith(path) && /^($|[/*{])/.test(pattern.slice(path.length)));
}

/**
 * Patterns that cut management paths out of an allowed operation. The prefix form without a slash also catches
 * `/actuator;x/env`, since servlet containers drop what follows a semicolon. `//` and `/;` are refused because the same
 * containers collapse them (`//actuator`, `/;/actuator`), while Envoy does not unless the mesh is told to.
 * A semicolon deeper in a path (`/api/..;/actuator`) can't be said in these patterns: see docs/guides/management-paths.md.
 * https://istio.io/latest/docs/ops/best-practices/security/#understand-path-normalization-in-authorization-policy
 */
export function closedPaths(managementPaths: readonly string[]): string[] {
  return managementPaths.length ? [...managementPaths.map((path) => `${path}*`), '//*', '/;*'] : [];
}

/** Whether a path pattern can match what must stay closed: a wildcard at or above it, or one that matches by suffix. */
export function mayReachManagement(pattern: string, managementPaths: readonly string[]): boolean {
  const wildcard = pattern.search(/[*{]/);
  if (wildcard < 0) return false;
  const stem = pattern.slice(0, wildcard);
  return ['//', '/;', ...managementPaths].some((path) => path.startsWith(stem) || stem.startsWith(path));
}
