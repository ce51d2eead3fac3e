import { execFileSync } from 'node:child_process';
import { CANARY } from '../../lib/validation/script-checks';

test.each([
  ['30s', '30'],
  ['1m', '60'],
  ['2m15s', '135'],
  ['0s', '0'],
  ['1m08s', '68'],
  // What can't be read is not run either.
  ['', '60'],
  ['1h', '60'],
  ['$(reboot)', '60'],
  ['a[$(reboot)]', '60'],
  ['3$(reboot)s', '0'],
])("Flagger's interval %s is %s seconds", (interval, seconds) => {
  const out = execFileSync('sh', ['-c', `${CANARY}\nin_seconds "$1"`, 'sh', interval], { encoding: 'utf8' });
  expect(out.trim()).toBe(seconds);
});
