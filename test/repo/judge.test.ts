import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inDocument } from '../../.ci/document';
import { type Acceptance, judged, parseAccepted, stale } from '../../.ci/judge/accepted';
import { unwritten } from '../../.ci/judge/dist';
import { cacheFolder, installed, versionIn } from '../../.ci/judge/install';
import { type Finding, type Judge, NotRun, type Tool } from '../../.ci/judge/model';
import { summary, tables } from '../../.ci/judge/report';
import { type Result, hear, objections } from '../../.ci/judge/run';
import { type System, systemsIn } from '../../.ci/judge/systems';

let cache: string;
beforeEach(() => (cache = mkdtempSync(join(tmpdir(), 'judges-'))));
afterEach(() => rmSync(cache, { recursive: true, force: true }));

const system: System = {
  name: 'shop/prod',
  folder: '/none/shop/prod',
  files: [{ path: 'shop.yaml', objects: [{ apiVersion: 'v1', kind: 'Service', metadata: { name: 'till', namespace: 'shop' } }] }],
};
const finding: Finding = {
  system: 'shop/prod',
  object: 'Service shop/till',
  rule: 'no-tills',
  level: 'warning',
  message: 'a till',
};
const acceptance: Acceptance = {
  judge: 'till-judge',
  rule: 'no-tills',
  where: ['shop/* Service shop/till'],
  reason: 'The till is what the shop is about, and it is guarded.',
};

const tool = (install: Tool['install'], name = 'till'): Tool => ({ name, version: '4.2.0', key: () => 'f00', install });
const builds = tool((folder) => {
  mkdirSync(join(folder, 'bin'));
  writeFileSync(join(folder, 'bin', 'till'), '');
});
const cannotBeHad = tool(() => {
  throw new Error('go is not installed');
});

const judge = (run: Judge['run'], tools: readonly Tool[] = [], read = 1): Judge => ({
  name: 'till-judge',
  says: 'tills',
  tools,
  reads: () => read,
  run,
});

function heard(one: Judge, accepted: readonly Acceptance[] = []): Promise<Result> {
  let now = 0;
  return hear(one, { systems: [system], folder: '/none', cache, accepted, clock: () => (now += 7), tell: () => undefined });
}

const strict = { strict: true };
const finds = judge(() => ({ read: 3, findings: [finding] }));
const clean = judge(() => ({ read: 3, findings: [] }));

describe('a judge', () => {
  test('that finds nothing lets the change through', async () => {
    const result = await heard(clean);
    expect(result.state).toBe('ran');
    expect(objections([result], strict)).toEqual([]);
  });

  test('that finds something, a warning too, keeps it out', async () => {
    expect(objections([await heard(finds)], strict)).toEqual([
      'till-judge warning: no-tills: shop/prod Service shop/till: a till',
    ]);
  });

  test('says five findings of a rule, and how many more there are', async () => {
    const findings = Array.from({ length: 8 }, (_, i) => ({ ...finding, object: `Service shop/till-${i}` }));
    const said = objections([await heard(judge(() => ({ read: 8, findings })))], strict);
    expect(said).toHaveLength(6);
    expect(said.at(-1)).toBe('till-judge no-tills: 3 more');
  });

  test('that cannot be installed is not run: never passed, and red in CI', async () => {
    const result = await heard(judge(() => ({ read: 3, findings: [] }), [cannotBeHad]));
    expect(result.state).toBe('not run');
    expect(objections([result], strict)).toEqual(['till-judge: not run: go is not installed']);
    expect(objections([result], { strict: false })).toEqual([]);
    expect(summary([result])).toContain('NOT RUN: go is not installed');
    expect(tables([result], [])).toContain('| till-judge | 4.2.0 | tills | not run |  |  |  |');
  });

  test('that says so while it runs is not run either', async () => {
    const result = await heard(
      judge(() => {
        throw new NotRun('no modules');
      }),
    );
    expect(result.state).toBe('not run');
    expect(objections([result], strict)).toEqual(['till-judge: not run: no modules']);
  });

  test('that breaks off has failed, in CI and elsewhere', async () => {
    const result = await heard(judge(() => Promise.reject(new Error('segmentation fault'))));
    expect(objections([result], { strict: false })).toEqual(['till-judge: failed: segmentation fault']);
  });

  test('that has nothing to read is not installed', async () => {
    const result = await heard(judge(() => ({ read: 0, findings: [] }), [cannotBeHad], 0));
    expect(result.state).toBe('idle');
    expect(objections([result], strict)).toEqual([]);
    expect(
      objections(
        [
          await heard(
            judge(() => ({ read: 0, findings: [] }), [], 0),
            [acceptance],
          ),
        ],
        strict,
      ),
    ).toEqual(['till-judge no-tills: accepted at "shop/* Service shop/till", where it is not found; remove it']);
  });

  test('has its programs by name, and a folder that is gone afterwards', async () => {
    let scratch = '';
    const result = await heard(
      judge(
        (court) => {
          scratch = court.scratch;
          expect(existsSync(scratch)).toBe(true);
          expect(existsSync(court.bin('till'))).toBe(true);
          expect(() => court.bin('counter')).toThrow('none of its tools gives counter');
          return { read: 1, findings: [] };
        },
        [builds],
      ),
    );
    expect(result).toMatchObject({ state: 'ran', building: 7, running: 7 });
    expect(existsSync(scratch)).toBe(false);
  });
});

describe('an accepted finding', () => {
  test('lets the change through, and its reason is shown', async () => {
    const result = await heard(finds, [acceptance]);
    expect(objections([result], strict)).toEqual([]);
    const text = tables([result], [acceptance]);
    expect(text).toContain('| till-judge |  | tills | 3 objects | 0 | 0 | 1 |');
    expect(text).toContain(`| till-judge | \`no-tills\` | 1 | \`shop/* Service shop/till\` | ${acceptance.reason} |`);
  });

  test.each([
    ['another rule', { rule: 'no-tolls' }],
    ['another judge', { judge: 'toll-judge' }],
    ['another object', { where: ['shop/* Service shop/tills'] }],
    ['another system', { where: ['shop/dev Service shop/till'] }],
    ['a part of its name', { where: ['Service shop/till'] }],
  ])('of %s covers nothing', (_, change) => {
    expect(judged('till-judge', [finding], [{ ...acceptance, ...change }])[0]?.acceptance).toBeUndefined();
  });

  test('that is found no more is stale, pattern by pattern', async () => {
    const two = { ...acceptance, where: [...acceptance.where, 'shop/* Service shop/counter'] };
    const gone = 'till-judge no-tills: accepted at "shop/* Service shop/counter", where it is not found; remove it';
    expect(stale('till-judge', judged('till-judge', [finding], [two]), [two])).toEqual([gone]);
    expect(objections([await heard(finds, [two])], strict)).toEqual([gone]);
    expect(objections([await heard(clean, [acceptance])], strict)).toHaveLength(1);
  });

  test('without a reason, or with a mistake, is refused', () => {
    const entry = '- judge: till\n  rule: ""\n  where: []\n  reason: because\n  until: tomorrow\n';
    expect(() => parseAccepted(entry, ['till-judge'])).toThrow(
      [
        'accepted findings:',
        'entry 1 (till ): until is no field; the fields are judge, reason, rule, where',
        'entry 1 (till ): there is no such judge; there are till-judge',
        'entry 1 (till ): rule names no rule',
        'entry 1 (till ): where is a list of patterns of "system Kind namespace/name"',
        'entry 1 (till ): a reason is a sentence that an auditor would accept',
      ].join('\n  '),
    );
  });
});

describe('a tool', () => {
  test('is built once, for every clone', () => {
    expect(installed(builds, cache)).toEqual({ folder: join(cache, 'till-4.2.0-f00'), built: true });
    expect(installed(builds, cache).built).toBe(false);
    expect(installed({ ...builds, key: () => 'f01' }, cache).built).toBe(true);
  });

  test('that breaks off leaves nothing', () => {
    const half = tool((folder) => {
      writeFileSync(join(folder, 'half'), '');
      throw new Error('disk full');
    });
    expect(() => installed(half, cache)).toThrow('disk full');
    expect(readdirSync(cache)).toEqual([]);
  });

  test.each([
    ['JUDGES_CACHE', { JUDGES_CACHE: '/a', XDG_CACHE_HOME: '/b' }, '/a'],
    ['XDG_CACHE_HOME', { JUDGES_CACHE: '', XDG_CACHE_HOME: '/b' }, '/b/cdk8s-banking-judges'],
  ])('is kept where %s says', (_, env, expected) => {
    expect(cacheFolder(env)).toBe(expected);
  });

  test('has the version that go.mod requires of its module', () => {
    const mod = [
      'module judge/x',
      'tool (\n\tgo.etcd.io/etcd/server/v3\n\tk8s.io/kubernetes/cmd/kube-apiserver\n)',
      'require (\n\tgo.etcd.io/etcd/server/v3 v3.6.8\n\tk8s.io/kubernetes v1.36.2\n\tk8s.io/kube v0.1.0 // indirect\n)',
    ].join('\n\n');
    expect(versionIn(mod, 'kube-apiserver')).toBe('1.36.2');
    expect(versionIn('tool a.io/b/cmd/c\n\nrequire a.io/b v1.2.3\n', 'b')).toBe('1.2.3');
    expect(() => versionIn('tool a.io/b/cmd/c\n', 'c')).toThrow('go.mod requires no module that gives c');
  });
});

describe('the manifests', () => {
  const write = (path: string, text = '') => {
    const file = join(cache, path);
    mkdirSync(join(file, '..'), { recursive: true });
    writeFileSync(file, text);
  };
  const service = (name: string) => `apiVersion: v1\nkind: Service\nmetadata: { name: ${name}, namespace: shop }\n`;

  test('are read system by system, however deep their files are', () => {
    write('shop/prod/README.md');
    write('shop/prod/shop.yaml', `${service('till')}---\n${service('counter')}`);
    write('shop/prod/other/shop.yaml', service('door'));
    write('patterns/a.yaml', service('a'));
    const systems = systemsIn(cache, ['shop/prod', 'patterns']);
    expect(systems.map(({ name, files }) => [name, files.map(({ path, objects }) => `${path} ${objects.length}`)])).toEqual([
      ['patterns', ['a.yaml 1']],
      ['shop/prod', ['other/shop.yaml 1', 'shop.yaml 2']],
    ]);
  });

  test('that no judge would read are an error', () => {
    write('shop/shop.yaml', service('till'));
    expect(() => systemsIn(cache, ['shops'])).toThrow('of no system, hence read by no judge: shop/shop.yaml');
  });

  test('that are committed must be among those that were read', () => {
    write('shop/prod/shop.yaml', service('till'));
    expect(unwritten(cache, [system])).toEqual([]);
    write('shop/prod/shop.yaml', service('tills'));
    expect(unwritten(cache, [system])).toEqual(['shop/prod/shop.yaml: Service shop/tills']);
  });
});

test('the tables stand between their marks, and what stands around them stays', () => {
  const [begin, end] = ['<!-- written by `npm run judge` -->', '<!-- end of what `npm run judge` writes -->'];
  const document = `# Title\n\n${begin}\nold\n${end}\nafter\n`;
  expect(inDocument(document, 'npm run judge', 'new')).toBe(`# Title\n\n${begin}\n\nnew\n\n${end}\nafter\n`);
  expect(() => inDocument(`${end} ${begin}`, 'npm run judge', 'new')).toThrow('the document has no lines');
});
