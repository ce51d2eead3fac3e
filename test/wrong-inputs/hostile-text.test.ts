import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Chart } from 'cdk8s';
import {
  BankingService,
  ConfigurationChange,
  Exposure,
  ExternalHost,
  GitOpsApp,
  Health,
  HealthProbe,
  MeshGateway,
  Mtls,
  Platform,
  Reach,
  Release,
  Scaling,
  Subject,
  ZeroTrustNamespace,
} from 'cdk8s-banking';
import { THOROUGH, counted } from '../properties/runs';
import { objectsOf } from '../support/yaml';
import { HOSTILE_TEXTS } from './hostile-texts';
import { IMAGE } from './wrong-input';

const parent = mkdtempSync(join(tmpdir(), 'hostile-text-'));
afterAll(() => {
  jest.restoreAllMocks();
  rmSync(parent, { recursive: true, force: true });
});

const NONE = /(?!)/;

const NO_HEADER = /^\s|\s$|[\x00-\x08\x0a-\x1f\x7f]/;
/** Where a free text may stand, and which texts may not stand there. */
const PLACES = {
  'a variable': /\0/,
  'a file': NONE,
  'an argument': NONE,
  'a command': NONE,
  'a probe': NONE,
  'a preStop command': NONE,
  'an annotation of pods': NONE,
  'an annotation of a service account': NONE,
  'an annotation of a Service': NONE,
  'an annotation of a namespace': NONE,
  'a header of a route': NO_HEADER,
  'a header at the gateway': NO_HEADER,
  'metadata of a trigger': NONE,
  'a user': /^\s|\s$|\*/,
  'a reason for plain text': NONE,
  'a reason for any address': NONE,
} as const;
type Place = keyof typeof PLACES;

/** An app that says the texts, each in its place, and nothing else that depends on them. */
function write(outdir: string, text: (place: Place) => string): void {
  const app = new GitOpsApp({ outdir });
  const chart = new Chart(app, 'bank');
  // Before 1.30 a command waits for the endpoints to go.
  const platform = new Platform({ kubernetes: '1.29' });
  const namespace = new ZeroTrustNamespace(chart, 'namespace', {
    name: 'banking',
    platform,
    mtls: Mtls.migrate({ until: '2027-03-31', reason: text('a reason for plain text') }),
    annotations: { 'example.com/text': text('an annotation of a namespace') },
    access: { readers: [Subject.user(text('a user'))] },
  });
  const payments = new BankingService(chart, 'payments', {
    namespace,
    image: IMAGE,
    port: 8080,
    configuration: {
      variables: { TEXT: text('a variable') },
      files: { path: '/etc/app', content: { text: text('a file') } },
      // Named by its content, a ConfigMap would change its name with the text, as it must.
      change: ConfigurationChange.RELOADER,
    },
    args: ['--text', text('an argument')],
    command: ['run', text('a command')],
    health: Health.of({ liveness: HealthProbe.exec(['test', text('a probe')]), readiness: HealthProbe.http('/readyz') }),
    shutdown: { preStopCommand: ['sleep', text('a preStop command')] },
    podAnnotations: { 'example.com/text': text('an annotation of pods') },
    serviceAccountAnnotations: { 'example.com/text': text('an annotation of a service account') },
    exposure: Exposure.clusterIp({ annotations: { 'example.com/text': text('an annotation of a Service') } }),
    scaling: Scaling.keda({ triggers: [{ type: 'prometheus', metadata: { query: text('metadata of a trigger') } }] }),
    traffic: { routes: [{ path: '/api', exact: true, methods: ['GET'], headers: { 'x-text': text('a header of a route') } }] },
    release: Release.rolling(),
  });
  payments.allowTo(
    ExternalHost.https('a.example.net', { reach: Reach.anyPublicAddress({ accept: text('a reason for any address') }) }),
  );
  const web = new BankingService(chart, 'web', {
    namespace,
    image: IMAGE,
    port: 8080,
    shutdown: { preStopCommand: ['sleep', '15'] },
  });
  new MeshGateway(chart, 'edge', { hosts: ['bank.example.com'], issuer: 'letsencrypt' }).route('/', web, {
    exact: true,
    methods: ['GET'],
    headers: { 'x-text': text('a header at the gateway') },
  });
  app.synth();
}

/**
 * Every value of the written manifests, by the file and the path in it, as readers of YAML 1.1 find it: kubectl and Argo CD. That
 * others find the same is tested where YAML is written.
 */
function valuesIn(folder: string): Map<string, unknown> {
  const values = new Map<string, unknown>();
  const visit = (value: unknown, at: string): void => {
    if (typeof value !== 'object' || value === null) values.set(at, value);
    else for (const [key, one] of Object.entries(value)) visit(one, `${at}/${key}`);
  };
  for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.yaml'))) {
    objectsOf(readFileSync(join(folder, file), 'utf8'), '1.1').forEach((object, i) => visit(object, `${file}#${i}`));
  }
  return values;
}

const FREE = Object.keys(PLACES) as Place[];
/** A reason must say something; the text follows. */
const before = (place: Place): string => (place.startsWith('a reason') ? 'Accepted for now: ' : '');
const marker = (place: Place): string => `${before(place)}marker of ${place}`;
const markers = join(parent, 'markers');
let baseline: Map<string, unknown>;

beforeAll(() => {
  // Istio's newest does not support a Kubernetes as old as the one that needs a command to wait; each app would say so.
  jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  write(markers, marker);
  baseline = valuesIn(markers);
});

const readme = (folder: string): string => readFileSync(join(folder, 'README.md'), 'utf8');

/** What a gateway matches is said by the root VirtualService and by the one that it delegates to, which must agree. */
const twice = (place: Place): number => (place === 'a header at the gateway' ? 2 : 1);

test('each place is one place of the output', () => {
  const values = [...baseline.values()];
  const found = FREE.map((place) => [place, values.filter((value) => value === marker(place)).length]);
  expect(found).toEqual(FREE.map((place) => [place, twice(place)]));
});

// YAML 1.1, which kubectl, kustomize and Argo CD read, ends a line at each of these: a value that has them raw could go on
// as a document of its own. https://yaml.org/spec/1.1/#b-char
test('what other readers take for the end of a line is never written raw', () => {
  const outdir = mkdtempSync(join(parent, 'out-'));
  write(outdir, (place) => (place.startsWith('a header') ? marker(place) : `${before(place)}a\u2028b\u2029c\u0085d\ufeffe`));
  const raw = readdirSync(outdir).filter(
    (file) => file.endsWith('.yaml') && /[\u0085\u2028\u2029\ufeff]/.test(readFileSync(join(outdir, file), 'utf8')),
  );
  expect(raw).toEqual([]);
});

const shown = (text: string): string => JSON.stringify(text).slice(0, 60);
/** Two texts for every other place; thoroughly, each of them for every place. */
const PAIRS = HOSTILE_TEXTS.flatMap((one, i) => {
  const other = HOSTILE_TEXTS[i ^ 1]!;
  return i % 2 === 0 || THOROUGH ? [[shown(one), shown(other), one, other] as const] : [];
});

test.each(PAIRS)('%s and %s stay in their places', (_one, _other, one, other) => {
  counted('free texts', { texts: 1, places: FREE.length });
  const outdir = mkdtempSync(join(parent, 'out-'));
  const textOf = (place: Place): string => (FREE.indexOf(place) % 2 ? other : one);
  const said = (place: Place): string => (PLACES[place].test(textOf(place)) ? marker(place) : before(place) + textOf(place));
  write(outdir, said);
  const by = new Map(FREE.map((place) => [marker(place), said(place)]));
  expect(valuesIn(outdir)).toEqual(new Map([...baseline].map(([at, value]) => [at, by.get(value as string) ?? value])));
  // Of the reasons, the README tells too: each on its line, whatever is in it.
  expect(readme(outdir).split('\n').length).toBe(readme(markers).split('\n').length);
});

test('each text has another beside it', () => {
  expect(HOSTILE_TEXTS.length % 2).toBe(0);
});
