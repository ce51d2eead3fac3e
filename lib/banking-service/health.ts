import { Duration } from 'cdk8s';
import type { WorkloadPort } from '../contracts/port';
import { Problems } from '../kernel/errors';
import {
  ANYTHING,
  DURATION,
  NUMBER,
  PARSED,
  TEXT,
  type Shapes,
  fitOptions,
  listOf,
  madeBy,
  needed,
  propsOf,
} from '../kernel/shape';
import { managementProblems } from '../zero-trust/management-paths';
import { portNumber } from '../kernel/names';
import { isIstioPort } from '../zero-trust/ports';
import { HealthProbe, type ProbeTiming } from './probe';

export interface HealthProps {
  /** Is it alive? A failure restarts the container, so it must not ask for anything outside of it, a database least of all. */
  readonly liveness: HealthProbe;
  /** Can it serve? A failure takes the pod out of the Service. */
  readonly readiness: HealthProbe;
  /** Has it started? Until it has, the other two do not run. @default - none */
  readonly startup?: HealthProbe;
  /** The longest start that is still a good one; probes that would kill it are an error. @default - not said */
  readonly startsWithin?: Duration;
  /** Paths that tell of the inside and stay closed to callers that do not name them. @default - none */
  readonly managementPaths?: readonly string[];
  /** Where the application serves Prometheus metrics, for the proxy to merge with its own. @default - only the proxy's metrics */
  readonly metrics?: MetricsEndpoint;
}

/** Where an application serves Prometheus metrics. */
export interface MetricsEndpoint {
  readonly path: string;
  /** @default - the service's main port */
  readonly port?: number;
}

export interface PresetOptions {
  /** The port of the health endpoints. One of their own keeps them off the API's. @default - the service's main port */
  readonly port?: number;
  /** The longest start that is still a good one. @default - what the preset's startup probe gives */
  readonly startsWithin?: Duration;
  /**
   * Where the application serves Prometheus metrics, for the proxy to merge with its own. On the main port, callers that do not
   * name the path are kept from it.
   * @default - only the proxy's metrics; of Spring Boot Actuator `/actuator/prometheus`
   */
  readonly metrics?: MetricsEndpoint;
}

const timing = (initial: number, period: number, timeout: number, failureThreshold: number): ProbeTiming => ({
  initialDelay: Duration.seconds(initial),
  period: Duration.seconds(period),
  timeout: Duration.seconds(timeout),
  failureThreshold,
});

const PROBE = madeBy(HealthProbe, 'HealthProbe.http(…), .grpc(…), .tcp(…) or .exec(…)');

const METRICS = propsOf<MetricsEndpoint>({ path: ANYTHING, port: PARSED });

const HEALTH: Shapes<HealthProps> = {
  liveness: PROBE,
  readiness: PROBE,
  startup: PROBE,
  startsWithin: DURATION,
  managementPaths: listOf(ANYTHING),
  metrics: METRICS,
};

const PRESET: Shapes<PresetOptions> = { port: NUMBER, startsWithin: DURATION, metrics: METRICS };

/** How a service tells that it is well. */
export class Health {
  /**
   * Spring Boot Actuator: liveness and readiness groups, startup asking the liveness path (`/actuator/health/startup` is a
   * 404 unless that group is configured), metrics at `/actuator/prometheus`, and `/actuator` closed to callers.
   * https://docs.spring.io/spring-boot/reference/actuator/endpoints.html#actuator.endpoints.kubernetes-probes
   */
  static springBootActuator(options: PresetOptions = {}): Health {
    const { port, startsWithin, metrics } = fitOptions('Health.springBootActuator', options, PRESET);
    return Health.of({
      liveness: HealthProbe.http('/actuator/health/liveness', { port, ...timing(60, 30, 10, 3) }),
      readiness: HealthProbe.http('/actuator/health/readiness', { port, ...timing(30, 10, 5, 3) }),
      startup: stretched(HealthProbe.http('/actuator/health/liveness', { port, ...timing(30, 10, 5, 12) }), startsWithin),
      startsWithin,
      managementPaths: ['/actuator', ...closedBy(metrics)],
      metrics: metrics ?? { path: '/actuator/prometheus', port },
    });
  }

  /** Fast probes for shops under load: out of the Service within 15 s, up to 5 minutes to start. */
  static commerce(options: PresetOptions & { readonly livenessPath?: string; readonly readinessPath?: string } = {}): Health {
    const shapes = { ...PRESET, livenessPath: TEXT, readinessPath: TEXT };
    const {
      port,
      startsWithin,
      metrics,
      livenessPath = '/healthz',
      readinessPath = '/readyz',
    } = fitOptions('Health.commerce', options, shapes);
    return Health.of({
      liveness: HealthProbe.http(livenessPath, { port, ...timing(30, 10, 3, 3) }),
      readiness: HealthProbe.http(readinessPath, { port, ...timing(5, 5, 3, 3) }),
      startup: stretched(HealthProbe.http(livenessPath, { port, ...timing(0, 10, 3, 30) }), startsWithin),
      startsWithin,
      ...endpointOf(metrics),
    });
  }

  /** `/healthz` for alive and started, `/readyz` for ready: Kubernetes' own names. The default. */
  static healthz(options: PresetOptions = {}): Health {
    const { port, startsWithin, metrics } = fitOptions('Health.healthz', options, PRESET);
    return Health.of({
      liveness: HealthProbe.http('/healthz', { port }),
      readiness: HealthProbe.http('/readyz', { period: Duration.seconds(5), port }),
      startup: stretched(HealthProbe.http('/healthz', { period: Duration.seconds(5), failureThreshold: 24, port }), startsWithin),
      startsWithin,
      ...endpointOf(metrics),
    });
  }

  /** The gRPC health protocol: the whole server for alive, a service of it for ready. */
  static grpc(options: PresetOptions & { readonly readinessService: string }): Health {
    const shapes = { ...PRESET, readinessService: TEXT };
    const { port, startsWithin, metrics, readinessService } = fitOptions('Health.grpc', options, shapes);
    return Health.of({
      liveness: HealthProbe.grpc({ port }),
      readiness: HealthProbe.grpc({ port, service: readinessService, period: Duration.seconds(5) }),
      startup: stretched(HealthProbe.grpc({ port, period: Duration.seconds(5), failureThreshold: 24 }), startsWithin),
      startsWithin,
      ...endpointOf(metrics),
    });
  }

  /** Probes of your own. */
  static of(props: HealthProps): Health {
    const fitting = fitOptions('Health.of', props, HEALTH);
    const problems = new Problems('Health.of');
    needed(fitting.liveness, PROBE, problems, 'liveness');
    needed(fitting.readiness, PROBE, problems, 'readiness');
    problems.throwIfAny();
    return new Health(fitting);
  }

  private constructor(readonly props: HealthProps) {}

  /** Seconds that a container may take to start before a probe gives it up. Infinite when none does. */
  get startupBudget(): number {
    return (this.props.startup ?? this.props.liveness).budget;
  }

  /** The probes as they are emitted: behind a startup probe, initial delays of the others are dead time. */
  get probes(): { readonly liveness: HealthProbe; readonly readiness: HealthProbe; readonly startup?: HealthProbe } {
    const { liveness, readiness, startup } = this.props;
    if (!startup) return { liveness, readiness };
    const none = { initialDelay: Duration.seconds(0) };
    return { liveness: liveness.with(none), readiness: readiness.with(none), startup };
  }

  /** Adds what is wrong with it for a service whose main port is this one. */
  validate(problems: Problems, main: WorkloadPort): void {
    const { liveness, readiness, startup, startsWithin, managementPaths, metrics } = this.props;
    liveness.validate(problems, 'health.liveness');
    readiness.validate(problems, 'health.readiness');
    startup?.validate(problems, 'health.startup');
    for (const [key, one] of Object.entries({ liveness, readiness, startup })) {
      const what = one?.unfit(main);
      if (what) problems.add(what, `health.${key}`);
    }
    problems.check(
      liveness.asks !== readiness.asks,
      'liveness and readiness ask the same, so that whatever makes a pod unready also kills it; ask different paths, or use HealthProbe.tcp() for liveness',
      'health',
    );
    const start = startsWithin?.toSeconds({ integral: false });
    const probe = startup ?? liveness;
    problems.check(
      start === undefined || this.startupBudget >= start,
      `a start may take ${start} s, but the ${startup ? 'startup' : 'liveness'} probe kills it after ${probe.initialDelay} + ${probe.period} × ` +
        `${probe.failureThreshold} = ${this.startupBudget} s; raise failureThreshold to ${Math.ceil(((start ?? 0) - probe.initialDelay) / probe.period)}`,
      'health',
    );
    const paths = [...(managementPaths ?? []), ...(metrics ? [metrics.path] : [])];
    managementProblems(paths).forEach((what) => problems.add(what, 'health'));
    if (metrics?.port !== undefined) {
      const port = problems.take(() => portNumber(metrics.port!), 0, 'health.metrics');
      // The injector would refuse the pod.
      problems.check(!isIstioPort(port), `${port} is taken by Istio's proxy in every pod; use another port`, 'health.metrics');
    }
  }
}

/** Nobody but Prometheus is to read metrics. Those on a port of their own are out of reach without that. */
function closedBy(metrics: MetricsEndpoint | undefined): string[] {
  return metrics && metrics.port === undefined ? [metrics.path] : [];
}

function endpointOf(metrics: MetricsEndpoint | undefined): Pick<HealthProps, 'managementPaths' | 'metrics'> {
  return metrics ? { metrics, managementPaths: closedBy(metrics) } : {};
}

/** A startup probe that waits at least as long as the start may take. */
function stretched(probe: HealthProbe, startsWithin: Duration | undefined): HealthProbe {
  const needed = startsWithin ? Math.ceil((startsWithin.toSeconds({ integral: false }) - probe.initialDelay) / probe.period) : 0;
  return needed > probe.failureThreshold ? probe.with({ failureThreshold: needed }) : probe;
}
