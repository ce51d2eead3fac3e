import { type Problems, show } from '../../kernel/errors';
import { hostName } from '../../kernel/names';
import type { SessionAffinityProps } from './analysis-props';
import type { At } from './shift';

/** `SessionAffinityProps` with every default filled in. Seconds. */
export interface SessionAffinityModel {
  readonly cookieName: string;
  readonly primaryCookieName: string;
  readonly maxAge: number;
  readonly path: string;
  readonly domain?: string;
  readonly sameSite: 'Strict' | 'Lax' | 'None';
  readonly partitioned: boolean;
}

/** A token. Flagger puts the name into a regular expression as it is, so that its marks are left out. https://www.rfc-editor.org/rfc/rfc6265#section-4.1.1 */
const NAME = /^[A-Za-z0-9_-]{1,64}$/;

/** The cookies are sent over https alone and no script reads them, whatever is asked for. */
export function resolveSessionAffinity(
  canary: string,
  props: SessionAffinityProps,
  problems: Problems,
  at: At,
): SessionAffinityModel {
  const { cookieName = `${canary}-canary`, primaryCookieName = `${canary}-primary`, path = '/', domain } = props;
  for (const [key, name] of Object.entries({ cookieName, primaryCookieName })) {
    problems.check(
      NAME.test(name),
      `${show(name)} is no name of a cookie that Flagger can look for; use up to 64 letters, digits, "-" and "_"`,
      at(key),
    );
  }
  problems.check(
    cookieName !== primaryCookieName,
    `${show(cookieName)} is the cookie of the new version too, and Flagger refuses that; give each version its own`,
    at('primaryCookieName'),
  );
  const maxAge = props.maxAge?.toSeconds({ integral: false }) ?? 86400;
  problems.check(
    Number.isInteger(maxAge) && maxAge >= 1,
    `${maxAge} s must be a whole number of seconds from 1 on`,
    at('maxAge'),
  );
  problems.check(
    /^\/[\x21-\x3a\x3c-\x7e]*$/.test(path),
    `${show(path)} must start with "/" and have neither blanks nor semicolons`,
    at('path'),
  );
  if (domain !== undefined) problems.take(() => hostName(domain), '', at('domain'));
  return {
    cookieName,
    primaryCookieName,
    maxAge,
    path,
    domain,
    sameSite: props.sameSite ?? 'Lax',
    partitioned: props.partitioned ?? false,
  };
}
