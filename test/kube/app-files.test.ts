import { writeFileSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ApiObject, Chart, YamlOutputType } from 'cdk8s';
import { Construct } from 'constructs';
import { ConfigError } from '../../lib';
import { Environment, GitOpsApp, type GitOpsAppProps, handOver, section, type Section, Stage } from '../../lib/kube';
import { config, configsIn, failures, synth } from './app';
import { freshOutdir, problemsOf, removeOutdirs } from './fixtures';

afterAll(removeOutdirs);

/* Which files an app writes, what is said of names that no file may have, and of two that want the same one. */

const environment = (app: Construct, name: string): Environment => new Environment(app, name, { stage: Stage.DEVELOPMENT });

describe('extensions', () => {
  const EXTENSION = 'is no extension of a manifest; use ".yaml", or one that ends like it';

  test.each(['.yaml', '.yml', '.k8s.yaml', '.v1.Bank2.yml'])('%j is one', (outputFileExtension) => {
    expect(Object.keys(synth((app) => config(new Chart(app, 'c'), 'x'), { outputFileExtension }))).toEqual([
      `c${outputFileExtension}`,
    ]);
  });

  test.each(['x.yaml', '.k-8.yaml', '..yaml', '.yamlx', '.yaml ', '.json'])('%j is none', (outputFileExtension) => {
    expect(problemsOf(() => new GitOpsApp({ outputFileExtension }))).toEqual([
      { where: 'app.outputFileExtension', what: `"${outputFileExtension}" ${EXTENSION}` },
    ]);
  });

  test('a type of output that there is not is refused', () => {
    expect(problemsOf(() => new GitOpsApp({ yamlOutputType: 7 as never }))).toEqual([
      { where: 'app.yamlOutputType', what: '7 is unknown; use a member of YamlOutputType' },
    ]);
  });
});

describe('a file name', () => {
  test('may have 255 characters', () => {
    const longest = 'c'.repeat(250);
    expect(Object.keys(synth((app) => config(new Chart(app, longest), 'x')))).toEqual([`${longest}.yaml`]);
    const [problem, ...others] = failures((app) => config(new Chart(app, `${longest}c`), 'x'));
    expect(problem).toMatch(/^c{251}: "c+… is longer than the 255 characters that a file name may have$/);
    expect(others).toEqual([]);
  });

  test('that is none is told once, in the order of files', () => {
    const unsafe = (name: string): string =>
      `${JSON.stringify(name)} is no safe file name; use letters, digits, "-", "_" and ".", starting and ending with a letter or digit`;
    const found = failures(
      (app) => {
        for (const name of ['z z', 'a..a']) {
          const chart = new Chart(new Construct(app, `in-${name.length}`), name);
          config(chart, `${name.length}-1`);
          config(chart, `${name.length}-2`);
        }
      },
      { yamlOutputType: YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE },
    );
    expect(found).toEqual([`in-4/a..a: ${unsafe('a..a')}`, `in-3/z z: ${unsafe('z z')}`]);
  });
});

describe('a clash', () => {
  const rename = 'give the chart, the environment or the namespace another name';
  const folders: GitOpsAppProps = { yamlOutputType: YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE };
  const theirs = (scope: Construct, name: string): void => handOver(config(scope, name, 'monitoring'), 'monitoring');

  test('of two files of an environment is told with their folder, each one once', () => {
    const found = failures((app) => {
      const prod = environment(app, 'prod');
      for (const team of ['one', 'two']) {
        const scope = new Construct(prod, team);
        for (const id of ['api', 'web']) {
          const chart = new Chart(scope, id);
          config(chart, `${team}-${id}-1`);
          config(chart, `${team}-${id}-2`);
        }
      }
    });
    const other = 'give one of the charts another id';
    expect(found).toEqual([
      `prod/two/api: prod/api.yaml clashes with prod/api.yaml of file of prod/one/api; ${other}`,
      `prod/two/web: prod/web.yaml clashes with prod/web.yaml of file of prod/one/web; ${other}`,
    ]);
  });

  test('is none between a folder and a file that is called like both together', () => {
    const files = synth((app) => {
      config(new Chart(environment(app, 'one'), 'b'), 'x');
      config(new Chart(app, 'oneb'), 'y');
    });
    expect(Object.keys(files)).toEqual(['one/b.yaml', 'oneb.yaml']);
  });

  test('of a chart with an environment is told', () => {
    const found = failures((app) => {
      config(new Chart(environment(app, 'prod'), 'bank'), 'x');
      const chart = new Chart(app, 'Prod');
      config(chart, 'y');
      config(chart, 'z');
    }, folders);
    expect(found).toEqual([`Prod: Prod clashes with prod of environment prod; ${rename}`]);
  });

  test.each([
    ['prod/', 'namespace monitoring in prod'],
    ['', 'namespace monitoring'],
  ])('of a chart in %j with a namespace of others is told', (folder, purpose) => {
    const found = failures((app) => {
      const scope = folder === '' ? app : environment(app, 'prod');
      theirs(new Chart(scope, 'A'), 'dashboards');
      const chart = new Chart(scope, 'monitoring');
      config(chart, 'own', 'bank');
      config(chart, 'more', 'bank');
    }, folders);
    const path = `${folder}monitoring`;
    expect(found).toEqual([`${path}: ${path} clashes with ${path} of ${purpose}; ${rename}`]);
  });

  test('of two charts in their own folder is told once, whatever they hold', () => {
    const found = failures((app) => {
      for (const team of ['one', 'two']) {
        const chart = new Chart(new Construct(app, team), 'bank');
        for (const name of ['a', 'b']) config(chart, `${team}-${name}`);
      }
    }, folders);
    expect(found).toEqual([`two/bank: bank clashes with bank of chart one/bank; ${rename}`]);
  });

  test('of two charts in the folder of others is told', () => {
    const found = failures((app) => {
      for (const team of ['one', 'two']) theirs(new Chart(new Construct(app, team), 'bank'), `dashboards-${team}`);
    }, folders);
    expect(found).toEqual([`two/bank: monitoring/bank clashes with monitoring/bank of chart one/bank for monitoring; ${rename}`]);
  });

  test('is none of two charts that hand over to one namespace, nor of two environments that do', () => {
    const files = synth((app) => {
      for (const name of ['one', 'two']) {
        const prod = environment(app, name);
        for (const id of ['bank', 'loans']) theirs(new Chart(prod, id), `dashboards-of-${id}`);
      }
    }, folders);
    expect(Object.keys(files)).toHaveLength(4);
  });
});

describe('an app that shows a part of what it says', () => {
  class Part extends GitOpsApp {
    protected override selects(object: ApiObject): boolean {
      return object.name.startsWith('shown');
    }

    protected override selectsSection({ title }: Section): boolean {
      return title.startsWith('shown');
    }
  }
  const build = (app: GitOpsApp): void => {
    const chart = new Chart(app, 'c');
    for (const name of ['shown', 'hidden']) {
      config(chart, name);
      section(chart, { heading: 'Releases', title: name, body: () => `of ${name}` });
    }
    const other = new Chart(app, 'other');
    config(other, 'hidden-too');
    section(environment(app, 'prod'), { heading: 'Releases', title: 'hidden', body: () => 'of prod' });
  };

  test('writes no file for the rest, and no line of it', () => {
    const files = synth(build, { recordConstructMetadata: true }, (props) => new Part(props));
    expect(Object.keys(files)).toEqual(['README.md', 'c.yaml', 'construct-metadata.json']);
    expect(configsIn(files['c.yaml'])).toEqual(['shown']);
    expect(files['README.md']).toMatch(/\n\n## Releases\n\n### shown\n\nof shown\n$/);
    expect(JSON.parse(files['construct-metadata.json']!)).toEqual({
      version: '1.0.0',
      resources: { shown: { path: 'c/config-shown-undefined' } },
    });
  });

  test('gives as one text what it shows', () => {
    const app = new Part();
    build(app);
    expect(configsIn(app.synthYaml())).toEqual(['shown']);
  });
});

describe('one text', () => {
  test('is not given of an app that is wrong', () => {
    const app = new GitOpsApp();
    config(new Chart(app, 'one'), 'same');
    config(new Chart(app, 'two'), 'same');
    expect(problemsOf(() => app.synthYaml())).toEqual([
      {
        where: 'two/config-same-undefined',
        what: 'ConfigMap same is defined by one/config-same-undefined too; remove or rename one',
      },
    ]);
  });

  test('is not given in an order that there is not', () => {
    const app = new GitOpsApp();
    const a = config(new Chart(app, 'c'), 'a');
    a.node.addDependency(a);
    expect(problemsOf(() => app.synthYaml())).toHaveLength(1);
  });
});

describe('construct metadata', () => {
  const write = (text: string): (() => string) => {
    const outdir = freshOutdir();
    mkdirSync(outdir);
    const file = join(outdir, 'construct-metadata.json');
    writeFileSync(file, text);
    return () => {
      const app = new GitOpsApp({ outdir, recordConstructMetadata: true });
      const chart = new Chart(app, 'c');
      for (const namespace of ['z', 'a', 'm']) config(chart, 'bänk', namespace);
      app.synth();
      return readFileSync(file, 'utf8');
    };
  };

  test('keeps what others wrote, and of objects of one name the first by path', () => {
    expect(write('{"version":"1.0.0","resources":{"zürich":{"path":"their/zürich"},"bänk":{"path":"old"}}}')()).toBe(
      '{"version":"1.0.0","resources":{"bänk":{"path":"c/config-bänk-a"},"zürich":{"path":"their/zürich"}}}',
    );
  });

  test.each(['', '[]', '{}', '{"resources":[]}', '"resources"', 'null'])('is not %j', (text) => {
    const run = write(text);
    expect(run).toThrow(ConfigError);
    expect(run).toThrow(/\/construct-metadata\.json: holds no construct metadata of cdk8s; delete the file$/);
  });
});
