import { compareVersions, newestServed } from '../../imports/generator/versions';
import { version } from './crd-fixture';

describe('API versions', () => {
  it('are ordered as Kubernetes orders them', () => {
    const shuffled = [
      'v1alpha3',
      'foo10',
      'v11beta2',
      'v2',
      'v1',
      'v10',
      'v12alpha1',
      'v3beta1',
      'v10beta3',
      'foo1',
      'v11alpha2',
    ];
    expect(shuffled.sort(compareVersions)).toEqual([
      ...['v10', 'v2', 'v1', 'v11beta2', 'v10beta3', 'v3beta1', 'v12alpha1', 'v11alpha2', 'v1alpha3', 'foo1', 'foo10'],
    ]);
  });

  it.each([
    [['v1alpha3', 'v1', 'v1beta1'], 'v1'],
    [['v1alpha1', 'v1alpha2'], 'v1alpha2'],
    [['v1beta9', 'v1beta10'], 'v1beta10'],
  ])('of %j take %s', (names, expected) => {
    expect(newestServed(names.map((name) => version(name)))?.name).toBe(expected);
  });

  it('that are not served do not count', () => {
    expect(newestServed([version('v2', {}, false), version('v1beta1')])?.name).toBe('v1beta1');
    expect(newestServed([version('v2', {}, false)])).toBeUndefined();
  });
});
