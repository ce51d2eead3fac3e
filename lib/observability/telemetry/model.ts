import type { Problems } from '../../kernel/errors';
import { uniqueBy } from '../../kernel/order';
import type { PlatformModel } from '../../platform/model';
import type { Objective } from '../objective/objective';
import { AccessLogs, type AccessLogsModel } from './access-logs';
import type { TelemetryProps } from './props';
import { Tracing, type TracingModel } from './tracing';

/** What one namespace is told. */
export interface NamespaceTelemetry {
  readonly namespace: string;
  readonly accessLogs?: AccessLogsModel;
  readonly tracing?: TracingModel;
}

export interface TelemetryModel {
  readonly namespaces: readonly NamespaceTelemetry[];
  /** Namespaces that are told nothing, since what they are told would hold for the whole mesh. */
  readonly left: readonly string[];
  /** The provider that leads to the Platform's traceCollector. Undefined where nothing is sent there. */
  readonly traces?: { readonly provider: string; readonly collector: TraceCollector };
}

type TraceCollector = NonNullable<PlatformModel['traceCollector']>;

/** A service, as its namespace's telemetry sees it. */
export interface Watched {
  readonly namespace: string;
  readonly platform: PlatformModel;
  readonly objective?: Objective;
}

/** Fills in the defaults, a namespace at a time, and adds what is wrong. */
export function resolveTelemetry(props: TelemetryProps, watched: readonly Watched[], problems: Problems): TelemetryModel {
  const { accessLogs = AccessLogs.errors() } = props;
  const first = uniqueBy(watched, ({ namespace }) => namespace);
  const left = first.filter(({ namespace, platform }) => namespace === platform.istio.rootNamespace);
  const told = first
    .filter((one) => !left.includes(one))
    .map(({ namespace, platform }) => {
      const { traceCollector: collector } = platform;
      const tracing = props.tracing ?? (collector ? Tracing.sampled() : Tracing.inherited());
      problems.check(
        collector !== undefined || !tracing.needsCollector,
        `the Platform of namespace ${namespace} has no traceCollector to send spans to; give new Platform({ traceCollector: … }), or name the provider`,
        'telemetry.tracing',
      );
      return { namespace, accessLogs: accessLogs.model(promised(watched, namespace)), tracing: tracing.model, collector };
    });
  const sent = told.flatMap(({ tracing, collector }) =>
    tracing?.provider && collector ? [{ provider: tracing.provider, collector }] : [],
  );
  const collectors = uniqueBy(sent, ({ collector }) => addressOf(collector));
  problems.check(
    collectors.length < 2,
    () =>
      `the Platforms of the namespaces name the collectors ${collectors.map(({ collector }) => addressOf(collector)).join(' and ')}, ` +
      'and one provider leads to one; make a stack for each, with a provider of its own',
    'telemetry.tracing',
  );
  return {
    namespaces: told
      .map(({ namespace, accessLogs: logs, tracing }) => ({ namespace, accessLogs: logs, tracing }))
      .filter((one) => one.accessLogs || one.tracing),
    left: left.map(({ namespace }) => namespace),
    traces: collectors[0],
  };
}

/** The narrowest of the widest latencies that the services of a namespace promise, in milliseconds. */
function promised(watched: readonly Watched[], namespace: string): number | undefined {
  const widest = watched
    .filter((one) => one.namespace === namespace)
    .flatMap(({ objective }) => {
      const limits = objective?.goals.flatMap(({ limit }) => (limit === undefined ? [] : [limit])) ?? [];
      return limits.length ? [Math.max(...limits)] : [];
    });
  return widest.length ? Math.min(...widest) : undefined;
}

function addressOf({ host, port }: TraceCollector): string {
  return `${host}:${port}`;
}
