import { show } from '../kernel/errors';
import { HTTP_METHODS } from '../kernel/http';
import { ANYTHING, FLAG, TEXT, listOf, mapOf, type Shapes } from '../kernel/shape';
import type { RouteCondition } from './route-condition';

/** What no header can carry. https://www.rfc-editor.org/rfc/rfc9110#section-5.5 */
export const NOT_IN_A_HEADER = /[\x00-\x08\x0a-\x1f\x7f]/;

export const CONDITION: Shapes<RouteCondition> = { path: ANYTHING, exact: FLAG, methods: listOf(TEXT), headers: mapOf(TEXT) };

/** Problems of a condition, a sentence each. */
export function conditionProblems({ path, methods, headers }: RouteCondition): string[] {
  const problems: string[] = [];
  if (typeof path !== 'string' || !path.startsWith('/')) problems.push(`path ${show(path)} must start with "/"`);
  else if (!/^[\x21-\x7e]*$/.test(path))
    problems.push(`path ${show(path)} has blanks or characters outside ASCII; write them percent-encoded`);
  else if (/[*{}?#]/.test(path))
    problems.push(
      `path ${show(path)} must be plain, without wildcard, query or fragment; everything below a path is meant unless exact is set`,
    );
  else if (/\/\/|\/\.{1,2}(\/|$)/.test(path))
    problems.push(`path ${show(path)} has "//" or dot segments, which Envoy resolves before it matches; write the plain path`);
  else if (path.length > 1 && path.endsWith('/'))
    problems.push(`path ${show(path)} must not end with "/"; everything below a path is meant unless exact is set`);
  if (methods?.length === 0) problems.push('methods is empty, which matches nothing; leave it out for all');
  for (const method of methods ?? []) {
    if (!HTTP_METHODS.includes(method))
      problems.push(`${show(method)} is not an HTTP method; use ${HTTP_METHODS.join(', ')}, in upper case`);
  }
  for (const [name, value] of Object.entries(headers ?? {})) {
    if (!/^[a-z0-9][a-z0-9-]*$/.test(name))
      problems.push(`header ${show(name)} must be a name in lower case, as HTTP/2 carries it`);
    if (typeof value !== 'string' || value === '' || NOT_IN_A_HEADER.test(value))
      problems.push(`header ${show(name)}: ${show(value)} must be a non-empty value on one line`);
    else if (value.trim() !== value)
      problems.push(
        `header ${show(name)}: ${show(value)} has blanks around it, which a proxy takes away, so that it never matches; trim it`,
      );
  }
  return problems;
}
