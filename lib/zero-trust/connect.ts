import type { EdgeOptions, ICallee, ICaller } from '../contracts/peer';
import { isHttp } from '../contracts/port';
import { Problems, show } from '../kernel/errors';
import { HTTP_METHODS } from '../kernel/http';
import { PARSED, TEXT, fit, listOf, propsOf, type Shape } from '../kernel/shape';

const EDGE: Shape = propsOf<EdgeOptions>({ methods: listOf(TEXT), paths: listOf(TEXT), port: PARSED });

/**
 * Declares one edge: told to both ends, so that every layer that enforces it is opened from the one sentence.
 * @throws ConfigError when the callee has no such port, or a method or path can't be matched.
 */
export function connect(caller: ICaller, target: ICallee, given: EdgeOptions = {}): void {
  const callee = caller.namespace && target.within ? target.within(caller.namespace) : target;
  const problems = new Problems(`${caller.peerName} → ${callee.peerName}`);
  const options = fit(given, EDGE, problems, '') ?? {};
  const port = problems.take(() => callee.portOf(options.port), undefined);
  if (port && !isHttp(port.protocol) && (options.methods || options.paths)) {
    problems.add(
      `port ${port.port} speaks ${port.protocol}, where the mesh sees no methods or paths and such a rule never matches; leave them out`,
    );
  }
  if (options.methods) methodProblems(options.methods).forEach((what) => problems.add(what, 'methods'));
  if (options.paths) pathProblems(options.paths).forEach((what) => problems.add(what, 'paths'));
  problems.throwIfAny();
  const edge = { caller, callee, port: port!, methods: options.methods, paths: options.paths };
  callee.recordIngress(edge);
  caller.recordEgress(edge);
}

/** Problems of a list of methods, a sentence each. */
export function methodProblems(methods: readonly string[]): string[] {
  if (methods.length === 0) return ['is empty, which would allow nothing; name the methods, or leave the prop out for all'];
  return methods
    .filter((method) => !HTTP_METHODS.includes(method))
    .map((method) => `${show(method)} is not an HTTP method; use ${HTTP_METHODS.join(', ')}, in upper case`);
}

/** Problems of a list of path patterns, a sentence each. */
export function pathProblems(paths: readonly string[]): string[] {
  if (paths.length === 0) return ['is empty, which would allow nothing; name the paths, or leave the prop out for all'];
  return paths.flatMap((path) => {
    const bad = (why: string) => [`${show(path)} ${why}`];
    if (typeof path !== 'string' || !/^[/*]/.test(path)) return bad('must start with "/", or with "*" to match by suffix');
    if (!/^[\x21-\x7e]*$/.test(path))
      return bad('has blanks or characters outside ASCII; write them percent-encoded, as requests carry them');
    if (/[?#]/.test(path)) return bad('has a query or fragment, which a path match never sees; leave it out');
    if (/\/\.{1,2}(\/|$)|\/\//.test(path))
      return bad('has "//" or dot segments, which Envoy resolves before it matches; write the plain path');
    const template = /[{}]/.test(path);
    if (template && !/^(\/(\{\*\}|[^{}*/]+))*(\/\{\*\*\})?$/.test(path)) {
      return bad('is not a path template; use {*} for one segment and {**} for the rest at the end');
    }
    if (!template && (/.\*./.test(path) || path.split('*').length > 2))
      return bad('has "*" in the middle, which never matches; use it at the end or the start, or {*} for one segment');
    return [];
  });
}
