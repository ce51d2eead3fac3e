import { Chart } from 'cdk8s';
import {
  BankingService,
  type BlueGreen,
  type Environment,
  Health,
  HealthProbe,
  MeshGateway,
  Platform,
  Release,
  Scaling,
  ServiceTier,
  ZeroTrustNamespace,
} from 'cdk8s-banking';
import { PREVIEW } from './states';

const platform = new Platform({ kubernetes: '1.34' });

/** A request a second, for as long as it runs, to whatever the header leads to. https://grafana.com/docs/k6/latest/using-k6/scenarios/ */
const script = `import http from 'k6/http';
import { check } from 'k6';

export const options = {
  scenarios: {
    steady: { executor: 'constant-arrival-rate', rate: 1, timeUnit: '1s', duration: '24h', preAllocatedVUs: 2 },
  },
};

export default function () {
  const answer = http.get('http://my-app.my-app.svc.cluster.local:8080/', { headers: { '${PREVIEW.header}': '${PREVIEW.value}' } });
  check(answer, { 'is answered well': ({ status }) => status === 200 });
}
`;

/** my-app in one state of its release. The state is all that differs from one commit to the next. */
export function myApp(environment: Environment, state: BlueGreen): void {
  const chart = new Chart(environment, 'my-app');
  const namespace = new ZeroTrustNamespace(chart, 'namespace', { name: 'my-app', platform });
  const app = new BankingService(chart, 'my-app', {
    namespace,
    port: 8080,
    scaling: Scaling.horizontal({ min: 3, max: 10 }),
    release: Release.blueGreen({
      blue: { image: 'registry.example.com/my-app:1.0.0', version: 'v1', variables: { FEATURE_NEW_CHECKOUT: 'off' } },
      green: { image: 'registry.example.com/my-app:2.0.0', version: 'v2', variables: { FEATURE_NEW_CHECKOUT: 'on' } },
      state,
      // Known from the load tests: eight pods carry the busiest hour.
      fullLoad: 8,
    }),
  });
  new MeshGateway(chart, 'edge', { hosts: ['my-app.example.com'], issuer: 'letsencrypt-prod' }).route('/', app);

  // Green is tried before anybody gets it: from the preview on, this traffic reaches it. Until then it reaches blue.
  const synthetic = new BankingService(chart, 'synthetic-traffic', {
    namespace,
    image: 'registry.example.com/k6:1.2.3',
    port: 6565,
    tier: ServiceTier.SMALL,
    scaling: Scaling.fixed(1),
    args: ['run', '--address', '0.0.0.0:6565', '/etc/synthetic/script.js'],
    configuration: { files: { path: '/etc/synthetic', content: { 'script.js': script } } },
    health: Health.of({ liveness: HealthProbe.tcp(), readiness: HealthProbe.http('/v1/status') }),
  });
  app.allowFrom(synthetic, { methods: ['GET'] });
}
