import { Chart, Duration } from 'cdk8s';
import {
  BankingService,
  Environment,
  Fault,
  GitOpsApp,
  Health,
  MeshGateway,
  PortProtocol,
  Release,
  Stage,
  type TrafficProps,
  ZeroTrustNamespace,
} from '../../lib';
import { Problems } from '../../lib/kernel/errors';
import { notesOn } from '../../lib/kube/notes';
import { resolveTraffic } from '../../lib/traffic/model';
import { IMAGE, type Json, World } from '../banking-service/world';
import { schemaProblems } from '../support/schemas';
import { firstMatch } from '../traffic/envoy';

const why = { acknowledge: 'rehearsal of the tills, with the desk informed' };
const port = (protocol = PortProtocol.HTTP) => ({ name: 'http', port: 8071, targetPort: 8071, protocol });

function problemsOf(faults: readonly Fault[], stage?: Stage, protocol?: PortProtocol): string[] {
  const problems = new Problems('teller');
  resolveTraffic({ faults }, [port(protocol)], problems, stage);
  try {
    problems.throwIfAny();
    return [];
  } catch (e) {
    return [(e as Error).message];
  }
}

function routes(traffic: TrafficProps): Json[] {
  const world = new World();
  world.service('teller', { traffic });
  return world.one('VirtualService').spec.http as Json[];
}

/** What befalls a request. */
function befalls(http: readonly Json[], method: string, path: string, headers: Record<string, string> = {}): unknown {
  return firstMatch(http, { method, path, headers, port: 8071 })?.fault;
}

describe('R10: a fault befalls the requests that it names, and no others', () => {
  let http: Json[];
  beforeAll(() => {
    http = routes({
      routes: [{ path: '/pay', methods: ['POST'], timeout: Duration.seconds(19), idempotent: true }],
      faults: [
        Fault.delay(Duration.seconds(5), { percentage: 11, path: '/pay', ...why }),
        Fault.abort(503, { percentage: 7.5, path: '/pay', ...why }),
        Fault.abort(429, { percentage: 100, methods: ['GET'], headers: { 'x-rehearsal': 'yes' }, ...why }),
      ],
    });
  });
  const both = {
    delay: { percentage: { value: 11 }, fixedDelay: '5s' },
    abort: { percentage: { value: 7.5 }, httpStatus: 503 },
  };
  const tooMany = { abort: { percentage: { value: 100 }, httpStatus: 429 } };

  test.each<[string, string, Record<string, string>, unknown]>([
    ['POST', '/pay', {}, both],
    ['GET', '/pay/7', {}, both],
    ['GET', '/payroll', {}, undefined],
    ['GET', '/', { 'x-rehearsal': 'yes' }, tooMany],
    ['POST', '/', { 'x-rehearsal': 'yes' }, undefined],
    // A path says more than a header: the same order as of routes.
    ['GET', '/pay', { 'x-rehearsal': 'yes' }, both],
    ['GET', '/', {}, undefined],
  ])('%s %s %j', (method, path, headers, fault) => {
    expect(befalls(http, method, path, headers)).toEqual(fault);
  });

  test('the route keeps its timeout, its retries and its pods', () => {
    const route = firstMatch(http, { method: 'POST', path: '/pay', headers: {}, port: 8071 })!;
    expect(route).toMatchObject({
      timeout: '19s',
      retries: { attempts: 3, perTryTimeout: '3800ms' },
      route: [{ destination: { host: 'teller.vault.svc.cluster.local', port: { number: 8071 } } }],
    });
  });

  test('the schema takes it, and no two routes ask for the same', () => {
    const world = new World();
    world.service('teller', { traffic: { faults: [Fault.delay(Duration.millis(700), { percentage: 0.5, ...why })] } });
    const [virtualService] = world.objects().filter(({ kind }) => kind === 'VirtualService');
    expect(schemaProblems(virtualService!)).toEqual([]);
    const matches = (virtualService!.spec.http as Json[]).map(({ match }) => JSON.stringify(match));
    expect(new Set(matches).size).toBe(matches.length);
  });

  test('it befalls what comes through a gateway, too', () => {
    const world = new World();
    const teller = world.service('teller', {
      traffic: { faults: [Fault.abort(503, { percentage: 3, path: '/api/a', ...why })] },
    });
    new MeshGateway(world.chart, 'edge', { hosts: ['bank.example.com'], issuer: 'ca' }).route('/api', teller, {
      methods: ['GET'],
    });
    const leaf = world.one('VirtualService', 'teller-edge').spec.http as Json[];
    expect(befalls(leaf, 'GET', '/api/a/1')).toEqual({ abort: { percentage: { value: 3 }, httpStatus: 503 } });
    expect(befalls(leaf, 'GET', '/api/b')).toBeUndefined();
  });

  test('it befalls every version of a canary alike', () => {
    const world = new World();
    const canary = { image: 'registry.example.com/vault/teller:4.8.0' };
    const faults = [Fault.abort(503, { percentage: 13, ...why })];
    world.service('teller', { traffic: { faults }, release: Release.weighted({ canary, weight: 25 }) });
    const http = world.one('VirtualService').spec.http as Json[];
    expect(http.map((one) => one.fault)).toEqual(http.map(() => ({ abort: { percentage: { value: 13 }, httpStatus: 503 } })));
  });

  test('under Flagger, whose VirtualService has no room for one, by the routes that delegate to it', () => {
    const world = new World();
    const faults = [Fault.abort(503, { percentage: 17, path: '/pay', ...why })];
    const teller = world.service('teller', { traffic: { faults }, release: Release.canary() });
    new MeshGateway(world.chart, 'edge', { hosts: ['bank.example.com'], issuer: 'ca' }).route('/pay', teller);
    for (const name of ['teller-mesh', 'edge']) {
      const http = world.one('VirtualService', name).spec.http as Json[];
      expect(befalls(http, 'POST', '/pay')).toEqual({ abort: { percentage: { value: 17 }, httpStatus: 503 } });
      expect(firstMatch(http, { method: 'POST', path: '/pay', headers: {}, port: 8071 })!.delegate.name).toBe('teller');
    }
    expect(JSON.stringify(world.one('Canary'))).not.toContain('fault');
  });

  test('a gRPC call ends with a status of gRPC', () => {
    const world = new World();
    const faults = [Fault.abortGrpc('UNAVAILABLE', { percentage: 9, ...why })];
    world.service('teller', {
      protocol: PortProtocol.GRPC,
      health: Health.grpc({ readinessService: 'ready' }),
      traffic: { faults },
    });
    expect(befalls(world.one('VirtualService').spec.http as Json[], 'POST', '/vault.Teller/Pay')).toEqual({
      abort: { percentage: { value: 9 }, grpcStatus: 'UNAVAILABLE' },
    });
  });
});

describe('R10 trap: in production without an acknowledgement', () => {
  const fault = (options: object = {}) => [Fault.delay(Duration.seconds(5), { percentage: 10, ...options })];

  test.each<[string, Stage | undefined, boolean]>([
    ['development', Stage.DEVELOPMENT, true],
    ['staging', Stage.STAGING, true],
    ['production', Stage.PRODUCTION, false],
    ['no Environment, which may be production', undefined, false],
  ])('%s', (_name, stage, taken) => {
    expect(problemsOf(fault(), stage)).toEqual(
      taken
        ? []
        : [
            "teller.traffic.faults[/]: makes requests fail in production, or where no Environment says that it is not; leave it out there, or say why with acknowledge: 'reason'",
          ],
    );
    expect(problemsOf(fault(why), stage)).toEqual([]);
  });

  test('what was acknowledged is in the report', () => {
    const chart = new Chart(new Environment(new GitOpsApp(), 'prod', { stage: Stage.PRODUCTION }), 'world');
    const namespace = new ZeroTrustNamespace(chart, 'namespace', { name: 'vault' });
    const teller = new BankingService(chart, 'teller', {
      namespace,
      image: IMAGE,
      port: 8071,
      traffic: { faults: fault({ path: '/pay', methods: ['POST'], ...why }) },
    });
    expect(notesOn(teller)).toContainEqual({
      kind: 'acceptance',
      text: '10 % of POST /pay to teller wait 5 s on purpose: rehearsal of the tills, with the desk informed',
    });
  });
});
