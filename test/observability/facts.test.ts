import { Duration } from 'cdk8s';
import {
  type BankingServiceProps,
  Health,
  HealthProbe,
  type IWebhook,
  Mtls,
  Objective,
  ObservedService,
  Platform,
  PortProtocol,
  Release,
  Scaling,
  Webhook,
  type ZeroTrustNamespaceProps,
} from '../../lib';
import { reportsEjections } from '../../lib/observability/sources/envoy';
import { World } from '../banking-service/world';

/** What is known of a service of this library, named `till` in `vault`. */
function factsOf(props: Partial<BankingServiceProps> = {}, namespace: Partial<ZeroTrustNamespaceProps> = {}) {
  const world = new World({}, namespace);
  return ObservedService.from(world.service('till', props)).facts(new Platform().model);
}

describe('what a BankingService consists of', () => {
  test('by itself: what it declares, each part by its own name', () => {
    const world = new World();
    const facts = ObservedService.from(world.service('till')).facts(new Platform().model);
    expect(facts).toEqual({
      name: 'till',
      namespace: 'vault',
      platform: world.platform.model,
      hosts: ['till'],
      deployments: ['till'],
      autoscalers: ['till'],
      disruptionBudgets: ['till'],
      canary: undefined,
      takesRequests: true,
      strictMtls: true,
      streams: false,
      reportsEjections: false,
    });
    // It lives on the platform of its namespace, whatever the stack says.
    expect(facts.platform).toBe(world.platform.model);
  });

  test('with a canary: what Flagger makes beside it, how long it may take, and what it is judged by', () => {
    const released = new World().service('till', { release: Release.canary() });
    expect(ObservedService.from(released).head.isCanary).toBe(true);
    const facts = factsOf({
      release: Release.canary({ objective: Objective.of({ availability: 99.6, p99: Duration.millis(640) }) }),
    });
    expect(facts).toMatchObject({
      hosts: ['till', 'till-primary', 'till-canary'],
      deployments: ['till', 'till-primary'],
      autoscalers: ['till', 'till-primary'],
      canary: {
        target: 'till',
        thresholds: [
          { metric: 'request-success-rate', min: 94.24 },
          { metric: 'request-duration', max: 640 },
        ],
      },
    });
  });

  test('how long a canary may take that waits for somebody is not known', () => {
    const url = 'https://change.example.com/flagger/promotion';
    const longest = (...webhooks: IWebhook[]) => factsOf({ release: Release.canary({ webhooks }) }).canary!.longest;
    expect(longest()).toBeGreaterThan(600);
    expect(longest(Webhook.confirmPromotion(url))).toBeUndefined();
  });

  test('KEDA calls the autoscaler that it makes of a ScaledObject by a name of its own', () => {
    const scaling = Scaling.keda({
      triggers: [{ type: 'kafka', metadata: { lagThreshold: '7' } }],
      fallback: { failureThreshold: 3, replicas: 7 },
      max: 7,
    });
    expect(factsOf({ scaling }).autoscalers).toEqual(['keda-hpa-till']);
    expect(factsOf({ scaling, release: Release.canary() }).autoscalers).toEqual(['keda-hpa-till-primary', 'keda-hpa-till']);
  });

  test('requests are seen where one of its ports has requests', () => {
    const ports = [{ name: 'tcp-x', port: 9071, protocol: PortProtocol.TCP }];
    const mixed = new World().service('till', { ports });
    expect(ObservedService.from(mixed).head.takesRequests).toBe(true);
    expect(factsOf({ ports }).takesRequests).toBe(true);
    const health = Health.of({ liveness: HealthProbe.tcp(), readiness: HealthProbe.exec(['ready']) });
    const bytes = factsOf({ protocol: PortProtocol.TCP, health });
    expect(bytes.takesRequests).toBe(false);
  });

  test('plain text is ruled out where neither the namespace nor a port allows it', () => {
    const mtls = Mtls.migrate({ until: '2027-03-31', reason: 'a partner without a mesh' });
    const mtlsExceptions = [{ port: 8071, reason: 'a partner without a mesh' }];
    expect(factsOf().strictMtls).toBe(true);
    expect(factsOf({}, { mtls }).strictMtls).toBe(false);
    expect(factsOf({ mtlsExceptions }).strictMtls).toBe(false);
  });

  test('proxies tell of ejected hosts where the pods ask for it, in whatever way', () => {
    expect(factsOf({ podAnnotations: { 'sidecar.istio.io/statsInclusionPrefixes': 'cluster.outlier_detection' } })).toMatchObject(
      {
        reportsEjections: true,
      },
    );
  });
});

describe('an ObservedService', () => {
  const of = () =>
    ObservedService.of({ name: 'quotes', namespace: 'markets', platform: new Platform({ clusterDomain: 'odd.example' }) });

  test('without another word is one Deployment and one Service of its name, of which nothing else is known', () => {
    const stack = new Platform().model;
    const one = ObservedService.of({ name: 'quotes', namespace: 'markets' });
    expect(one.facts(stack)).toEqual({
      name: 'quotes',
      namespace: 'markets',
      platform: stack,
      hosts: ['quotes'],
      deployments: ['quotes'],
      autoscalers: [],
      disruptionBudgets: [],
      canary: undefined,
      takesRequests: true,
      strictMtls: false,
      reportsEjections: false,
    });
    expect(one.head).toMatchObject({ platform: undefined, takesRequests: true, isCanary: false });
  });

  test('with a canary is what Flagger makes as well; a canary alone names the Deployment', () => {
    const props = { name: 'quotes', namespace: 'markets', canary: 'quotes-v3' };
    expect(ObservedService.of(props).head.isCanary).toBe(true);
    expect(ObservedService.of(props).facts(new Platform().model)).toMatchObject({
      hosts: ['quotes', 'quotes-primary', 'quotes-canary'],
      deployments: ['quotes-v3', 'quotes-v3-primary'],
      autoscalers: [],
      canary: { target: 'quotes-v3' },
    });
    expect(
      ObservedService.of({ ...props, deployments: ['quotes-v3', 'quotes-v2'], autoscalers: ['hpa'] }).facts(new Platform().model),
    ).toMatchObject({ deployments: ['quotes-v3', 'quotes-v2', 'quotes-v3-primary'], autoscalers: ['hpa', 'hpa-primary'] });
  });

  test("has a platform of its own, or the stack's", () => {
    const stack = new Platform().model;
    const one = of();
    expect(one.facts(stack).platform).toBe(one.head.platform);
    expect(one.facts(stack).platform.clusterDomain).toBe('odd.example');
  });

  test('is a value that nobody can change', () => {
    expect(Object.isFrozen(of())).toBe(true);
  });
});

test.each([
  [{ 'proxy.istio.io/config': 'proxyStatsMatcher: { inclusionRegexps: [".*outlier_detection.*"] }' }, true],
  [{ 'sidecar.istio.io/statsInclusionPrefixes': 'cluster.outlier_detection' }, true],
  [{ 'sidecar.istio.io/statsInclusionSuffixes': 'outlier_detection.ejections_active' }, true],
  [{ 'sidecar.istio.io/statsInclusionRegexps': 'cluster\\.outbound.*outlier_detection.*' }, true],
  [{ 'sidecar.istio.io/statsInclusionRegexps': 'cluster\\.outbound.*upstream_rq.*' }, false],
  [{ 'somebody.else/statsInclusionRegexps': 'outlier_detection' }, false],
  [{}, false],
])('pods with %j tell of ejected hosts: %s', (annotations, tells) => {
  expect(reportsEjections(annotations)).toBe(tells);
});
