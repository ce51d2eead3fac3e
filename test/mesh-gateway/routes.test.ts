import { Chart } from 'cdk8s';
import {
  BankingService,
  Environment,
  GatewayTls,
  GitOpsApp,
  MeshGateway,
  type MeshGatewayProps,
  Platform,
  Release,
  Stage,
  ZeroTrustNamespace,
} from '../../lib';
import { notesOn } from '../../lib/kube';
import { type Json, World } from '../banking-service/world';

const gatewayOf = (world: World, props: Partial<MeshGatewayProps> = {}, id = 'edge') =>
  new MeshGateway(world.chart, id, { hosts: ['bank.example.com'], issuer: 'ca-7', ...props });
const root = (world: World): Json[] => world.one('VirtualService', 'edge').spec.http as Json[];
const headers = { response: { set: { 'strict-transport-security': 'max-age=31536000' } } };

describe('what the root says of each service', () => {
  test('methods are listed one by one: Istio drops a route where root and delegate both match by an expression', () => {
    const world = new World();
    gatewayOf(world).route('/cash', world.service('teller'), { methods: ['GET', 'PUT'], exact: true });
    expect(root(world)[0]!.match).toEqual([
      { uri: { exact: '/cash' }, method: { exact: 'GET' } },
      { uri: { exact: '/cash' }, method: { exact: 'PUT' } },
    ]);
  });

  test('timeouts and retries where Flagger writes the delegate, which has none of its own', () => {
    const world = new World();
    const teller = world.service('teller', { release: Release.canary() });
    gatewayOf(world).route('/cash', teller, { methods: ['GET'] });
    expect(root(world)).toEqual([
      {
        match: [
          { uri: { exact: '/cash' }, method: { exact: 'GET' } },
          { uri: { prefix: '/cash/' }, method: { exact: 'GET' } },
        ],
        timeout: '10s',
        retries: {
          attempts: 3,
          perTryTimeout: '2s',
          retryOn: 'connect-failure,refused-stream,gateway-error',
          retryRemoteLocalities: true,
        },
        headers,
        delegate: { name: 'teller', namespace: 'vault' },
      },
    ]);
  });
});

describe('what each service lets in, and where it sends it', () => {
  test('exactly one path, where the route is exact', () => {
    const world = new World();
    gatewayOf(world).route('/cash/open', world.service('teller'), { exact: true });
    expect(world.one('AuthorizationPolicy', 'teller').spec.rules[0].to).toEqual([
      { operation: { ports: ['8071'], paths: ['/cash/open'] } },
    ]);
  });

  test('only its own routes, whatever else goes through the gateway', () => {
    const world = new World();
    gatewayOf(world)
      .route('/cash', world.service('teller'), { exact: true })
      .route('/loans', world.service('lender'), { exact: true });
    const matches = (name: string) => world.one('VirtualService', name).spec.http.flatMap(({ match }: Json) => match);
    const reads = { method: { regex: 'GET|HEAD|OPTIONS' } };
    expect(matches('teller-edge')).toEqual([{ uri: { exact: '/cash' }, ...reads }, { uri: { exact: '/cash' } }]);
    expect(matches('lender-edge')).toEqual([{ uri: { exact: '/loans' }, ...reads }, { uri: { exact: '/loans' } }]);
  });

  test('nothing at a port where the gateway could not show its identity', () => {
    const world = new World();
    const exception = { port: 8071, mode: 'DISABLE' as const, reason: 'Branch terminals speak plain HTTP' };
    const teller = world.service('teller', { mtlsExceptions: [exception] });
    expect(() => gatewayOf(world).route('/cash', teller)).toThrow(
      "teller: port 8071 takes plain text only, where gateway edge can't show its identity and would always be refused; set the exception's mode to PERMISSIVE",
    );
  });
});

describe('one host is served by one gateway', () => {
  const PODS = { podLabels: { door: 'front' }, serviceAccount: 'porter' };

  /** Problems of a second gateway, which may have other hosts, other pods, or be somewhere else. */
  function problems(
    hosts: readonly string[],
    { doors = 'doors', apart = false }: { readonly doors?: string; readonly apart?: boolean } = {},
  ): string[] {
    const app = new GitOpsApp();
    const built = (environment: string, id: string, pods: string, served: readonly string[]) => {
      const scope =
        (app.node.tryFindChild(environment) as Environment | undefined) ??
        new Environment(app, environment, { stage: Stage.STAGING });
      const chart = new Chart(scope, `chart-${id}`);
      const platform = new Platform({ ingressGateway: { ...PODS, namespace: pods } });
      const namespace = new ZeroTrustNamespace(chart, 'namespace', { name: `ns-${id}`, platform });
      const image = 'registry.example.com/web:1.2.3';
      const web = new BankingService(chart, 'web', { namespace, image, port: 8071 });
      return new MeshGateway(chart, id, { hosts: served, issuer: 'ca-7' }).route('/', web);
    };
    built('here', 'north', 'doors', ['a.example.com', 'b.example.com', 'c.example.com']);
    return built(apart ? 'there' : 'here', 'south', doors, hosts).node.validate();
  }

  test('each host that another one serves is named', () => {
    expect(problems(['c.example.com', 'd.example.com', 'a.example.com'])).toEqual([
      'host c.example.com is served by gateway north too; give each host one gateway',
      'host a.example.com is served by gateway north too; give each host one gateway',
    ]);
  });

  test('another host, other pods, or another environment are another matter', () => {
    expect(problems(['d.example.com'])).toEqual([]);
    expect(problems(['a.example.com'], { doors: 'back-doors' })).toEqual([]);
    expect(problems(['a.example.com'], { apart: true })).toEqual([]);
  });
});

describe('what has to be there before it is applied', () => {
  const notes = (props: Partial<MeshGatewayProps>) => {
    const world = new World({ ingressGateway: { namespace: 'doors', podLabels: { door: 'front' }, serviceAccount: 'porter' } });
    return notesOn(gatewayOf(world, props)).map(({ kind, text }) => `${kind}: ${text}`);
  };

  test('an issuer, and a gateway that may be told from another namespace', () => {
    expect(notes({ hosts: ['bank.example.com', '*.shop.example.com'] })).toEqual([
      'prerequisite: No other Gateway for the same pods serves bank.example.com, *.shop.example.com: two would keep the gateway from being configured.',
      'prerequisite: cert-manager and its ClusterIssuer ca-7 can sign bank.example.com, *.shop.example.com.',
      'prerequisite: istiod lets a Gateway select pods of another namespace (PILOT_SCOPE_GATEWAY_TO_NAMESPACE is false, the default): edge is in vault, its pods in doors.',
    ]);
  });

  test('the authorities of partners, where its pods are', () => {
    expect(notes({ tls: GatewayTls.mutual({ clientCa: 'partners-ca' }) }).at(-1)).toBe(
      "prerequisite: Secret partners-ca in namespace doors holds the partners' authorities under ca.crt.",
    );
  });
});
