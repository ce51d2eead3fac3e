import { App, Chart } from 'cdk8s';
import { ConfigError } from '../../lib';
import {
  defineObject,
  Environment,
  escapeMarkdown,
  GitOpsApp,
  markdownTable,
  note,
  type NoteKind,
  section,
  Stage,
  WEAKER_ANNOTATION,
} from '../../lib/kube';
import { config, failures, synth } from './app';
import { freshOutdir, problemsOf, removeOutdirs } from './fixtures';

afterAll(removeOutdirs);
afterEach(() => jest.restoreAllMocks());

/* What whoever applies the manifests is told: README.md, the terminal, and what production may not be. */

const GENERATED = 'This folder is generated. Change the code that it comes from, for the next run overwrites what is here.';
const silent = (): string[] => {
  const written: string[] = [];
  jest.spyOn(process.stderr, 'write').mockImplementation((text) => written.push(String(text)) > 0);
  return written;
};
const environment = (app: App, name: string, stage = Stage.DEVELOPMENT): Environment => new Environment(app, name, { stage });

describe('README.md', () => {
  test('has notes by kind, sections by heading and title, each of its own environment', () => {
    silent();
    const files = synth((app) => {
      const [prod, stage] = [environment(app, 'prod'), environment(app, 'stage')];
      const add = (heading: string, title: string): void =>
        section(new Chart(prod, `${heading}-${title}`), { heading, title, body: () => `about ${title}\n\n` });
      add('Releases', 'teller');
      add('Alerts', 'loans');
      add('Releases', 'loans');
      add('Alerts', 'atm');
      note(prod, { kind: 'acceptance', text: ' the risk  of\n both ' });
      note(prod, { kind: 'prerequisite', text: 'zones' });
      note(prod, { kind: 'prerequisite', text: 'a mesh' });
      note(prod, { kind: 'warning', text: 'slow' });
      note(prod, { kind: 'prerequisite', text: 'zones' });
      note(stage, { kind: 'prerequisite', text: 'nothing else' });
    });
    expect(files).toEqual({
      'prod/README.md': [
        '# prod',
        GENERATED,
        '## Prerequisites',
        '- a mesh\n- zones',
        '## Warnings',
        '- slow',
        '## Accepted risks',
        '- the risk of both',
        '## Alerts',
        '### atm',
        'about atm',
        '### loans',
        'about loans',
        '## Releases',
        '### loans',
        'about loans',
        '### teller',
        'about teller\n',
      ].join('\n\n'),
      'stage/README.md': `# stage\n\n${GENERATED}\n\n## Prerequisites\n\n- nothing else\n`,
    });
  });

  test.each([
    ['', 'Manifests'],
    ['teams/bank_1', 'teams/bank\\_1'],
  ])('outside of environments is called by the folder %j', (folder, title) => {
    const files = synth((app) => note(app, { kind: 'prerequisite', text: 'a mesh' }), { folder });
    expect(Object.values(files)).toEqual([`# ${title}\n\n${GENERATED}\n\n## Prerequisites\n\n- a mesh\n`]);
  });

  test.each([
    ['- a - b', '\\- a - b'],
    ['+1 and +2', '\\+1 and +2'],
    ['a = b', 'a = b'],
    ['= b', '\\= b'],
    ['10. then 11. after', '10\\. then 11. after'],
    ['1) then 2)', '1\\) then 2)'],
    ['version 1.30', 'version 1.30'],
    ['a\n\n# b\t c', 'a \\# b c'],
    ['<b>*_[`x`](y)_*</b> {~|~} $a & !b \\', '\\<b\\>\\*\\_\\[\\`x\\`\\](y)\\_\\*\\</b\\> \\{\\~\\|\\~\\} \\$a \\& \\!b \\\\'],
  ])('shows %j as it is', (text, escaped) => {
    expect(escapeMarkdown(text)).toBe(escaped);
  });
});

test('a table has a line for its head, one below it, and one for each row', () => {
  const rows = [
    ['loans', escapeMarkdown('a|b')],
    ['teller', ''],
  ];
  expect(markdownTable(['service', 'hosts'], rows)).toBe('| service | hosts |\n| --- | --- |\n| loans | a\\|b |\n| teller |  |');
});

describe('the terminal', () => {
  const build = (app: GitOpsApp): void => {
    for (const name of ['b', 'a']) note(environment(app, name), { kind: 'prerequisite', text: `for ${name}` });
  };
  const printed = (run: () => void): string => {
    const print = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
    run();
    return print.mock.calls.map(([text]) => String(text)).join('');
  };
  const readme = (name: string): string => `# ${name}\n\n${GENERATED}\n\n## Prerequisites\n\n- for ${name}\n`;

  test('shows every README.md on request', () => {
    expect(printed(() => synth(build, { printReadme: true }))).toBe(`${readme('b')}\n${readme('a')}`);
  });

  test('shows none else', () => {
    expect(printed(() => synth(build))).toBe('');
  });

  test('has each warning on one line, once', () => {
    const written = silent();
    const app = new GitOpsApp({ outdir: freshOutdir() });
    for (const name of ['b', 'a']) note(environment(app, name), { kind: 'warning', text: 'both \n  are\tslow' });
    note(app, { kind: 'acceptance', text: 'accepted' });
    app.synthYaml();
    app.synth();
    expect(written).toEqual(['warning: both are slow\n']);
  });
});

describe('a note or section that says nothing', () => {
  const cases: [string, () => unknown, string][] = [
    [
      'of no kind',
      () => note(new App(), { kind: 'hint' as NoteKind, text: 'x' }),
      'app: a note of kind "hint" is unknown; use one of prerequisite, warning, acceptance',
    ],
    [
      'without text',
      () => note(new Chart(new App(), 'c'), { kind: 'warning', text: ' ' }),
      'c: the warning says nothing; write one sentence',
    ],
    [
      'with a number',
      () => note(new App(), { kind: 'acceptance', text: 7 as never }),
      'app: the acceptance says nothing; write one sentence',
    ],
    [
      'without heading',
      () => section(new App(), { heading: '', title: 'x', body: () => '' }),
      'app: the heading of a section is ""; write what it is about',
    ],
    [
      'without title',
      () => section(new Chart(new App(), 'c'), { heading: 'x', title: undefined as never, body: () => '' }),
      'c: the title of a section is nothing; write what it is about',
    ],
    [
      'with a number for a title',
      () => section(new App(), { heading: 'x', title: 7 as never, body: () => '' }),
      'app: the title of a section is 7; write what it is about',
    ],
  ];
  test.each(cases)('%s is refused', (_what, run, message) => {
    expect(problemsOf(run).map(({ where, what }) => `${where}: ${what}`)).toEqual([message]);
  });
});

describe('validations', () => {
  const validated = (validate: () => string[]) => failures((app) => new Chart(app, 'c').node.addValidation({ validate }));

  test('that throw a ConfigError are told in its words', () => {
    const problems = [
      { where: 'loans', what: 'is slow' },
      { where: 'teller', what: 'is slower' },
    ];
    const run = (): never => {
      throw new ConfigError(problems);
    };
    expect(validated(run)).toEqual(['loans: is slow', 'teller: is slower']);
  });

  const ranges = (): never => {
    throw new RangeError('no such index');
  };
  const word = (): never => {
    // eslint-disable-next-line @typescript-eslint/only-throw-error
    throw 'a word';
  };

  test('that fail by themselves are told with the place of the bug', () => {
    const [problem, ...others] = validated(ranges);
    expect(problem).toMatch(/^c: a validation failed by itself: RangeError: no such index\n +at /);
    expect(others).toEqual([]);
    expect(validated(word)).toEqual(['c: a validation failed by itself: a word']);
  });

  test('that call themselves are told what to call', () => {
    const deeper = (): string[] => deeper();
    expect(validated(deeper)).toEqual([
      'c: a validation calls itself without end, as one does that calls chart.toJson(); call toJson() of each ApiObject',
    ]);
  });
});

describe('production', () => {
  const budget = (scope: Environment, name: string, minAvailable: number, reason?: string): void => {
    const annotations = { [WEAKER_ANNOTATION]: reason };
    const metadata = { name, namespace: 'bank', annotations };
    defineObject(
      new Chart(scope, name),
      'budget',
      { apiVersion: 'policy/v1', kind: 'PodDisruptionBudget', metadata },
      { spec: { minAvailable } },
    );
  };
  const problem = (production: string, staging: string, name: string): string =>
    `${production}: PodDisruptionBudget bank/${name}: minAvailable is 1, weaker than 2 in staging; use 2 or stricter (compared with ${staging})`;

  test('is compared, all of it, each with each staging, and with nothing else', () => {
    const found = failures((app) => {
      const build = (name: string, stage: Stage, minAvailable: number): void => {
        const scope = environment(app, name, stage);
        for (const one of ['loans', 'teller']) budget(scope, one, minAvailable);
      };
      build('dev', Stage.DEVELOPMENT, 3);
      build('stage-a', Stage.STAGING, 2);
      build('stage-b', Stage.STAGING, 1);
      build('prod-a', Stage.PRODUCTION, 1);
      build('prod-b', Stage.PRODUCTION, 2);
    });
    expect(found).toEqual([problem('prod-a', 'stage-a', 'loans'), problem('prod-a', 'stage-a', 'teller')]);
  });

  test('of which nothing is written yet lacks nothing', () => {
    const files = synth((app) => {
      budget(environment(app, 'stage', Stage.STAGING), 'loans', 2);
      environment(app, 'prod', Stage.PRODUCTION);
    });
    expect(Object.keys(files)).toEqual(['stage/loans.yaml']);
  });

  test('that is weaker for a reason says it', () => {
    const files = synth((app) => {
      budget(environment(app, 'stage', Stage.STAGING), 'loans', 2);
      budget(environment(app, 'prod', Stage.PRODUCTION), 'loans', 1, 'one node until June');
      config(new Chart(app, 'beside'), 'x');
    });
    expect(files['prod/README.md']).toBe(
      `# prod\n\n${GENERATED}\n\n## Accepted risks\n\n- PodDisruptionBudget bank/loans may be weaker than in staging: one node until June\n`,
    );
    expect(Object.keys(files)).toEqual(['beside.yaml', 'prod/README.md', 'prod/loans.yaml', 'stage/loans.yaml']);
  });
});
