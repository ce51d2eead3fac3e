import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Chart } from 'cdk8s';
import { defineObject, Environment, GitOpsApp, Stage } from '../../lib/kube';
import { freshOutdir, head, problemsOf, removeOutdirs } from './fixtures';

afterAll(removeOutdirs);

/* Which files of the former commit are read, and what is passed over in them. */

const ISTIO = 'networking.istio.io/v1';

/** A Service whose requests go to a subset of its pods, or to all of them. */
function build(app: GitOpsApp, subset?: string): void {
  const chart = new Chart(new Environment(app, 'prod', { stage: Stage.PRODUCTION }), 'bank', { namespace: 'bank' });
  const destination = { host: 'loans', subset };
  defineObject(chart, 's', head('Service', 'loans', 'bank'), { spec: { selector: { app: 'loans' } } });
  defineObject(chart, 'd', head('Deployment', 'loans', 'bank', 'apps/v1'), {
    spec: { selector: { matchLabels: { app: 'loans' } }, template: { metadata: { labels: { app: 'loans', version: '1' } } } },
  });
  defineObject(chart, 'v', head('VirtualService', 'loans', 'bank', ISTIO), {
    spec: { hosts: ['loans'], http: [{ route: [{ destination }] }] },
  });
  if (subset === undefined) return;
  const subsets = [{ name: subset, labels: { version: '1' } }];
  defineObject(chart, 'r', head('DestinationRule', 'loans', 'bank', ISTIO), { spec: { host: 'loans', subsets } });
}

/** What is applied now, as text. */
const committed = ((): string => {
  const app = new GitOpsApp({ outdir: freshOutdir() });
  build(app);
  app.synth();
  return readFileSync(join(app.outdir, 'prod', 'bank.yaml'), 'utf8');
})();

/** What is said of the next commit, which names a subset and sends to it at once. */
function said(files: Readonly<Record<string, string>>): string[] {
  const live = freshOutdir();
  mkdirSync(join(live, 'prod'), { recursive: true });
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(live, path)), { recursive: true });
    writeFileSync(join(live, path), text);
  }
  const app = new GitOpsApp({ outdir: freshOutdir(), live });
  build(app, 'v1');
  try {
    app.synth();
    return [];
  } catch {
    return problemsOf(() => app.synth()).map(({ where, what }) => `${where}: ${what}`);
  }
}

const JUMP =
  'prod: VirtualService bank/loans: sends requests to subset v1 of Service bank/loans in the commit that names the subset, and a proxy that learns of the route first answers 503; ' +
  "commit the subset first, with Release.rolling({ subset: 'v1' }) or without requests";

test.each(['prod/bank.yaml', 'prod/bank.yml', 'prod/monitoring/deep/bank.yaml', 'prod/bank.k8s.yaml'])('%s is read', (path) => {
  expect(said({ [path]: committed })).toEqual([JUMP]);
});

test.each(['prod/bank.yaml.bak', 'prod/bank.json', 'prod/README.md', 'bank.yaml', 'stage/bank.yaml'])('%s is not', (path) => {
  expect(said({ [path]: committed })).toEqual([]);
});

test('all files are read, whatever else stands in them', () => {
  const [service, ...others] = committed.split('---\n');
  const noise = ['null\n', '7\n', 'text\n', '- 1\n', 'a: 1\n', 'apiVersion: v1\n', 'apiVersion: v1\nkind: Service\n'];
  expect(said({ 'prod/a.yaml': [...noise, service].join('---\n'), 'prod/z.yaml': [...others, ...noise].join('---\n') })).toEqual([
    JUMP,
  ]);
});

test.each([
  ['without version', /^apiVersion: .*$/gm, 'version: v1'],
  ['with a list of versions', /^apiVersion: (.*)$/gm, 'apiVersion: [$1]'],
  ['without kind', /^kind: .*$/gm, 'sort: Service'],
  ['without metadata', /^metadata:$/gm, 'meta:'],
  ['with a list for a name', /^ {2}name: (.*)$/gm, '  name: [$1]'],
])('a document %s is none of an object', (_what, part, instead) => {
  expect(said({ 'prod/bank.yaml': committed.replace(part, instead) })).toEqual([]);
});

test('an environment that has no file yet has nothing to lose, whatever its routes name', () => {
  const live = freshOutdir();
  mkdirSync(live);
  const app = new GitOpsApp({ outdir: freshOutdir(), live });
  const chart = new Chart(app, 'bank');
  const route = [{ destination: { host: 'loans', subset: 'nobody names it' } }];
  defineObject(chart, 's', head('Service', 'loans', 'bank'), { spec: { selector: { app: 'loans' } } });
  defineObject(chart, 'v', head('VirtualService', 'loans', 'bank', ISTIO), { spec: { hosts: ['loans'], http: [{ route }] } });
  expect(() => app.synth()).not.toThrow();
});

test('what is no YAML is told by its file, with the reason on one line, each file by itself', () => {
  const REASON = /^prod\/(.*): can't be read as YAML \(([^\n]{12,})\), so that it is not known what is applied now; mend it$/;
  const found = said({ 'prod/b.yaml': 'a: [1\nb: }', 'prod/a.yaml': 'c: "d' });
  expect(found.map((problem) => REASON.exec(problem)?.[1])).toEqual(['a.yaml', 'b.yaml']);
});

test('the folder around the output is none that is emptied', () => {
  const live = dirname(freshOutdir());
  expect(() => new GitOpsApp({ live, outdir: join(live, 'out') })).not.toThrow();
  expect(problemsOf(() => new GitOpsApp({ live: join(live, '..x'), outdir: live })).map(({ what }) => what)).toEqual([
    `"${join(live, '..x')}" is in the output folder, which is emptied before the app runs; check the former commit out elsewhere, as with "git worktree add ../live"`,
    `there is no folder "${join(live, '..x')}"; give the folder of the former commit that the app's output went to, or leave live out`,
  ]);
});
