import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Chart, DependencyGraph, JsonPatch, Testing, YamlOutputType } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { defineObject, Environment, GitOpsApp, handOver, note, Overrides, Stage } from '../../lib/kube';
import { config, failures, synth } from './app';
import { filesIn, freshOutdir, head, problemsOf, removeOutdirs } from './fixtures';

afterAll(removeOutdirs);
afterEach(() => jest.restoreAllMocks());

describe('files', () => {
  const build = (app: Construct): void => {
    config(new Chart(app, 'default'), 'a', 'x');
    const outer = new Chart(new Construct(app, 'team'), 'outer');
    config(outer, 'b', 'x');
    config(new Chart(outer, 'inner'), 'c', 'x');
  };

  test('are named by the chart, also when charts are nested or called default', () => {
    expect(Object.keys(synth(build))).toEqual(['default.yaml', 'inner.yaml', 'outer.yaml']);
  });

  test('trap: adding a chart, and a dependency on it, renames and changes nothing else', () => {
    const before = synth(build);
    const after = synth((app) => {
      build(app);
      const more = new Chart(app, 'more');
      config(more, 'd', 'x');
      app.node.findChild('default').node.addDependency(more);
    });
    expect(after).toEqual({ ...before, 'more.yaml': expect.any(String) });
  });

  test.each([
    [YamlOutputType.FILE_PER_APP, ['app.yaml']],
    [YamlOutputType.FILE_PER_RESOURCE, ['ConfigMap.x.a.yaml', 'ConfigMap.x.b.yaml', 'ConfigMap.x.c.yaml']],
    [
      YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE,
      ['default/ConfigMap.x.a.yaml', 'inner/ConfigMap.x.c.yaml', 'outer/ConfigMap.x.b.yaml'],
    ],
  ])('of output type %s', (yamlOutputType, names) => {
    expect(Object.keys(synth(build, { yamlOutputType }))).toEqual(names);
  });

  test('trap: FILE_PER_RESOURCE keeps one kind and name in two namespaces, and two groups, apart', () => {
    const files = synth(
      (app) => {
        const chart = new Chart(app, 'c');
        for (const namespace of ['x', 'y', undefined]) config(chart, 'same', namespace);
        defineObject(chart, 'i', head('Gateway', 'g', 'x', 'networking.istio.io/v1'), {});
        defineObject(chart, 'k', head('Gateway', 'g', 'x', 'gateway.networking.k8s.io/v1'), {});
        defineObject(chart, 'r', head('ClusterRole', 'system:View', undefined, 'rbac.authorization.k8s.io/v1'), {});
      },
      { yamlOutputType: YamlOutputType.FILE_PER_RESOURCE },
    );
    expect(Object.keys(files)).toEqual([
      'ClusterRole._.system_3a__56_iew.yaml',
      'ConfigMap._.same.yaml',
      'ConfigMap.x.same.yaml',
      'ConfigMap.y.same.yaml',
      'Gateway_gateway_networking_k8s_io.x.g.yaml',
      'Gateway_networking_istio_io.x.g.yaml',
    ]);
  });

  test('environments, folder and objects handed over have folders of their own', () => {
    const files = synth(
      (app) => {
        for (const name of ['one', 'two']) {
          const chart = new Chart(new Environment(app, name, { stage: Stage.DEVELOPMENT }), 'bank');
          config(chart, 'own', 'bank');
          handOver(config(chart, 'theirs', 'monitoring'), 'monitoring');
        }
      },
      { folder: 'teams/pay' },
    );
    expect(Object.keys(files)).toEqual([
      'teams/pay/one/bank.yaml',
      'teams/pay/one/monitoring/bank.yaml',
      'teams/pay/two/bank.yaml',
      'teams/pay/two/monitoring/bank.yaml',
    ]);
  });

  test('two apps with folders share an outdir and its construct metadata', () => {
    const outdir = freshOutdir();
    for (const folder of ['b', 'a']) {
      const app = new GitOpsApp({ outdir, folder, recordConstructMetadata: true });
      config(new Chart(app, 'c'), `of-${folder}`);
      app.synth();
    }
    expect(filesIn(outdir)).toMatchObject({
      'a/c.yaml': expect.any(String),
      'b/c.yaml': expect.any(String),
      'construct-metadata.json':
        '{"version":"1.0.0","resources":{"of-a":{"path":"c/config-of-a-undefined"},"of-b":{"path":"c/config-of-b-undefined"}}}',
    });
  });

  test('the CLI asks for construct metadata by a variable', () => {
    process.env.CDK8S_RECORD_CONSTRUCT_METADATA = 'true';
    try {
      expect(Object.keys(synth((app) => config(new Chart(app, 'c'), 'x')))).toContain('construct-metadata.json');
    } finally {
      delete process.env.CDK8S_RECORD_CONSTRUCT_METADATA;
    }
  });

  test('no temporary file is left, and a second run gives the same bytes', () => {
    const outdir = freshOutdir();
    const app = new GitOpsApp({ outdir });
    build(app);
    app.synth();
    const first = filesIn(outdir);
    Testing.synth(app.node.findChild('default') as Chart);
    app.synth();
    expect(filesIn(outdir)).toEqual(first);
    expect(app.synthYaml()).toBe(app.synthYaml());
  });

  test('a file that cannot be put in place leaves no half of it', () => {
    const outdir = freshOutdir();
    mkdirSync(join(outdir, 'c.yaml'), { recursive: true });
    const app = new GitOpsApp({ outdir });
    config(new Chart(app, 'c'), 'x');
    expect(() => app.synth()).toThrow(/c\.yaml/);
    expect(filesIn(outdir)).toEqual({});
  });

  test.each([['../up'], ['/abs'], ['a//b'], ['a/../b'], ['.git'], ['a b']])('folder %j is refused', (folder) => {
    expect(problemsOf(() => new GitOpsApp({ folder }))[0]).toMatchObject({ where: 'app.folder' });
  });

  test.each([['yaml'], ['.md'], ['.yaml/x'], ['.json']])('extension %j is refused', (outputFileExtension) => {
    expect(problemsOf(() => new GitOpsApp({ outputFileExtension }))[0]).toMatchObject({ where: 'app.outputFileExtension' });
  });
});

test('a plain App renders the same objects', () => {
  const build = (app: App): void => {
    const chart = new Chart(app, 'c', { namespace: 'bank', labels: { team: 'x' } });
    config(chart, 'a');
    new k8s.KubeService(chart, 's', {
      metadata: { name: 's' },
      spec: { ports: [{ port: 80, targetPort: k8s.IntOrString.fromNumber(8080) }] },
    });
    Overrides.of(config(chart, 'b')).merge({ data: { more: 'yes' } });
  };
  const [plain, ours] = [new App(), new GitOpsApp()];
  build(plain);
  build(ours);
  const objects = (yaml: string): string[] =>
    yaml
      .split('---\n')
      .map((doc) => doc)
      .sort();
  expect(objects(ours.synthYaml())).toEqual(objects(plain.synthYaml()));
});

test('trap: a JSON patch on a generated class that nobody wrapped is not filtered', () => {
  const files = synth((app) => {
    const policy = new k8s.KubeNetworkPolicy(new Chart(app, 'c'), 'p', {
      metadata: { name: 'p' },
      spec: { podSelector: {}, ingress: [{ ports: [{ port: k8s.IntOrString.fromNumber(8080) }] }] },
    });
    policy.addJsonPatch(JsonPatch.replace('/spec/ingress/0/ports/0/port', 8443));
  });
  expect(files['c.yaml']).toContain('- port: 8443');
});

describe('order in a file', () => {
  const KINDS = ['Deployment', 'Service', 'NetworkPolicy', 'Thing', 'Namespace', 'Canary', 'ConfigMap'];
  const names = (text: string): string[] => [...text.matchAll(/^kind: (\w+)/gm)].map((m) => m[1]!);

  test('is by kind, then namespace, then name, and does not depend on the tree', () => {
    const flat = synth((app) => {
      const chart = new Chart(app, 'c');
      KINDS.forEach((kind) => defineObject(chart, kind, head(kind, 'x'), {}));
      config(chart, 'a', 'y');
      config(chart, 'b', 'w');
    });
    const deep = synth((app) => {
      const chart = new Chart(app, 'c');
      config(new Construct(chart, 'zzz'), 'b', 'w');
      [...KINDS].reverse().forEach((kind) => defineObject(new Construct(chart, `in-${kind}`), kind, head(kind, 'x'), {}));
      config(chart, 'a', 'y');
    });
    expect(deep).toEqual(flat);
    expect(names(flat['c.yaml']!)).toEqual([
      'Namespace',
      'NetworkPolicy',
      'ConfigMap',
      'ConfigMap',
      'ConfigMap',
      'Service',
      'Deployment',
      'Thing',
      'Canary',
    ]);
  });

  test('declared dependencies move an object no further than needed', () => {
    const files = synth((app) => {
      const chart = new Chart(app, 'c');
      const [first, second] = [new Construct(chart, 'first'), new Construct(chart, 'second')];
      config(first, 'b');
      config(first, 'd');
      config(second, 'a');
      config(second, 'e');
      config(chart, 'c');
      second.node.addDependency(first);
    });
    expect([...files['c.yaml']!.matchAll(/of: (\w)/g)].map((m) => m[1])).toEqual(['b', 'c', 'd', 'a', 'e']);
  });

  test('a construct may depend on one within it', () => {
    const files = synth((app) => {
      const chart = new Chart(app, 'c');
      const outer = new Construct(chart, 'outer');
      config(outer, 'a');
      outer.node.addDependency(config(outer, 'b'));
    });
    expect([...files['c.yaml']!.matchAll(/of: (\w)/g)].map((m) => m[1])).toEqual(['b', 'a']);
  });

  test('a cycle is a problem that names the constructs', () => {
    const found = failures((app) => {
      const chart = new Chart(app, 'c');
      const [a, b] = [config(chart, 'a'), config(chart, 'b')];
      a.node.addDependency(b);
      b.node.addDependency(a);
    });
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(/depends on itself: .*config-a-.* => .*config-b-|depends on itself: .*config-b-.* => .*config-a-/);
  });

  test('trap: sixty layers, each after all before it, are sorted at once', () => {
    const files = synth((app) => {
      const chart = new Chart(app, 'c');
      const layers = Array.from({ length: 60 }, (_, i) => new Construct(chart, `layer-${i}`));
      layers.forEach((layer, i) => {
        for (let n = 0; n < 5; n += 1) config(layer, `l${String(99 - i)}-${n}`);
        layers.slice(0, i).forEach((before) => layer.node.addDependency(before));
      });
    });
    expect([...files['c.yaml']!.matchAll(/of: l(\d+)-0/g)].map((m) => Number(m[1]))).toEqual(
      Array.from({ length: 60 }, (_, i) => 99 - i),
    );
  });
});

describe('problems', () => {
  test('all come together, and nothing is on disk', () => {
    const found = failures((app) => {
      const chart = new Chart(app, 'c');
      Overrides.of(config(chart, 'a')).merge({ data: { of: 'a' } });
      config(new Chart(app, 'd'), 'b');
      config(new Chart(app, 'e'), 'b');
      chart.node.addValidation({ validate: () => ['it is wrong', 'twice'] });
      config(new Chart(app, 'bad id'), 'z');
      config(new Chart(app, 'D'), 'y');
      defineObject(chart, 'late', head('ConfigMap', 'late'), () => {
        throw new TypeError('no such thing');
      });
    });
    expect(found).toEqual([
      'c: it is wrong',
      'c: twice',
      expect.stringMatching(/^c\/config-a-undefined \(ConfigMap a\): override 1, merge: it changes nothing/),
      'c/late (ConfigMap late): cannot be rendered: no such thing',
      expect.stringMatching(/^e\/config-b-undefined: ConfigMap b is defined by d\/config-b-undefined too/),
      expect.stringMatching(/^bad id: "bad id\.yaml" is no safe file name/),
      expect.stringMatching(/^d: d\.yaml clashes with D\.yaml of file of D/),
    ]);
  });

  test('two charts of one id, wherever they stand, clash', () => {
    const found = failures((app) => {
      config(new Chart(new Construct(app, 'one'), 'api'), 'a');
      config(new Chart(new Construct(app, 'two'), 'api'), 'b');
    });
    expect(found).toEqual(['two/api: api.yaml clashes with api.yaml of file of one/api; give one of the charts another id']);
  });

  test('a folder has one purpose: chart, environment or namespace', () => {
    const found = failures(
      (app) => {
        const chart = new Chart(app, 'monitoring');
        config(chart, 'own', 'bank');
        handOver(config(chart, 'theirs', 'monitoring'), 'monitoring');
      },
      { yamlOutputType: YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE },
    );
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(/monitoring clashes with monitoring of (chart|namespace) monitoring/);
  });

  test('environments may hold the same objects, one environment may not', () => {
    const same = (app: GitOpsApp, ...environments: string[]): void =>
      environments.forEach((name, i) => {
        const found = app.node.tryFindChild(name) as Environment | undefined;
        config(new Chart(found ?? new Environment(app, name, { stage: Stage.DEVELOPMENT }), `c${i}`), 'x', 'y');
      });
    expect(Object.keys(synth((app) => same(app, 'one', 'two')))).toHaveLength(2);
    expect(failures((app) => same(app, 'one', 'one'))).toHaveLength(1);
  });

  test('trap: a validation that calls chart.toJson() is told so', () => {
    const found = failures((app) => {
      const chart = new Chart(app, 'c');
      chart.node.addValidation({ validate: () => (chart.toJson(), []) });
    });
    expect(found).toEqual([expect.stringContaining('c: a validation calls itself without end')]);
  });

  test('a chart with a toJson of its own is told that it would be ignored', () => {
    class Own extends Chart {
      override toJson(): never[] {
        return [];
      }
    }
    expect(failures((app) => new Own(app, 'own'))).toEqual([expect.stringContaining('own: the chart overrides toJson()')]);
  });

  test('construct metadata that is none is left alone', () => {
    const outdir = freshOutdir();
    mkdirSync(outdir);
    writeFileSync(join(outdir, 'construct-metadata.json'), '[]');
    const app = new GitOpsApp({ outdir, recordConstructMetadata: true });
    config(new Chart(app, 'c'), 'x');
    expect(problemsOf(() => app.synth())).toHaveLength(1);
    expect(filesIn(outdir)).toEqual({ 'construct-metadata.json': '[]' });
  });
});

describe('linear', () => {
  function calls(charts: number): Record<string, number> {
    const app = new GitOpsApp({ outdir: freshOutdir() });
    let findAll = 0;
    let validations = 0;
    let renderings = 0;
    const real = app.node.findAll.bind(app.node);
    app.node.findAll = (order) => (findAll++, real(order));
    for (let i = 0; i < charts; i += 1) {
      const chart = new Chart(app, `c${i}`);
      const object = config(chart, `x${i}`);
      const toJson = object.metadata.toJson.bind(object.metadata);
      object.metadata.toJson = () => (renderings++, toJson());
      chart.node.addValidation({ validate: () => (validations++, []) });
    }
    const spies = {
      chartToJson: jest.spyOn(Chart.prototype, 'toJson'),
      charts: jest.spyOn(App.prototype, 'charts', 'get'),
      graph: jest.spyOn(DependencyGraph.prototype, 'topology'),
    };
    app.synth();
    const counts = Object.fromEntries(Object.entries(spies).map(([name, spy]) => [name, spy.mock.calls.length]));
    jest.restoreAllMocks();
    return { findAll, validations, renderings, ...counts };
  }

  test.each([5, 50])('with %i charts, each is validated and rendered once, and the tree is read once', (charts) => {
    expect(calls(charts)).toEqual({ findAll: 1, validations: charts, renderings: charts, chartToJson: 0, charts: 0, graph: 0 });
  });
});

describe('notes', () => {
  test('go to the README.md of their environment, sorted, once, escaped; warnings to stderr once', () => {
    const written: string[] = [];
    jest.spyOn(process.stderr, 'write').mockImplementation((text) => written.push(String(text)) > 0);
    const outdir = freshOutdir();
    const app = new GitOpsApp({ outdir });
    const one = new Environment(app, 'one', { stage: Stage.DEVELOPMENT });
    const chart = new Chart(one, 'c');
    note(chart, { kind: 'warning', text: 'b\nis `bad`' });
    note(one, { kind: 'warning', text: 'a' });
    note(chart, { kind: 'warning', text: 'a' });
    note(chart, { kind: 'prerequisite', text: '1. <script> [x](y) *' });
    note(app, { kind: 'acceptance', text: '- of all' });
    app.synth();
    app.synth();
    expect(written).toEqual(['warning: a\n', 'warning: b is `bad`\n']);
    expect(filesIn(outdir)).toEqual({
      'README.md': expect.stringContaining('## Accepted risks\n\n- \\- of all\n'),
      'one/README.md':
        '# one\n\nThis folder is generated. Change the code that it comes from, for the next run overwrites what is here.\n\n' +
        '## Prerequisites\n\n- 1\\. \\<script\\> \\[x\\](y) \\*\n\n## Warnings\n\n- a\n- b is \\`bad\\`\n',
    });
  });

  test('an empty or unknown one is refused', () => {
    expect(problemsOf(() => note(new App(), { kind: 'warning', text: ' ' }))).toHaveLength(1);
    expect(problemsOf(() => note(new App(), { kind: 'hint' as never, text: 'x' }))).toHaveLength(1);
  });
});

describe('Environment', () => {
  test('is found from below, and is undefined elsewhere', () => {
    const app = new App();
    const environment = new Environment(app, 'one', { stage: Stage.STAGING });
    expect(Environment.of(config(new Chart(environment, 'c'), 'x'))).toBe(environment);
    expect(Environment.of(app)).toBeUndefined();
  });

  test.each([
    ['in a chart', () => new Environment(new Chart(new App(), 'c'), 'e', { stage: Stage.STAGING })],
    [
      'in another',
      () => new Environment(new Environment(new App(), 'o', { stage: Stage.STAGING }), 'e', { stage: Stage.STAGING }),
    ],
    ['no folder name', () => new Environment(new App(), '../e', { stage: Stage.STAGING })],
    ['no stage', () => new Environment(new App(), 'e', { stage: 'prod' as Stage })],
  ])('%s is refused', (_name, make) => {
    expect(problemsOf(make)).toHaveLength(1);
  });

  test('production that is weaker than staging is a problem; an accepted weakness is in the README.md', () => {
    const build =
      (reason?: string) =>
      (app: GitOpsApp): void => {
        for (const stage of [Stage.STAGING, Stage.PRODUCTION]) {
          const chart = new Chart(new Environment(app, stage, { stage }), 'c');
          const annotations = { 'banking.acceptance/weaker-than-staging': reason };
          const mode = stage === Stage.STAGING ? 'STRICT' : 'PERMISSIVE';
          defineObject(
            chart,
            'mtls',
            {
              apiVersion: 'security.istio.io/v1',
              kind: 'PeerAuthentication',
              metadata: { name: 'default', namespace: 'bank', annotations },
            },
            { spec: { mtls: { mode } } },
          );
        }
      };
    expect(failures(build())).toEqual([
      'production: PeerAuthentication bank/default: mtls.mode is PERMISSIVE, weaker than STRICT in staging; ' +
        'use STRICT or stricter (compared with staging)',
    ]);
    expect(synth(build('until June'))['production/README.md']).toContain('may be weaker than in staging: until June');
  });
});

test('trap: another locale and time zone give the same bytes', () => {
  const script = `
    const { Chart } = require('cdk8s');
    const { GitOpsApp, defineObject } = require('./lib/kube');
    const app = new GitOpsApp({ yamlOutputType: 2 });
    const chart = new Chart(app, 'INTERNAL');
    for (const name of ['i', 'z', 'ch', 'd', 'aa']) {
      defineObject(chart, name, { apiVersion: 'v1', kind: 'IngressInternal', metadata: { name, namespace: 'I'.toLowerCase() } }, { I: 'I', i: 'i' });
    }
    process.stdout.write(app.synthYaml());`;
  const run = (env: Record<string, string>): string =>
    execFileSync(process.execPath, ['--import', 'tsx', '-e', script], {
      cwd: join(__dirname, '../..'),
      env: { ...process.env, ...env },
      encoding: 'utf8',
    });
  const english = run({ LC_ALL: 'C', TZ: 'UTC' });
  expect(english).toContain('kind: IngressInternal');
  expect([...english.matchAll(/^ {2}name: (\w+)/gm)].map((m) => m[1])).toEqual(['aa', 'ch', 'd', 'i', 'z']);
  // Danish sorts "aa" behind "z"; Turkish has another lower-case "I".
  for (const locale of ['tr_TR.UTF-8', 'da_DK.UTF-8']) {
    expect(run({ LC_ALL: locale, LANG: locale, TZ: 'Pacific/Kiritimati' })).toBe(english);
  }
}, 60_000);
