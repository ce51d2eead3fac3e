import { Chart, Duration } from 'cdk8s';
import {
  BankingService,
  type BankingServiceProps,
  Environment,
  Exposure,
  Fault,
  GitOpsApp,
  type IRelease,
  Release,
  Scaling,
  Stage,
  ZeroTrustNamespace,
} from '../../lib';
import { fileProblems, pathProblem, resolveConfiguration, sizeProblem } from '../../lib/banking-service/configuration';
import { parseImage, versionOf } from '../../lib/banking-service/image';
import { resolveService } from '../../lib/banking-service/model';
import type { ReleaseFacts } from '../../lib/release/release';
import { noted, problemsOf } from '../support/problems';
import { IMAGE, World } from './world';

/* What is said of a service as a whole, and what its release is told of it. */

const wrong = (props: Partial<BankingServiceProps>, given: object = {}) =>
  problemsOf(() => resolveService('teller', { namespace: new World().namespace, image: IMAGE, port: 8071, ...props, ...given }));

describe('a service', () => {
  test('without a namespace is judged all the same', () => {
    expect(wrong({ namespace: undefined, port: 0 })).toEqual([
      'teller.namespace: is missing; it must be made with new ZeroTrustNamespace(chart, id, { … })',
      'teller.port: 0 is not a port; use a whole number from 1 to 65535',
    ]);
  });

  test('without props, or without a name, says so', () => {
    const { chart, namespace } = new World();
    const [first] = problemsOf(() => new BankingService(chart, 'teller', undefined as never));
    expect(first).toMatch(/^teller: the props are nothing/);
    const [unnamed] = problemsOf(() => resolveService('', { namespace, image: IMAGE, port: 8071 }));
    expect(unnamed).toMatch(/^service "".*name/);
  });

  test('that is headless translates no port', () => {
    expect(wrong({ exposure: Exposure.headless(), servicePort: 87, ports: [{ port: 9077, name: 'admin' }] })).toEqual([
      'teller.exposure: a headless Service leads to pods as they are, so servicePort 87 is not translated to 8071; leave servicePort out',
    ]);
    expect(wrong({ exposure: Exposure.headless() })).toEqual([]);
    expect(wrong({ servicePort: 87 })).toEqual([]);
  });

  test('that is open to clients takes plain text from them on each port', () => {
    const exposure = Exposure.loadBalancer({ sourceRanges: ['203.0.113.0/24'] });
    const of = (port: number) =>
      `teller.exposure: LoadBalancer clients are outside the mesh, and port ${port} takes mutual TLS only; let them in through a MeshGateway, or declare the port in mtlsExceptions with a reason`;
    const ports = [{ port: 9077, name: 'admin' }];
    const plain = (port: number) => ({ port, reason: 'partners dial in without a proxy' });
    expect(wrong({ exposure, ports })).toEqual([of(8071), of(9077)]);
    expect(wrong({ exposure, ports, mtlsExceptions: [plain(9077)] })).toEqual([of(8071)]);
    expect(wrong({ exposure, ports, mtlsExceptions: [plain(9077), plain(8071)] })).toEqual([]);
  });

  test('mounts nothing where it can not be', () => {
    const path = 'must be an absolute path of letters, digits, ".", "_" and "-", without "..", "//" or a "/" at the end';
    expect(wrong({ secretFiles: [{ secret: 'tls', path: 'etc' }] })).toEqual([`teller.secretFiles: "etc" ${path}`]);
    expect(wrong({ secretFiles: [{ secret: 'tls', path: '/tmp' }] })).toEqual([
      'teller.mounts: /tmp is mounted twice; give each volume a path of its own (/tmp is there already)',
    ]);
    for (const bad of ['a/b', '/a b', '/a/..', '/a/.', '/a/./b', '//a', '/a/', 7, ['/a']]) {
      expect(pathProblem(bad as never)).toEqual([`${JSON.stringify(bad)} ${path}`]);
    }
    for (const good of ['/a', '/a/b.c', '/..a', '/a..', '/a/.b']) expect(pathProblem(good)).toEqual([]);
  });

  test('has labels, and a version that is one', () => {
    expect(wrong({ labels: { 'a b': 'c' } })).toEqual([
      'teller.labels: "a b" is not a label key; use [prefix/]name with up to 63 characters',
    ]);
    const version = (text: string) =>
      `teller.version: ${JSON.stringify(text)} is not a label value; use 1 to 63 letters, digits, "-", "_" and "."`;
    for (const text of ['', 'a b', '-1']) expect(wrong({ version: text })).toEqual([version(text)]);
    expect(wrong({ version: 'v9' })).toEqual([]);
  });

  test('a release that names a version is told where', () => {
    const canary = { image: IMAGE, version: 'a b', variables: { 'A B': '1' } };
    expect(wrong({ release: Release.weighted({ canary, weight: 25 }) })).toEqual([
      'teller.release.canary.variables: "A B" is not a variable name; use letters, digits and "_", not starting with a digit',
      'teller.release.canary.version: "a b" is not a label value; use 1 to 63 letters, digits, "-", "_" and "."',
    ]);
  });
});

describe('files of a configuration', () => {
  const files = (name: string) => noted((problems) => fileProblems({ [name]: 'x' }, problems, 'files'));
  test.each(['a', '..data', 'a..', '.env', '...', 'x__proto__'])('may be called %j', (name) => expect(files(name)).toEqual([]));
  test.each(['.', '..', 'a/b', 'a b', '', 'x'.repeat(254)])('may not be called %j', (name) =>
    expect(files(name)).toHaveLength(1),
  );

  test('are one MiB at most, with their names', () => {
    const size = (bytes: number) => noted((problems) => sizeProblem({ four: 'x'.repeat(bytes - 4) }, 'files', problems, 'of'));
    expect(size(1024 * 1024)).toEqual([]);
    expect(size(1024 * 1024 + 1)).toEqual([
      'x.of: files holds 1048577 bytes, more than the 1048576 of a ConfigMap; split it, or mount a volume',
    ]);
    expect(noted((problems) => expect(resolveConfiguration('teller', {}, problems)).toEqual({ reloader: false }))).toEqual([]);
  });
});

describe('an image', () => {
  const message = (text: string) => {
    try {
      return versionOf(parseImage(text));
    } catch (e) {
      return (e as Error).message.replace(/; write it like.*$/, '');
    }
  };
  const long = 'a'.repeat(255);

  test.each<[string, string]>([
    ['', '"" is not an image'],
    ['@sha256:abc', '"@sha256:abc" is not an image'],
    ['pay_:1.2.3', '"pay_:1.2.3" is not an image'],
    ['a/http://b:1.2.3', '"a/http://b:1.2.3" is not an image'],
    [`${long}:1.2.3`, '1.2.3'],
    ['pay:1.2.3_a+b', '"pay:1.2.3_a+b" has the tag "1.2.3_a+b", which no registry takes'],
    ['pay:1.2.3-a---', '1.2.3-a'],
    ['pay', '"pay" has neither tag nor digest, so it means "latest", which is another image every day'],
    ['pay:', '"pay:" has the tag "", which no registry takes'],
  ])('%j', (text, expected) => expect(message(text)).toBe(expected));

  test('whose repository is too long', () => {
    expect(message(`${long}a:1.2.3`)).toMatch(/ has a repository of more than 255 characters, which no registry takes$/);
  });
});

describe('a release is told of its service', () => {
  function facts(props: Partial<BankingServiceProps>, namespace = new World().namespace): ReleaseFacts {
    let told: ReleaseFacts | undefined;
    const release: IRelease = {
      validate: (_problems, given) => (told = given),
      bind: () => undefined as never,
    };
    resolveService('teller', { namespace, image: IMAGE, port: 8071, ...props, release });
    return told!;
  }

  test('how long its pods take, and what they read', () => {
    const secretEnv = { A: { secret: 'db', key: 'a' }, B: { secret: 'db', key: 'b' } };
    const told = facts({
      secretEnv,
      secretFiles: [{ secret: 'tls', path: '/etc/tls' }],
      availability: { minReady: Duration.seconds(7), progressDeadline: Duration.seconds(613) },
      mtlsExceptions: [{ port: 8071, reason: 'partners dial in without a proxy' }],
      shutdown: { preStop: Duration.seconds(7), drain: Duration.seconds(61), margin: Duration.seconds(13) },
    });
    expect(told).toMatchObject({
      name: 'teller',
      startSeconds: 127,
      minReadySeconds: 7,
      progressDeadline: 613,
      graceSeconds: 81,
      plainPorts: [8071],
      reloader: false,
      given: {},
    });
    expect(told.secrets).toEqual(['db', 'tls']);
    expect(told.stage).toBeUndefined();
  });

  test.each<[string, () => Scaling, object]>([
    ['CPU', () => Scaling.horizontal({ cpu: 63 }), { scaling: 'horizontal', headroom: 37, fallbackReplicas: undefined }],
    ['memory', () => Scaling.horizontal({ cpu: undefined, memory: 80 }), { scaling: 'horizontal', headroom: 0 }],
    ['a number', () => Scaling.fixed(4), { scaling: 'fixed', headroom: 0, minReplicas: 4, maxReplicas: 4 }],
    [
      'events',
      () =>
        Scaling.keda({
          min: 2,
          max: 9,
          triggers: [{ type: 'kafka', metadata: {} }],
          fallback: { failureThreshold: 3, replicas: 5 },
        }),
      { scaling: 'keda', headroom: 0, minReplicas: 2, maxReplicas: 9, fallbackReplicas: 5 },
    ],
  ])('what is free where it scales by %s', (_what, scaling, expected) => {
    expect(facts({ scaling: scaling() })).toMatchObject(expected);
  });

  test('what its environment is for, which decides whether it may fail on purpose', () => {
    const faults = [Fault.abort(503, { percentage: 7 })];
    const judged = (stage: Stage) => {
      const chart = new Chart(new Environment(new GitOpsApp(), 'one', { stage }), 'world');
      const namespace = new ZeroTrustNamespace(chart, 'namespace', { name: 'vault' });
      return [facts({}, namespace).stage, wrong({ traffic: { faults } }, { namespace })];
    };
    const refused =
      "teller.traffic.faults[/]: makes requests fail in production, or where no Environment says that it is not; leave it out there, or say why with acknowledge: 'reason'";
    expect(judged(Stage.STAGING)).toEqual([Stage.STAGING, []]);
    expect(judged(Stage.PRODUCTION)).toEqual([Stage.PRODUCTION, [refused]]);
    expect(wrong({ traffic: { faults } })).toEqual([refused]);
  });
});
