import { translatePattern } from '../../imports/generator/pattern';

const translate = (pattern: string): string => translatePattern(pattern, 'here');

describe('translatePattern', () => {
  it.each(['^[-_A-Za-z0-9]+$', '^(http|https)://.+$', '^2\\d{3}(?::2\\d{3}|$)'])('leaves %s alone', (pattern) => {
    expect(translate(pattern)).toBe(pattern);
  });

  it.each([
    ['^(?i)(abort|warn)?$', ['abort', 'WARN', 'Abort', ''], ['aborted', 'ſ']],
    ['^((?i)sun|mon)day$', ['sunday', 'MONday', 'Sunday'], ['SUNDAY', 'sunDay']],
    ['^(?i:a)b$', ['ab', 'Ab'], ['aB']],
    ['^(?i)[a-cx]\\d-z$', ['A1-Z', 'x1-z', 'b2-z'], ['d1-z', 'AD-z']],
  ])('writes the letters of %s in both cases', (pattern, good, bad) => {
    const regExp = new RegExp(translate(pattern), 'u');
    expect(good.filter((text) => !regExp.test(text))).toEqual([]);
    expect(bad.filter((text) => regExp.test(text))).toEqual([]);
  });

  it('refuses what JavaScript cannot say', () => {
    expect(() => translate('^(?P<name>a)$')).toThrow('here: pattern "^(?P<name>a)$" is not one that JavaScript takes');
  });
});
