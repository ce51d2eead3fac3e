import { podPattern } from '../../lib/observability/pod-pattern';

describe('pods of a Deployment', () => {
  const regex = (...names: string[]) => new RegExp(`^(?:${podPattern(names)})$`);

  test.each([
    ['payments-7c9f8d5b6c-x2vbq', true],
    ['payments-primary-7c9f8d5b6c-x2vbq', true],
    ['payments-api-7c9f8d5b6c-x2vbq', false],
    ['payments-api-x2vbq', false],
    ['payments-0', false],
    ['other-payments-7c9f8d5b6c-x2vbq', false],
  ])('%s: %s', (name, matches) => {
    expect(regex('payments', 'payments-primary').test(name)).toBe(matches);
  });

  test('is written out', () => {
    const hash = '[bcdfghjklmnpqrstvwxz2456789]';
    const cut = `[-bcdfghjklmnpqrstvwxz2456789]{0,11}${hash}{5}`;
    const [fits, long] = ['a'.repeat(46), 'b'.repeat(47)] as const;
    expect(podPattern(['a'])).toBe(`a-${hash}{1,10}-${hash}{5}`);
    expect(podPattern([fits])).toBe(`${fits}-${hash}{1,10}-${hash}{5}`);
    expect(podPattern([long])).toBe(`${long}-${cut}`);
    expect(podPattern(['a', long, 'c'])).toBe(`(a|c)-${hash}{1,10}-${hash}{5}|${long}-${cut}`);
  });

  test('a long name is cut by Kubernetes before the random end', () => {
    const name = 'a'.repeat(55);
    expect(regex(name).test(`${`${name}-7c9f8d5b6c-`.slice(0, 58)}x2vbq`)).toBe(true);
    expect(regex(`${name}-primary`).test(`${`${name}-primary-`.slice(0, 58)}x2vbq`)).toBe(true);
  });
});
