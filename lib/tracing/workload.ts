import { Duration } from 'cdk8s';
import type { Construct } from 'constructs';
import { BankingService } from '../banking-service/banking-service';
import { Health } from '../banking-service/health';
import { HealthProbe } from '../banking-service/probe';
import type { BankingServiceProps, ResourcesProps } from '../banking-service/props';
import { ServiceTier } from '../banking-service/tiers';
import { PortProtocol } from '../contracts/port';
import type { Problems } from '../kernel/errors';
import { bytes } from '../kernel/quantity';
import { toYaml } from '../kube';
import type { PortProps } from '../zero-trust/ports';
import { HEALTH_PORT, METRICS_PORT, OTLP_GRPC, OTLP_HTTP } from './ports';

const FILES = '/etc/collector';
const FILE = 'collector.yaml';

type Given = Pick<
  BankingServiceProps,
  'namespace' | 'name' | 'image' | 'imagePullSecrets' | 'scaling' | 'secretEnv' | 'availability'
> & {
  readonly resources: ResourcesProps;
  readonly ports?: readonly PortProps[];
  readonly config: object;
  readonly healthPath: string;
};

/** A program built from the OpenTelemetry Collector, as a hardened workload that takes OTLP. A new configuration rolls its pods. */
export function collectorWorkload(scope: Construct, { config, healthPath, ports = [], ...given }: Given): BankingService {
  return new BankingService(scope, 'service', {
    ...given,
    tier: ServiceTier.SMALL,
    port: OTLP_GRPC,
    protocol: PortProtocol.GRPC,
    ports: [{ port: OTLP_HTTP, protocol: PortProtocol.HTTP, name: 'otlp' }, ...ports],
    health: Health.of({
      liveness: HealthProbe.tcp(),
      readiness: HealthProbe.http(healthPath, { port: HEALTH_PORT, period: Duration.seconds(5) }),
      metrics: { path: '/metrics', port: METRICS_PORT },
    }),
    configuration: {
      variables: goMemoryLimit(given.resources),
      files: { path: FILES, content: { [FILE]: toYaml([config]) } },
    },
    args: [`--config=${FILES}/${FILE}`],
  });
}

/**
 * 80 % of the container's memory, so that Go collects garbage before the kernel kills. What is no quantity is judged elsewhere.
 * https://github.com/open-telemetry/opentelemetry-collector/tree/v0.159.0/processor/memorylimiterprocessor#best-practices
 */
function goMemoryLimit({ limits }: ResourcesProps): Record<string, string> {
  try {
    return { GOMEMLIMIT: `${Math.floor((bytes(limits?.memory as string) * 0.8) / 1024 ** 2)}MiB` };
  } catch (e) {
    if (e instanceof RangeError) return {};
    throw e;
  }
}

/** Resources with a limit of memory, by which the program limits itself. */
export function resourcesOf(
  given: ResourcesProps | undefined,
  usual: { cpu: string; memory: string; limit: string },
): ResourcesProps {
  return {
    requests: { cpu: given?.requests?.cpu ?? usual.cpu, memory: given?.requests?.memory ?? usual.memory },
    limits: { cpu: given?.limits?.cpu ?? '1', memory: given?.limits?.memory ?? usual.limit },
    ephemeralStorage: given?.ephemeralStorage ?? '256Mi',
  };
}

/** Adds what is wrong with a number of things. */
export function countProblem(value: number, problems: Problems, part: string): void {
  problems.check(Number.isInteger(value) && value >= 1, `${String(value)} must be a whole number from 1 on`, part);
}
