import { Unsupported } from './objects';

/* How AuthorizationPolicy compares strings: exact, `prefix*`, `*suffix` and `*` for presence. */

export function quote(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

/**
 * pilot/pkg/security/authz/matcher/string.go, StringMatcherWithPrefix, and header.go. A star leads before it trails, and
 * only one of the two is read: `*x*` is the suffix `x*`. `*` wants at least one character.
 */
export function matchString(pattern: string, value: string | undefined, options: { ignoreCase?: boolean } = {}): boolean {
  if (value === undefined) {
    return false;
  }
  const fold = (text: string): string => (options.ignoreCase === true ? text.toLowerCase() : text);
  if (pattern === '*') {
    return value.length > 0;
  }
  if (pattern.startsWith('*')) {
    return fold(value).endsWith(fold(pattern.slice(1)));
  }
  return pattern.endsWith('*') ? fold(value).startsWith(fold(pattern.slice(0, -1))) : fold(value) === fold(pattern);
}

/** Envoy compares the path without query and fragment (PathUtil::removeQueryAndFragment). */
export function matchPath(pattern: string, path: string | undefined): boolean {
  if (path === undefined) {
    return false;
  }
  const bare = path.replace(/[?#].*$/, '');
  return isTemplate(pattern) ? templateToRegex(pattern).test(bare) : matchString(pattern, bare);
}

function isTemplate(pattern: string): boolean {
  return pattern.includes('{*}') || pattern.includes('{**}');
}

/** The characters of one path segment, as Envoy's uri_template_internal.cc has them; neither `*` nor `=` is among them. */
const SEGMENT = "[a-zA-Z0-9._~%!$&'()+,;:@-]";
const TEMPLATES = new Map<string, RegExp>();

/** `{*}` is one segment, `{**}` any number of them, and the last operator (pkg/config/security: CheckValidPathTemplate). */
function templateToRegex(pattern: string): RegExp {
  let regex = TEMPLATES.get(pattern);
  if (regex === undefined) {
    let open = true;
    const segments = pattern
      .replace(/^\//, '')
      .split('/')
      .map((segment) => {
        if ((segment === '{*}' || segment === '{**}') && !open) {
          throw new Unsupported(`path template '${pattern}': {**} must be the last operator`);
        }
        if (segment === '{*}') {
          return `${SEGMENT}+`;
        }
        if (segment === '{**}') {
          open = false;
          return `(?:${SEGMENT}|/)*`;
        }
        if (/[{}*]/.test(segment)) {
          throw new Unsupported(`path template '${pattern}': '${segment}' is neither plain text nor {*} nor {**}`);
        }
        return quote(segment);
      });
    regex = new RegExp(`^/${segments.join('/')}$`);
    TEMPLATES.set(pattern, regex);
  }
  return regex;
}
