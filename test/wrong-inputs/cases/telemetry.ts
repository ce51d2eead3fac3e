import { Duration } from 'cdk8s';
import { AccessLogs, ObservabilityStack, ObservedService, Platform, TraceTag, Tracing } from 'cdk8s-banking';
import { type WrongInput, js, several } from '../wrong-input';

export const telemetries: readonly WrongInput[] = [
  {
    kind: 'filter that logs nothing',
    what: 'A log keeps the status of a response, by a name that it has not',
    build: () => AccessLogs.filter("response.status == '500'"),
    message:
      'AccessLogs.filter: "response.status == \'500\'" asks for response.status, which there is not; there are response.code, response.code_details, ' +
      'response.flags, response.grpc_status, response.headers, response.trailers, response.size, response.total_size, response.backend_latency',
  },
  {
    kind: 'filter that stops proxies',
    what: 'A log keeps requests with any header of a list',
    build: () => AccessLogs.filter("['x-a', 'x-b'].exists(h, h in request.headers)"),
    message: several(
      "AccessLogs.filter: \"['x-a', 'x-b'].exists(h, h in request.headers)\" uses exists(), which is switched off in Envoy: proxies would take none of their listeners",
      'AccessLogs.filter: "[\'x-a\', \'x-b\'].exists(h, h in request.headers)" asks for "h", which no filter knows; there are request, response, source, ' +
        'destination, connection, upstream, xds, metadata, filter_state, upstream_filter_state',
      "AccessLogs.filter: \"['x-a', 'x-b'].exists(h, h in request.headers)\" is neither true nor false, so that nothing would ever be logged; compare it, " +
        'like response.code >= 400',
    ),
  },
  {
    kind: 'duration',
    what: 'Slow is half a millisecond',
    build: () => AccessLogs.errors({ slowerThan: Duration.seconds(0.0005) }),
    message: 'AccessLogs.errors.slowerThan: 0.5 ms must be a whole number of milliseconds, above zero',
  },
  {
    kind: 'text that would leave its place',
    what: 'A quiet path ends the text that it stands in',
    build: () => AccessLogs.all({ quietPaths: ["/healthz'] || true || request.path in ['"] }),
    message:
      'AccessLogs.all.quietPaths: "/healthz\'] || true || request.path in [\'" is no path; write it whole, like "/healthz", in letters, digits, "-", ".", "_", "~" and "/"',
  },
  {
    kind: 'name',
    what: 'A provider is a host',
    build: () => AccessLogs.errors({ provider: 'loki/push' }),
    message:
      'AccessLogs.errors.provider: "loki/push" is no name of a provider; use up to 63 letters, digits, "-", "_" and ".", as in extensionProviders of MeshConfig',
  },
  {
    kind: 'share',
    what: 'A share of traces is above all of them',
    build: () => Tracing.sampled({ randomSamplingPercentage: 1000 }),
    message: 'Tracing.sampled.randomSamplingPercentage: 1000 is no share; write percent of the requests, from 0 to 100',
  },
  {
    kind: 'secret in a trace',
    what: 'A tag shows the token of the user',
    build: () => Tracing.sampled({ customTags: { user: TraceTag.header('authorization') } }),
    message:
      'TraceTag.header: "authorization" holds credentials as a rule, and whoever may read a trace would read them; use another header',
  },
  {
    kind: 'name of somebody else',
    what: "A tag has a name of Istio's",
    build: () => Tracing.sampled({ customTags: { 'istio.canonical_revision': TraceTag.literal('1') } }),
    message: 'Tracing.sampled.customTags: "istio.canonical_revision" may be one of Istio\'s own tags; use a prefix of yours',
  },
  {
    kind: 'name',
    what: 'A tag is a sentence, of a header in capitals',
    build: () => Tracing.sampled({ customTags: { 'the branch': TraceTag.header('X-Branch') } }),
    message: 'TraceTag.header: "X-Branch" is no name of a header; write it in lower case, like "x-tenant"',
  },
  {
    kind: 'made by a factory',
    what: 'A tag is a text',
    build: () => Tracing.sampled({ customTags: { 'bank.region': js('north') } }),
    message:
      'Tracing.sampled.customTags["bank.region"]: "north" must be made with TraceTag.literal(…), .header(…) or .environment(…)',
  },
  {
    kind: 'left out elsewhere',
    what: 'Traces are wanted, and nothing says where they go',
    build: ({ chart }) =>
      new ObservabilityStack(chart, 'stack', {
        platform: new Platform(),
        services: [ObservedService.of({ namespace: 'banking', name: 'payments' })],
        objective: { availability: 99.9 },
        telemetry: { tracing: Tracing.sampled() },
      }),
    message:
      'stack.telemetry.tracing: the Platform of namespace banking has no traceCollector to send spans to; give new Platform({ traceCollector: … }), or name the provider',
  },
];
