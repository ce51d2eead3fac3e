import { parse } from '@bufbuild/cel';
import * as fc from 'fast-check';
import { celProblems } from '../../../lib/observability/telemetry/cel';
import { counted } from '../../properties/runs';

/* O5: our reading of CEL beside that of a package. What it refuses, istiod refuses too. */

/** Whether its form is wrong, or a name in it. What its value is, the package does not say. */
const refusedHere = (expression: string): boolean =>
  celProblems(expression).some((one) => !one.includes('is neither true nor false'));

function refusedThere(expression: string): boolean {
  try {
    // It knows no space between two signs.
    parse(expression.replace(/([!-])\s+(?=[!-])/g, '$1'));
    return false;
  } catch {
    return true;
  }
}

const LEAVES = ['response.code', 'connection.mtls', "request.headers['x-a']", "size('a')", "'\\n\\x41'", "r'\\d'", '"b"'];
const LITERALS = ['400', '.5', '1.5e3', '0xAF', '7u', 'true', 'null', "[1, 'a']"];

/** The package takes long over longer ones. */
const isShort = (expression: string): boolean => expression.length <= 80;

/** Expressions that are well formed. A choice between two stands in brackets, but for the last of a chain. */
const { whole } = fc.letrec<{ whole: string; some: string; part: string }>((is) => ({
  part: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    fc.constantFrom(...LEAVES, ...LITERALS),
    is('whole').map((one) => `(${one})`),
    fc.tuple(is('part'), fc.constantFrom('[0]', '.code', ".matches('a')")).map((of) => of.join('')),
  ),
  some: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    is('part'),
    fc.tuple(fc.constantFrom('!', '!!'), is('part')).map((of) => of.join('')),
    // In brackets, since the package reads a sign as a part of a number, and not of one that has none.
    is('part').map((one) => `-(${one})`),
    fc
      .tuple(is('some'), fc.constantFrom('+', '-', '*', '/', '%', '<', '>=', '==', '!=', 'in', '&&', '||'), is('some'))
      .map((of) => of.join(' ')),
  ),
  whole: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    is('some'),
    fc.tuple(is('some'), is('some'), is('whole')).map(([yes, then, otherwise]) => `${yes} ? ${then} : ${otherwise}`),
  ),
}));

/** A few characters cut out. */
const cut = fc
  .tuple(whole.filter(isShort), fc.nat(60), fc.integer({ min: 1, max: 3 }))
  .map(([one, at, length]) => one.slice(0, at) + one.slice(at + length));

const WORDS = ['request', '.', 'code', '(', ')', '[', ']', '==', '<', '&&', '!', '-', '+', '?', ':', ',', 'in', 'null'];
const words = fc
  .array(fc.constantFrom(...WORDS, ...LITERALS, ...LEAVES, '1.', '1u2', '0x', '"a\\', '\n', '&', '=', '@'), {
    minLength: 1,
    maxLength: 8,
  })
  .map((of) => of.join(' '));

test('what is well formed is taken by both', () => {
  counted('cel', { 'well formed': 300 });
  fc.assert(
    fc.property(whole.filter(isShort), (one) => expect([refusedHere(one), refusedThere(one)]).toEqual([false, false])),
    { numRuns: 300 },
  );
});

test.each([
  ['words in any order', words],
  ['what has lost a few characters', cut],
])('of %s, what is refused there is refused here', (_, texts) => {
  let refused = 0;
  fc.assert(
    fc.property(texts, (one) => {
      // The sign of a number without one, as above.
      if (!refusedThere(one) || /-\s*(0x\w+|[0-9]+)u/.test(one)) return;
      refused += 1;
      expect(`${one}: ${refusedHere(one) ? 'refused' : 'taken'}`).toBe(`${one}: refused`);
    }),
    { numRuns: 600 },
  );
  counted('cel', { 'of any form': 600, refused });
  expect(refused).toBeGreaterThan(50);
});
