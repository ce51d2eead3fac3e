import { Duration } from 'cdk8s';
import { ForeignWorkload, LoadTester, type LoadTesterProps, Platform, PortProtocol } from 'cdk8s-banking';
import { type WrongInput, js, namespace } from '../wrong-input';

const platform = new Platform();
const own = (props: Partial<LoadTesterProps>) => (site: Parameters<WrongInput['build']>[0]) =>
  new LoadTester(site.chart, 'load-tester', { namespace: namespace(site.chart), ...props });
const foreign = (props: object) => () =>
  LoadTester.existing(
    new ForeignWorkload({ platform, namespace: 'test', name: 'flagger-loadtester', ports: [{ port: 8080 }], ...props }),
  );

export const loadTesters: readonly WrongInput[] = [
  {
    kind: 'image',
    what: 'A load tester is the newest there is',
    build: own({ image: 'ghcr.io/fluxcd/flagger-loadtester:latest' }),
    message:
      'load-tester.image: "ghcr.io/fluxcd/flagger-loadtester:latest" has the tag "latest", which moves from image to image, so that a rollback would not roll back; write it like "registry.example.com/payments:2.4.1@sha256:<64 hex digits>"',
  },
  {
    kind: 'duration',
    what: 'A test may run half a second',
    build: own({ taskTimeout: Duration.millis(500) }),
    message: 'load-tester.taskTimeout: 0.5 s must be a whole number of seconds from 1 on',
  },
  {
    kind: 'duration',
    what: 'A test may run half a second more',
    build: own({ taskTimeout: Duration.millis(1500) }),
    message: 'load-tester.taskTimeout: 1.5 s must be a whole number of seconds from 1 on',
  },
  {
    kind: 'duration',
    what: 'A test may run no time at all, and the load tester has two names',
    build: own({ taskTimeout: Duration.seconds(0), name: 'load tester' }),
    message: 'load tester "load tester".taskTimeout: 0 s must be a whole number of seconds from 1 on',
  },
  {
    kind: 'secret in a manifest',
    what: 'A file of a load tester holds a key',
    build: own({ files: { 'key.pem': '-----BEGIN PRIVATE KEY-----' } }),
    message:
      'load-tester.configuration.files: key.pem holds a secret, and manifests are committed to Git; put it into a Secret and name it in secretFiles',
  },
  {
    kind: 'unknown prop',
    what: 'A load tester has replicas',
    build: own(js({ replicas: 2 })),
    message:
      'load-tester: there is no prop "replicas"; there are namespace, name, image, imagePullSecrets, taskTimeout, files, secretFiles, resources',
  },
  {
    kind: 'options left out',
    what: 'A load tester has no props',
    build: ({ chart }) => new LoadTester(chart, 'load-tester', js(undefined)),
    message: 'load-tester: the props are nothing; give a map of props, like { key: value }',
  },
  {
    kind: 'namespace left out',
    what: 'A load tester lives nowhere',
    build: ({ chart }) => new LoadTester(chart, 'load-tester', js({})),
    message: 'load-tester.namespace: is missing; it must be made with new ZeroTrustNamespace(chart, id, { … })',
  },
  {
    kind: 'made by a factory',
    what: 'An existing load tester is an address',
    build: () => LoadTester.existing(js('http://flagger-loadtester.test')),
    message: 'LoadTester.existing.workload: "http://flagger-loadtester.test" must be made with new ForeignWorkload({ … })',
  },
  {
    kind: 'outside of the mesh',
    what: 'An existing load tester has no proxy',
    build: foreign({ inMesh: false }),
    message:
      'LoadTester.existing.workload: test/flagger-loadtester is outside of the mesh, where it can show no identity to what it tests; bring it into the mesh',
  },
  {
    kind: 'no such port',
    what: 'An existing load tester can not be called',
    build: foreign({ ports: [] }),
    message: 'LoadTester.existing.port: has no port that can be called; declare its ports',
  },
  {
    kind: 'requests on bytes',
    what: 'An existing load tester speaks bytes',
    build: foreign({ ports: [{ port: 8080, protocol: PortProtocol.TCP }] }),
    message: 'LoadTester.existing.port: port 8080 speaks tcp; name the one that takes webhooks',
  },
];
