import { isHttp, PortProtocol } from '../../lib/contracts/port';
import { SECRET_KEY, type SecretKey, secretKeyProblems } from '../../lib/contracts/secret-key';
import { type ConfigError, Problems, show } from '../../lib/kernel/errors';
import { fit as fitted } from '../../lib/kernel/shape';

test('the mesh sees requests on ports of HTTP alone', () => {
  const { HTTP, HTTP2, GRPC } = PortProtocol;
  expect(Object.values(PortProtocol).filter(isHttp)).toEqual([HTTP, HTTP2, GRPC]);
});

/** What is wrong with the place of a value. */
function wrong(place: unknown): string[] {
  const problems = new Problems('x');
  const fitting = fitted(place as SecretKey, SECRET_KEY, problems, 'password');
  if (fitting) secretKeyProblems(fitting, problems, 'password');
  try {
    problems.throwIfAny();
    return [];
  } catch (e) {
    return (e as ConfigError).problems.map(({ where, what }) => `${where}: ${what}`);
  }
}

test.each(['a', 'tls.key', '..data', '_A-9', 'k'.repeat(253)])('%s is a key of a Secret', (key) => {
  expect(wrong({ secret: 'ledger-db', key })).toEqual([]);
});

test.each(['', 'a b', 'a/b', ' a', 'a\n', 'k'.repeat(254), 7, null])('%j is no key of a Secret', (key) => {
  expect(wrong({ secret: 'ledger-db', key })).toEqual([
    `x.password: key ${show(key)} is not a key of a Secret; use letters, digits, "-", "_" and "."`,
  ]);
});

test('a Secret has the name of an object', () => {
  expect(wrong({ secret: 'Ledger', key: 'a' })).toEqual([
    'x.password: "Ledger" is not a name that Kubernetes takes; use up to 253 lower-case letters, digits, "-" and ".", starting and ending with a letter or digit',
  ]);
});

test('what is given in the place of a place may be the value itself, and is not shown', () => {
  expect(wrong('hunter2')).toEqual([
    'x.password: what is given must be the place of a value, like { secret: "ledger-db", key: "password" }, never the value itself',
  ]);
});
