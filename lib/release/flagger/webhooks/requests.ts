import { type Problems, show } from '../../../kernel/errors';
import { HTTP_METHODS } from '../../../kernel/http';
import { pathProblems } from '../../../zero-trust/connect';
import { credentialsIn } from '../url';

/** Methods of a test: the two others are for proxies, or for their debugging. */
const METHODS = HTTP_METHODS.filter((method) => method !== 'CONNECT' && method !== 'TRACE');

/** Methods that change nothing. https://www.rfc-editor.org/rfc/rfc9110#section-9.2.1 */
const SAFE = ['GET', 'HEAD', 'OPTIONS'];

/** A command line holds 128 KiB: Linux, MAX_ARG_STRLEN. The rest of it needs room too. */
const LONGEST_BODY = 64 * 1024;

/** One request of a test. */
export interface TestRequest {
  /** `/api/v1/payments?limit=10` */
  readonly path: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** The path without its query: what a policy sees. */
export function pathOf(path: string): string {
  return path.split('?')[0]!;
}

/** Adds what is wrong with a request. */
export function requestProblems({ path, method, headers, body }: TestRequest, problems: Problems, part: string): void {
  problems.check(
    METHODS.includes(method),
    `${show(method)} is not a method of a test; use ${METHODS.join(', ')}, in upper case`,
    `${part}.method`,
  );
  const at = `${part}.path`;
  const [plain = '', ...query] = typeof path === 'string' ? path.split('?') : [];
  const wrong = plain.startsWith('/') ? pathProblems([plain]) : [`${show(path)} must start with "/"`];
  wrong.forEach((what) => problems.add(what, at));
  problems.check(
    wrong.length > 0 || !/[*{}]/.test(plain),
    `${show(path)} has "*", "{" or "}", which are patterns where requests are let in; write one plain path`,
    at,
  );
  problems.check(
    query.every((one) => /^[\x21\x22\x24-\x7e]*$/.test(one)),
    `${show(path)} has blanks, "#" or characters outside ASCII in its query; write them percent-encoded`,
    at,
  );
  for (const [name, value] of Object.entries(headers)) {
    problems.check(
      /^[A-Za-z0-9-]+$/.test(name) && typeof value === 'string' && /^[\x21-\x7e]([\x20-\x7e]*[\x21-\x7e])?$/.test(value),
      `${show(name)}: ${show(value)} is not a header; use letters, digits and "-", and a printable value`,
      `${part}.headers`,
    );
  }
  for (const name of credentialsIn(headers)) {
    problems.add(
      `${name} carries a credential, and manifests are committed to Git; send it from a program of the load tester that reads a Secret: Webhook.command`,
      `${part}.headers`,
    );
  }
  if (body === undefined) return;
  problems.check(
    typeof body === 'string' && !body.includes('\0') && Buffer.byteLength(body) <= LONGEST_BODY,
    `holds a NUL character, or more than ${LONGEST_BODY} bytes, which no command line takes; keep it short`,
    `${part}.body`,
  );
}

/** Adds that a request which changes something must be declared harmless. */
export function repeatable(method: string, idempotent: boolean | undefined, problems: Problems, part: string): void {
  problems.check(
    SAFE.includes(method) || idempotent === true || !METHODS.includes(method),
    `${method} is carried out by the new version, on real data; write idempotent: true if the service carries out a request once, however often it is sent`,
    part,
  );
}
