import { Platform, PortProtocol, ZeroTrustNamespace } from 'cdk8s-banking';
import { Problems } from '../../lib/kernel/errors';
import type { CanaryFacts } from '../../lib/release/flagger/contract';
import type { Site } from './wrong-input';

/** Something that a canary is given: a webhook, a metric, an alert. */
interface Judged {
  validate(problems: Problems, part: string, facts: CanaryFacts): void;
}

const PORTS = {
  http: { name: 'http', port: 8080, targetPort: 8080, protocol: PortProtocol.HTTP },
  grpc: { name: 'grpc', port: 9090, targetPort: 9090, protocol: PortProtocol.GRPC },
  tcp: { name: 'tcp', port: 5432, targetPort: 5432, protocol: PortProtocol.TCP },
};

/** Gives it to the canary of `payments`, which is looked at every 60 s. */
export const onCanary =
  (part: string, make: (site: Site & { readonly home: ZeroTrustNamespace }) => Judged, port: keyof typeof PORTS = 'http') =>
  (site: Site): void => {
    const home = new ZeroTrustNamespace(site.chart, 'namespace', { name: 'banking' });
    const problems = new Problems('payments');
    make({ ...site, home }).validate(problems, `release.${part}[0]`, {
      canary: 'payments',
      platform: new Platform().model,
      port: PORTS[port],
      intervalSeconds: 60,
    });
    problems.throwIfAny();
  };
