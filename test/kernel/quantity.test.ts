import fc from 'fast-check';
import { bytes, formatBytes, formatCpu, milliCpu } from '../../lib/kernel/quantity';

const KI = 1024;

test.each([
  ['1m', 1],
  ['250m', 250],
  ['1', 1000],
  ['1.5', 1500],
  ['0.001', 1],
  ['1500m', 1500],
  ['2.007', 2007],
])('milliCpu %s is %d', (text, value) => {
  expect(milliCpu(text)).toBe(value);
});

test.each(['0', '0m', '0.0001', '0.5m', '-1', '1k', 'm', '', ' 1', '1e3', 'Infinity', 1 as never])(
  'milliCpu takes no %j',
  (text) => {
    expect(() => milliCpu(text)).toThrow(RangeError);
  },
);

test.each([
  ['1', 1],
  ['1k', 1000],
  ['1Ki', KI],
  ['512Mi', 512 * KI ** 2],
  ['1.5Gi', 1.5 * KI ** 3],
  ['1.25Gi', 1.25 * KI ** 3],
  ['1500M', 1_500_000_000],
  ['3T', 3_000_000_000_000],
  ['2Pi', 2 * KI ** 5],
])('bytes %s is %d', (text, value) => {
  expect(bytes(text)).toBe(value);
});

test.each(['0', '0Gi', '0.3', '512m', '1KB', '1ki', 'Gi', '', '-1Gi', '1 Gi', '9Pi', '1Ei', 1 as never])(
  'bytes takes no %j',
  (text) => {
    expect(() => bytes(text)).toThrow(RangeError);
  },
);

test.each([
  [1, '1m'],
  [999, '999m'],
  [1000, '1'],
  [28800, '28800m'],
  [144000, '144'],
])('%d millicores are written %s', (value, text) => {
  expect(formatCpu(value)).toBe(text);
});

test.each([
  [0, '0'],
  [1, '1'],
  [1000, '1000'],
  [KI, '1Ki'],
  [1536, '1536'],
  [3 * KI ** 2, '3Mi'],
  [1536 * KI ** 3, '1536Gi'],
  [2 * KI ** 4, '2Ti'],
])('%d bytes are written %s', (value, text) => {
  expect(formatBytes(value)).toBe(text);
});

test('what is written is read back as it was', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 2 ** 31 }),
      fc.integer({ min: 1, max: 1000 }),
      fc.integer({ min: 0, max: 4 }),
      (milli, n, power) => {
        expect(milliCpu(formatCpu(milli))).toBe(milli);
        expect(bytes(formatBytes(milli))).toBe(milli);
        expect(bytes(formatBytes(n * KI ** power))).toBe(n * KI ** power);
        // What has been written once stays as it is.
        expect(formatBytes(bytes(formatBytes(n * KI ** power)))).toBe(formatBytes(n * KI ** power));
      },
    ),
  );
});
