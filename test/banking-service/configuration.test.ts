import fc from 'fast-check';
import { ConfigurationChange } from '../../lib';
import { Problems } from '../../lib/kernel/errors';
import { resolveConfiguration } from '../../lib/banking-service/configuration';
import { containerOf, World } from './world';

const variables = { RATE: '7', MODE: 'live' };
const files = { path: '/etc/teller', content: { 'rules.yaml': 'max: 3\n' } };

function nameOf(data: Readonly<Record<string, string>>): string {
  return resolveConfiguration('teller', { variables: data }, new Problems('teller')).variables!.name;
}

test('a ConfigMap is immutable, named by its content, and kept when the next one takes its place', () => {
  const world = new World();
  world.service('teller', { configuration: { variables, files } });
  const { metadata, data, immutable } = world.one('ConfigMap', nameOf(variables));
  expect(metadata.name).toMatch(/^teller-env-[0-9a-f]{10}$/);
  expect(metadata.annotations).toEqual({
    'argocd.argoproj.io/sync-options': 'Prune=false',
    'kustomize.toolkit.fluxcd.io/prune': 'disabled',
  });
  expect([data, immutable]).toEqual([variables, true]);
});

test('the pod names the very ConfigMaps that are there', () => {
  const world = new World();
  world.service('teller', { configuration: { variables, files } });
  const [env, mounted] = ['teller-env', 'teller-files'].map(
    (start) =>
      world.objects().find((one) => one.kind === 'ConfigMap' && String(one.metadata.name).startsWith(start))!.metadata
        .name as string,
  );
  const pod = world.one('Deployment').spec.template.spec;
  expect(pod.containers[0].envFrom).toEqual([{ configMapRef: { name: env } }]);
  expect(pod.volumes).toContainEqual({ name: 'files', configMap: { name: mounted } });
  expect(pod.containers[0].volumeMounts).toContainEqual({ name: 'files', mountPath: '/etc/teller', readOnly: true });
});

test('the name depends on the content, and not on the order of the keys', () => {
  const entries = fc.dictionary(fc.stringMatching(/^[A-Z][A-Z0-9]{0,5}$/), fc.string({ maxLength: 5 }), {
    minKeys: 1,
    maxKeys: 4,
  });
  fc.assert(
    fc.property(entries, (data) => {
      const name = nameOf(data);
      expect(nameOf(Object.fromEntries(Object.entries(data).reverse()))).toBe(name);
      const [first] = Object.keys(data);
      expect(nameOf({ ...data, [first!]: `${data[first!]}!` })).not.toBe(name);
      expect(nameOf({ ...data, ZZZZZZZ: '' })).not.toBe(name);
    }),
    { numRuns: 200 },
  );
});

test('a value that moves to another key is another content', () => {
  expect(nameOf({ A: '1', B: '2' })).not.toBe(nameOf({ A: '2', B: '1' }));
  expect(nameOf({ A: '1,B' })).not.toBe(nameOf({ A: '1', B: '' }));
});

test('with Reloader the ConfigMap keeps its name and can be changed', () => {
  const world = new World();
  world.service('teller', { configuration: { variables, change: ConfigurationChange.RELOADER } });
  const map = world.one('ConfigMap');
  expect(map.metadata.name).toBe('teller-env');
  expect(map.metadata.annotations).toBeUndefined();
  expect(map.immutable).toBeUndefined();
  expect(world.one('Deployment').metadata.annotations).toEqual({ 'reloader.stakater.com/auto': 'true' });
});

test('without a configuration there is no ConfigMap', () => {
  const world = new World();
  world.service('teller', { configuration: { variables: {} } });
  expect(world.objects().filter(({ kind }) => kind === 'ConfigMap')).toEqual([]);
  expect(world.one('Deployment').metadata.annotations).toBeUndefined();
});

test('secrets are named, never written', () => {
  const container = containerOf({
    secretEnv: { DB_PASSWORD: { secret: 'teller-db', key: 'pw' } },
    secretFiles: [{ secret: 'teller-tls', path: '/etc/tls' }],
  });
  expect(container.env).toEqual([{ name: 'DB_PASSWORD', valueFrom: { secretKeyRef: { name: 'teller-db', key: 'pw' } } }]);
  expect(container.volumeMounts).toContainEqual({ name: 'secret-0', mountPath: '/etc/tls', readOnly: true });
});
