import { Problems, show } from '../kernel/errors';
import { REWRITTEN_KEYS, WORKLOAD_LABEL, labelProblems } from '../kernel/labels';
import { TEXT, type Shape, type Shapes, either, fitOptions, mapOf, needed, propsOf } from '../kernel/shape';
import { NOT_IN_A_HEADER } from './route-problems';

/** A value that a header must have, in Istio's words. Exactly one of them. */
export interface HeaderValue {
  /** The whole value. */
  readonly exact?: string;
  /** How the value begins. */
  readonly prefix?: string;
  /** RE2, matched against the whole value. https://github.com/google/re2/wiki/Syntax */
  readonly regex?: string;
}

/** A header of a request, and what it must be. */
export interface HeaderMatch {
  /** In lower case, as HTTP/2 carries it. */
  readonly name: string;
  readonly value: HeaderValue;
}

/** What a VirtualService compares a request with. */
export interface AudienceMatch {
  /** By lower-case name. */
  readonly headers?: Readonly<Record<string, HeaderValue>>;
  /** Labels of the caller's pods. */
  readonly sourceLabels?: Readonly<Record<string, string>>;
}

/** Where the group of a customer is said. */
export interface CustomerGroupOptions {
  /** The header that holds it. @default 'x-customer-group' */
  readonly header?: string;
}

const VALUE = either(TEXT, propsOf<HeaderValue>({ exact: TEXT, prefix: TEXT, regex: TEXT }));

/** The characters of a cookie's name and value. https://www.rfc-editor.org/rfc/rfc6265#section-4.1.1 */
const COOKIE_NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
const COOKIE_VALUE = /^[\x21\x23-\x2b\x2d-\x3a\x3c-\x5b\x5d-\x7e]+$/;

/**
 * Whose requests are meant, told by what they carry. Two values joined with `and` must both hold; a list of audiences means
 * any of them.
 *
 * ```ts
 * Audience.customerGroup('premium');
 * Audience.header('x-canary', 'always').and(Audience.sourceLabels({ 'banking.workload/name': 'web' }));
 * ```
 * https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPMatchRequest
 */
export class Audience {
  /** Requests with this header. @param name in lower case @param value the whole value, or another way to compare it */
  static header(name: string, value: string | HeaderValue): Audience {
    const given = all('Audience.header', { name, value }, { name: TEXT, value: VALUE });
    return new Audience(
      [{ name: given.name, value: typeof given.value === 'string' ? { exact: given.value } : given.value }],
      {},
    );
  }

  /** Requests with this cookie, among whatever others they carry. */
  static cookie(name: string, value: string): Audience {
    const cookie = all('Audience.cookie', { name, value }, { name: TEXT, value: TEXT });
    // Its neighbours are known by their semicolons: `tier=gold` must be found neither in `x-tier=gold` nor in `tier=golden`.
    const regex = `^(.*;\\s*)?${escaped(`${cookie.name}=${cookie.value}`)}(\\s*;.*)?$`;
    return new Audience([{ name: 'cookie', value: { regex } }], {}, cookie);
  }

  /**
   * Requests of one group of customers. The header decides alone: let the gateway set it from a verified token, and take away
   * what a client sends, or everybody can choose the group.
   */
  static customerGroup(group: string, options: CustomerGroupOptions = {}): Audience {
    const { header = 'x-customer-group' } = fitOptions('Audience.customerGroup', options, { header: TEXT });
    return Audience.header(header, all('Audience.customerGroup', { group }, { group: TEXT }).group);
  }

  /** Requests of callers in the mesh whose pods carry these labels. A gateway's callers have none. */
  static sourceLabels(labels: Readonly<Record<string, string>>): Audience {
    return new Audience([], all('Audience.sourceLabels', { labels }, { labels: mapOf(TEXT) }).labels);
  }

  private constructor(
    readonly headers: readonly HeaderMatch[],
    readonly labels: Readonly<Record<string, string>>,
    private readonly cookie?: { readonly name: string; readonly value: string },
    private readonly parts: readonly Audience[] = [],
  ) {}

  /** Requests that meet both. */
  and(other: Audience): Audience {
    return new Audience([...this.headers, ...other.headers], { ...other.labels, ...this.labels }, undefined, [this, other]);
  }

  /** Adds what is wrong with it. */
  validate(problems: Problems, part: string): void {
    this.parts.forEach((one) => one.validate(problems, part));
    const names = this.headers.map(({ name }) => name);
    const twice = names.find((name, i) => names.indexOf(name) !== i);
    if (twice !== undefined) {
      problems.add(`header ${show(twice)} is compared twice, and a match has room for one; join the two in a regex`, part);
    }
    const [a, b] = this.parts;
    for (const key of Object.keys(a?.labels ?? {})) {
      const [one, other] = [a!.labels[key], b!.labels[key]];
      problems.check(
        other === undefined || one === other,
        `label ${key} can't be ${show(one)} and ${show(other)} at once; nobody would be meant`,
        part,
      );
    }
    if (this.parts.length) return;
    problems.check(
      this.headers.length > 0 || Object.keys(this.labels).length > 0,
      'names no labels, so that everybody is meant; name at least one',
      part,
    );
    labelProblems(this.labels).forEach((what) => problems.add(what, part));
    for (const key of Object.keys(this.labels).filter((one) => REWRITTEN_KEYS.includes(one))) {
      problems.add(
        `label ${key} is rewritten by Flagger on the pods of a caller that it releases; compare ${WORKLOAD_LABEL}`,
        part,
      );
    }
    if (this.cookie) cookieProblems(this.cookie).forEach((what) => problems.add(what, part));
    else this.headers.flatMap(headerProblems).forEach((what) => problems.add(what, part));
  }

  /** What a VirtualService says of it. */
  match(): AudienceMatch {
    return {
      headers: this.headers.length ? Object.fromEntries(this.headers.map(({ name, value }) => [name, value])) : undefined,
      sourceLabels: Object.keys(this.labels).length ? { ...this.labels } : undefined,
    };
  }

  /** For a reader: `x-customer-group = premium`. */
  describe(): string {
    if (this.parts.length) return this.parts.map((one) => one.describe()).join(' and ');
    if (this.cookie) return `cookie ${this.cookie.name} = ${this.cookie.value}`;
    const headers = this.headers.map(({ name, value: { exact, prefix, regex } }) =>
      exact !== undefined ? `${name} = ${exact}` : prefix !== undefined ? `${name} = ${prefix}…` : `${name} ~ ${regex}`,
    );
    return [...headers, ...Object.entries(this.labels).map(([key, value]) => `callers with ${key}=${value}`)].join(' and ');
  }
}

/** Arguments of a factory, none of which can be left out. @throws ConfigError */
function all<T extends object>(where: string, given: T, shapes: Shapes<T>): T {
  const problems = new Problems(where);
  const fitting = Object.fromEntries(
    Object.entries<Shape>(shapes).map(([key, shape]) => [key, needed(given[key as keyof T], shape, problems, key)]),
  );
  problems.throwIfAny();
  return fitting as T;
}

/** Text, as a regular expression says it. https://github.com/google/re2/wiki/Syntax */
function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

function cookieProblems({ name, value }: { readonly name: string; readonly value: string }): string[] {
  return [
    ...(COOKIE_NAME.test(name) ? [] : [`cookie ${show(name)} is no name of a cookie; use letters, digits, "-", "_" and "."`]),
    ...(COOKIE_VALUE.test(value)
      ? []
      : [
          `cookie ${show(name)}: ${show(value)} is no value of a cookie; leave out blanks, quotes, commas, semicolons and backslashes`,
        ]),
  ];
}

function headerProblems({ name, value }: HeaderMatch): string[] {
  if (!/^[a-z0-9][a-z0-9-]*$/.test(name) || name === 'host') {
    return [`header ${show(name)} must be a name in lower case, as HTTP/2 carries it, other than "host"`];
  }
  const said = Object.entries(value) as [keyof HeaderValue, string][];
  if (said.length !== 1) return [`header ${name} must be compared in one way: give exact, prefix or regex`];
  const [kind, text] = said[0]!;
  if (text === '' || NOT_IN_A_HEADER.test(text)) return [`header ${name}: ${show(text)} must be a non-empty value on one line`];
  if (kind !== 'regex' && (kind === 'exact' ? text.trim() : text.trimStart()) !== text) {
    return [`header ${name}: ${show(text)} has blanks around it, which a proxy takes away, so that it never matches; trim it`];
  }
  return kind === 'regex' ? regexProblems(text).map((what) => `header ${name}: ${what}`) : [];
}

/** RE2 has no look-around and no back-references; the rest of its syntax is near enough to ours to be tried here. */
function regexProblems(regex: string): string[] {
  if (/\(\?(=|!|<=|<!)|\\[1-9]|\\k</.test(regex)) {
    return [`${show(regex)} looks around or back, which RE2 can't; say what the whole value is`];
  }
  try {
    new RegExp(regex.replace(/^\(\?[imsU]+\)/, '').replaceAll('(?P<', '(?<'));
    return [];
  } catch {
    return [`${show(regex)} is not a regular expression; write it in the syntax of RE2`];
  }
}
