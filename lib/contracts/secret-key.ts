import { type Problems, show } from '../kernel/errors';
import { dnsSubdomain } from '../kernel/names';
import { ANYTHING, propsOf, type Shape } from '../kernel/shape';

/** A value of a Secret that exists already: `{ secret: 'ledger-db', key: 'password' }`. */
export interface SecretKey {
  readonly secret: string;
  readonly key: string;
}

/** Where a value is. What is given in its place may be the value itself, and is not shown. */
export const SECRET_KEY: Shape = {
  ...propsOf<SecretKey>({ secret: ANYTHING, key: ANYTHING }),
  what: 'the place of a value, like { secret: "ledger-db", key: "password" }, never the value itself',
  hidden: true,
};

/** Adds what is wrong with the place of a value. */
export function secretKeyProblems({ secret, key }: SecretKey, problems: Problems, part: string): void {
  problems.take(() => dnsSubdomain(secret), undefined, part);
  problems.check(
    typeof key === 'string' && /^[-._a-zA-Z0-9]{1,253}$/.test(key),
    `key ${show(key)} is not a key of a Secret; use letters, digits, "-", "_" and "."`,
    part,
  );
}
