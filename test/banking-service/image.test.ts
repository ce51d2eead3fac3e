import { isLabelValue } from '../../lib/kernel/labels';
import { parseImage, versionOf } from '../../lib/banking-service/image';

const HEX = '0123456789abcdef'.repeat(4);
const DIGEST = `sha256:${HEX}`;

test.each([
  ['registry.example.com/pay:2.4.1', 'registry.example.com/pay', '2.4.1', undefined, '2.4.1'],
  [
    'registry.example.com:5000/a/b_c/d-e:v2.4.1-rc.3',
    'registry.example.com:5000/a/b_c/d-e',
    'v2.4.1-rc.3',
    undefined,
    'v2.4.1-rc.3',
  ],
  [`pay@${DIGEST}`, 'pay', undefined, DIGEST, '0123456789ab'],
  [`localhost:5000/pay:7@${DIGEST}`, 'localhost:5000/pay', '7', DIGEST, '0123456789ab'],
  [`pay:2.4.1-@${DIGEST}`, 'pay', '2.4.1-', DIGEST, '0123456789ab'],
  ['pay:main-0a1b2c3', 'pay', 'main-0a1b2c3', undefined, 'main-0a1b2c3'],
  ['pay:0a1b2c3d4e', 'pay', '0a1b2c3d4e', undefined, '0a1b2c3d4e'],
  ['pay:20261121', 'pay', '20261121', undefined, '20261121'],
  ['pay:20261121-0815', 'pay', '20261121-0815', undefined, '20261121-0815'],
])('%s', (text, repository, tag, digest, version) => {
  const image = parseImage(text);
  expect(image).toEqual({ text, repository, tag, digest });
  expect(versionOf(image)).toBe(version);
});

test.each([
  '',
  'pay',
  'pay:latest',
  'pay:stable',
  'pay:2',
  'pay:2.4',
  'pay:v3',
  'registry.example.com:5000/pay',
  'Pay:1.2.3',
  'pay:',
  'pay:1.2.3@',
  'pay:-1.2.3',
  'pay@sha256:abc',
  `pay@${DIGEST}@${DIGEST}`,
  `pay@sha512:${HEX}`,
  'https://registry.example.com/pay:1.2.3',
  ' pay:1.2.3',
])('%j is no image that always means the same', (text) => {
  expect(() => parseImage(text)).toThrow(RangeError);
});

test('a version is always a label value', () => {
  const long = `1.2.3-${'x'.repeat(56)}.-.-.-tail`;
  const version = versionOf(parseImage(`pay:${long}`));
  expect(version).toBe(`1.2.3-${'x'.repeat(56)}`);
  expect(isLabelValue(version)).toBe(true);
});
