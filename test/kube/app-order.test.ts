import { Chart, YamlOutputType } from 'cdk8s';
import { Construct } from 'constructs';
import { defineObject, Environment, GitOpsApp, Stage } from '../../lib/kube';
import { config, configsIn, failures, synth } from './app';
import { head, removeOutdirs } from './fixtures';

afterAll(removeOutdirs);

/* In which order objects stand in a file, and what is said of orders that there are not. */

const ordered = (build: (chart: Chart) => void): string[] => configsIn(synth((app) => build(new Chart(app, 'c')))['c.yaml']);
const cycles = (build: (chart: Chart) => void): string[] => failures((app) => build(new Chart(app, 'c')));

describe('a dependency', () => {
  test('of many on one keeps their own order, however it was declared', () => {
    const names = Array.from({ length: 23 }, (_, i) => `n${String(i).padStart(2, '0')}`);
    for (const step of [1, 5, 7, 22]) {
      const found = ordered((chart) => {
        const first = config(chart, 'zz');
        names.forEach((_, i) => config(chart, names[(i * step) % 23]!).node.addDependency(first));
      });
      expect(found).toEqual(['zz', ...names]);
    }
  });

  test('on what comes late is waited for while others go ahead', () => {
    const found = ordered((chart) => {
      const all = Object.fromEntries(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map((name) => [name, config(chart, name)]));
      const after = (late: string, early: string): void => all[late]!.node.addDependency(all[early]!);
      after('a', 'g');
      after('c', 'e');
      after('b', 'a');
      after('d', 'c');
      after('f', 'h');
    });
    expect(found).toEqual(['e', 'c', 'd', 'g', 'a', 'b', 'h', 'f']);
  });

  test('of a construct on one around it comes after all the rest of that one', () => {
    const found = ordered((chart) => {
      const outer = new Construct(chart, 'outer');
      const inner = new Construct(outer, 'inner');
      config(inner, 'a');
      config(inner, 'c');
      config(outer, 'd');
      config(outer, 'b');
      config(chart, 'z');
      inner.node.addDependency(outer);
    });
    expect(found).toEqual(['b', 'd', 'a', 'c', 'z']);
  });

  test('of a construct on one in it comes before all the rest', () => {
    const found = ordered((chart) => {
      const outer = new Construct(chart, 'outer');
      const inner = new Construct(outer, 'inner');
      config(inner, 'x');
      config(inner, 'c');
      config(outer, 'b');
      config(outer, 'y');
      config(chart, 'a');
      outer.node.addDependency(inner);
    });
    expect(found).toEqual(['a', 'c', 'x', 'b', 'y']);
  });

  test('of or on what has no object orders nothing', () => {
    const found = ordered((chart) => {
      const empty = new Construct(chart, 'empty');
      const late = new Construct(chart, 'late');
      config(chart, 'b').node.addDependency(empty);
      late.node.addDependency(config(chart, 'a'));
      late.node.addDependency(empty);
    });
    expect(found).toEqual(['a', 'b']);
  });

  test('of or on what stands in no chart orders nothing', () => {
    const files = synth((app) => {
      const outside = new Construct(app, 'outside');
      const chart = new Chart(app, 'c');
      config(chart, 'b').node.addDependency(outside);
      outside.node.addDependency(config(chart, 'a'));
      outside.node.addDependency(new Construct(app, 'further'));
    });
    expect(configsIn(files['c.yaml'])).toEqual(['a', 'b']);
  });

  test('in a chart without objects orders nothing', () => {
    const files = synth((app) => {
      const chart = new Chart(app, 'empty');
      new Construct(chart, 'late').node.addDependency(new Construct(chart, 'early'));
      config(new Chart(app, 'c'), 'a');
    });
    expect(Object.keys(files)).toEqual(['c.yaml']);
  });

  test('moves only objects of its own chart, also where all stand in one file', () => {
    const files = synth(
      (app) => {
        const chart = new Chart(app, 'c');
        const outer = new Construct(chart, 'outer');
        config(outer, 'a');
        config(new Chart(outer, 'nested'), 'b');
        config(chart, 'c');
        outer.node.addDependency(config(outer, 'd'));
      },
      { yamlOutputType: YamlOutputType.FILE_PER_APP },
    );
    expect(configsIn(files['app.yaml'])).toEqual(['b', 'c', 'd', 'a']);
  });
});

describe('a cycle', () => {
  const remove = 'remove one of these dependencies';

  test('of two is named once round', () => {
    const found = cycles((chart) => {
      const [a, b] = [config(chart, 'a'), config(chart, 'b')];
      a.node.addDependency(b);
      b.node.addDependency(a);
    });
    const [a, b] = ['c/config-a-undefined', 'c/config-b-undefined'];
    expect(found).toEqual([`${a}: depends on itself: ${a} => ${b} => ${a}; ${remove}`]);
  });

  test('of three is named in its direction, without what only waits for it', () => {
    const found = cycles((chart) => {
      const all = new Map(['a', 'b', 'c', 'd'].map((name) => [name, config(chart, name)]));
      for (const [late, early] of ['ab', 'bc', 'cd', 'db']) all.get(late!)!.node.addDependency(all.get(early!)!);
    });
    const [b, c, d] = ['b', 'c', 'd'].map((name) => `c/config-${name}-undefined`);
    expect(found).toEqual([`${b}: depends on itself: ${b} => ${c} => ${d} => ${b}; ${remove}`]);
  });

  test('of one is named, too', () => {
    const found = cycles((chart) => {
      const a = config(chart, 'a');
      a.node.addDependency(a);
    });
    expect(found).toEqual([`c/config-a-undefined: depends on itself: c/config-a-undefined => c/config-a-undefined; ${remove}`]);
  });

  const twice =
    (make: (app: GitOpsApp, name: string) => Construct) =>
    (app: GitOpsApp): void => {
      for (const name of ['one', 'two']) {
        const a = config(new Chart(make(app, name), `in-${name}`), `of-${name}`);
        a.node.addDependency(a);
      }
    };
  const environment = (app: GitOpsApp, name: string) => new Environment(app, name, { stage: Stage.DEVELOPMENT });

  test('of each chart, or of each environment where they share a file, is told', () => {
    const places = (found: string[]): string[] => found.map((problem) => problem.replace(/: .*/, ''));
    const [one, two] = ['one', 'two'].map((name) => `in-${name}/config-of-${name}-undefined`);
    expect(places(failures(twice((app) => app)))).toEqual([one, two]);
    const { FILE_PER_APP: yamlOutputType } = YamlOutputType;
    expect(places(failures(twice(environment), { yamlOutputType }))).toEqual([`one/${one}`, `two/${two}`]);
  });
});

describe('objects of several charts', () => {
  const build = (app: GitOpsApp): void => {
    for (const name of ['two', 'one']) {
      const environment = new Environment(app, name, { stage: Stage.DEVELOPMENT });
      const late = new Chart(environment, 'a-workloads');
      defineObject(late, 'd', head('Deployment', `deployment-${name}`, 'bank', 'apps/v1'), {});
      const early = new Chart(environment, 'b-namespaces');
      defineObject(early, 'n', head('Namespace', `namespace-${name}`), {});
    }
    config(new Chart(app, 'z'), 'config');
  };
  const names = (text: string | undefined): string[] => [...text!.matchAll(/^ {2}name: (.*)$/gm)].map(([, name]) => name!);

  test('stand by kind in one file of the app', () => {
    const files = synth(build, { yamlOutputType: YamlOutputType.FILE_PER_APP });
    expect(Object.fromEntries(Object.entries(files).map(([path, text]) => [path, names(text)]))).toEqual({
      'app.yaml': ['config'],
      'one/app.yaml': ['namespace-one', 'deployment-one'],
      'two/app.yaml': ['namespace-two', 'deployment-two'],
    });
  });

  describe('that depend on one another', () => {
    const dependent = (app: GitOpsApp): void => {
      const [late, early] = [new Chart(app, 'late'), new Chart(app, 'early')];
      config(late, 'a');
      config(late, 'b').node.addDependency(config(early, 'y'));
      config(new Construct(early, 'part'), 'z');
      late.addDependency(early.node.findChild('part'));
    };

    test('stand in that order where they share a text', () => {
      const { FILE_PER_APP: yamlOutputType } = YamlOutputType;
      expect(configsIn(synth(dependent, { yamlOutputType })['app.yaml'])).toEqual(['y', 'z', 'a', 'b']);
      const app = new GitOpsApp();
      dependent(app);
      expect(configsIn(app.synthYaml())).toEqual(['y', 'z', 'a', 'b']);
    });

    test('keep their files where they do not, also when each depends on the other', () => {
      const both = (app: GitOpsApp): void => {
        dependent(app);
        app.node.findChild('early').node.addDependency(app.node.findChild('late'));
      };
      const files = synth(both);
      expect([configsIn(files['early.yaml']), configsIn(files['late.yaml'])]).toEqual([
        ['y', 'z'],
        ['a', 'b'],
      ]);
    });

    test('and contain one another are ordered as well', () => {
      const nested = (dependsOn: 'inner' | 'outer') => (app: GitOpsApp) => {
        const outer = new Chart(app, 'outer');
        const inner = new Chart(outer, 'inner');
        config(inner, 'b');
        config(outer, 'a');
        config(outer, 'c');
        const [first, last] = dependsOn === 'inner' ? [outer, inner] : [inner, outer];
        first.addDependency(last);
      };
      const order = (dependsOn: 'inner' | 'outer') =>
        configsIn(synth(nested(dependsOn), { yamlOutputType: YamlOutputType.FILE_PER_APP })['app.yaml']);
      expect([order('inner'), order('outer')]).toEqual([
        ['b', 'a', 'c'],
        ['a', 'c', 'b'],
      ]);
    });
  });

  test('stand environment by environment in one text, behind what is in none', () => {
    const app = new GitOpsApp();
    build(app);
    expect(names(app.synthYaml())).toEqual(['config', 'namespace-one', 'deployment-one', 'namespace-two', 'deployment-two']);
  });
});
