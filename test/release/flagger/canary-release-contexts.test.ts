import { ApiObject, type App, Chart, Testing } from 'cdk8s';
import {
  CanaryRelease,
  type CanaryReleaseProps,
  Environment,
  ExistingWorkload,
  GitOpsApp,
  type ICanaryMetric,
  type IWebhook,
  Stage,
} from '../../../lib';
import type { CanaryContext, CanaryFacts } from '../../../lib/release/flagger/contract';
import { World } from '../../banking-service/world';

const TARGET = { kind: 'Deployment', name: 'orders' } as const;

/** A metric, a webhook, and what they were told. */
function listeners() {
  const judged: CanaryFacts[] = [];
  const bound: CanaryContext[] = [];
  const up: ICanaryMetric = {
    validate: (_problems, _part, facts) => void judged.push(facts),
    bind(_scope, context) {
      bound.push(context);
      return { name: 'up', query: 'up', thresholdRange: { min: 1 }, describes: 'it is up' };
    },
  };
  const load: IWebhook = {
    ...{ name: 'load', type: 'rollout', timeoutSeconds: 7 },
    validate: (_problems, _part, facts) => void judged.push(facts),
    bind(_scope, context) {
      bound.push(context);
      return { name: 'load', type: 'rollout', url: 'http://tester.shop/', timeoutSeconds: 7 };
    },
  };
  return { judged, bound, metrics: [up], webhooks: [load] };
}

describe('what a canary hands on to its metrics and webhooks', () => {
  const hosts = (namespace: string) => ({
    host: `orders-api.${namespace}.svc.cluster.local`,
    canaryHost: `orders-api-canary.${namespace}.svc.cluster.local`,
    primaryHost: `orders-api-primary.${namespace}.svc.cluster.local`,
  });
  const PORT = { name: 'http', port: 83, targetPort: 8073, protocol: 'http' };

  test('in a namespace of this app: that very namespace, its platform, and the guard of its pods', () => {
    const world = new World({ clusterDomain: 'cluster.local' });
    const workload = new ExistingWorkload(world.chart, 'orders-workload', {
      ...{ name: 'orders-api', namespace: world.namespace },
      ports: [
        { port: 9090, servicePort: 90 },
        { port: 8073, servicePort: 83, name: 'http-api' },
      ],
    });
    const { judged, bound, ...looks } = listeners();
    new CanaryRelease(world.chart, 'orders-canary', {
      ...{ namespace: world.namespace, target: TARGET, port: 83, workload, ...looks },
      service: { name: 'orders-api', targetPort: 'api' },
    });
    expect(bound).toHaveLength(2);
    for (const context of bound) {
      expect(context).toMatchObject({ canary: 'orders-canary', target: 'orders', servicePort: 83, ...hosts('vault') });
      // The number behind the name of a container's port is known to the workload.
      expect(context.port).toEqual(PORT);
      expect(context.intervalSeconds).toBe(60);
      expect(context.namespace).toBe(world.namespace);
      expect(context.guard).toBe(workload.guard);
      expect(context.platform).toBe(world.namespace.platform);
    }
    expect(judged).toHaveLength(2);
    for (const facts of judged) {
      expect(facts.namespace).toBe(world.namespace);
      expect(facts.platform).toBe(world.namespace.platform);
    }
  });

  test('in a namespace of others: its name, and nobody who could let a caller in', () => {
    const chart = new Chart(Testing.app(), 'world');
    const { judged, bound, ...looks } = listeners();
    new CanaryRelease(chart, 'orders-canary', {
      ...{ namespace: 'shop', target: TARGET, port: 83, ...looks },
      service: { name: 'orders-api', targetPort: 8073 },
    });
    expect(bound).toHaveLength(2);
    for (const context of bound) {
      expect(context).toMatchObject({ canary: 'orders-canary', target: 'orders', servicePort: 83, ...hosts('shop') });
      expect(context.port).toEqual(PORT);
      expect(context.namespace.name).toBe('shop');
      expect(context.guard).toBeUndefined();
    }
    for (const facts of judged) expect(facts.namespace).toBeUndefined();
  });

  test('the stage of its environment', () => {
    const { judged, bound, ...looks } = listeners();
    const chart = new Chart(new Environment(new GitOpsApp(), 'uat', { stage: Stage.STAGING }), 'shop');
    new CanaryRelease(chart, 'orders', { namespace: 'shop', target: TARGET, port: 80, ...looks });
    expect([...judged, ...bound].map(({ stage }) => stage)).toEqual(Array.from({ length: 4 }, () => Stage.STAGING));
  });
});

describe('names that Flagger takes are taken in one namespace of one environment', () => {
  const NAME = 'orders-primary';
  const taken = `Service shop/${NAME} is made by Flagger for canary orders; remove or rename it`;

  /** A canary in the namespace `shop` of one environment, and a Service of ours elsewhere. */
  function written(environment: string, namespace: string): string {
    const app = new GitOpsApp();
    const [first, second] = ['blue', 'green'].map((id) => new Environment(app, id, { stage: Stage.STAGING }));
    const [canaries, others] = [new Chart(first!, 'shop'), new Chart(environment === 'same' ? first! : second!, 'others')];
    new CanaryRelease(canaries, 'orders', { namespace: 'shop', target: TARGET, port: 80 });
    new ApiObject(others, 'other', { apiVersion: 'v1', kind: 'Service', metadata: { name: NAME, namespace } });
    return app.synthYaml();
  }

  test('where they are taken', () => {
    expect(() => written('same', 'shop')).toThrow(taken);
  });

  test.each([
    ['other', 'shop'],
    ['same', 'depot'],
  ])('%s environment, namespace %s: free', (environment, namespace) => {
    expect(written(environment, namespace)).toContain(`name: ${NAME}`);
  });
});

describe('a host is routed by one canary of an environment', () => {
  const PUBLIC: Partial<CanaryReleaseProps> = {
    service: { hosts: ['shop.example.com'], gateways: ['istio-ingress/edge', 'mesh'] },
  };

  test('the same shop in two environments is no contest', () => {
    const app = new GitOpsApp();
    for (const id of ['blue', 'green']) {
      const chart = new Chart(new Environment(app, id, { stage: Stage.STAGING }), 'shop');
      new CanaryRelease(chart, 'orders', { namespace: 'shop', target: TARGET, port: 80, ...PUBLIC });
    }
    expect(app.synthYaml().match(/^kind: Canary$/gm)).toHaveLength(2);
  });

  test('two in one are: the later one is told', () => {
    const app: App = new GitOpsApp();
    const chart = new Chart(app, 'shop');
    for (const name of ['orders', 'baskets']) {
      new CanaryRelease(chart, name, { namespace: 'shop', target: { ...TARGET, name }, port: 80, ...PUBLIC });
    }
    expect(() => app.synthYaml()).toThrow(
      'shop/baskets: host shop.example.com is routed by canary orders too; give both delegation: true, and one root VirtualService that tells them apart',
    );
  });
});

describe('a workload is what the canary is about', () => {
  const release = (port: number, service: string): CanaryRelease => {
    const world = new World();
    const workload = new ExistingWorkload(world.chart, 'orders-workload', {
      ...{ name: 'orders-api', namespace: world.namespace },
      ports: [
        { port: 8072, servicePort: 82, name: 'http-a' },
        { port: 8073, servicePort: 83, name: 'http-b' },
      ],
    });
    const about = { namespace: world.namespace, target: TARGET, port, workload };
    return new CanaryRelease(world.chart, 'orders', { ...about, service: { name: service, targetPort: 8070 } });
  };
  const wrong = (service: string, port: number): string =>
    'orders.workload: guards Service orders-api with the ports 82, 83, and the canary is about ' +
    `Service ${service} with port ${port}; make the two the same`;

  test.each([82, 83])('one of its ports, %i', (port) => {
    expect(release(port, 'orders-api').model.service.port).toBe(port);
  });

  test('another port, or the port of another Service', () => {
    expect(() => release(84, 'orders-api')).toThrow(wrong('orders-api', 84));
    expect(() => release(83, 'orders')).toThrow(wrong('orders', 83));
  });
});
