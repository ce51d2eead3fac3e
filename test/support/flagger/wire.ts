/*
 * Flagger carries Istio's and KEDA's settings in Go types of its own (pkg/apis/istio, pkg/apis/keda). What those types do
 * not name is lost, and so is a zero in a field that is left out when empty.
 */

/**
 * `empty`: left out when it is zero, empty or missing. `pointer`: kept when it is there, zero included.
 * `always`: written even when it is missing, as the value beside it.
 */
type Field = 'empty' | 'pointer' | readonly ['always', unknown] | readonly ['list', Shape] | readonly ['map', Shape] | Shape;

export interface Shape {
  readonly [field: string]: Field;
}

const STRING_MATCH: Shape = { exact: 'empty', prefix: 'empty', suffix: 'empty', regex: 'empty' };

const HEADER_OPERATIONS: Shape = { set: 'empty', add: 'empty', remove: 'empty' };

export const HEADERS: Shape = { request: HEADER_OPERATIONS, response: HEADER_OPERATIONS };

export const HTTP_MATCH: Shape = {
  name: 'empty',
  uri: STRING_MATCH,
  scheme: STRING_MATCH,
  method: STRING_MATCH,
  authority: STRING_MATCH,
  headers: ['map', STRING_MATCH],
  port: 'empty',
  sourceLabels: 'empty',
  gateways: 'empty',
  queryParams: ['map', STRING_MATCH],
  ignoreUriCase: 'empty',
  withoutHeaders: ['map', STRING_MATCH],
  sourceNamespace: 'empty',
};

export const RETRIES: Shape = { attempts: ['always', 0], perTryTimeout: 'empty', retryOn: 'empty' };

export const REWRITE: Shape = { uri: 'empty', authority: 'empty' };

export const CORS_POLICY: Shape = {
  allowOrigin: 'empty',
  allowOrigins: ['list', STRING_MATCH],
  allowMethods: 'empty',
  allowHeaders: 'empty',
  exposeHeaders: 'empty',
  maxAge: 'empty',
  allowCredentials: 'empty',
};

const LOAD_BALANCER: Shape = {
  simple: 'empty',
  consistentHash: {
    httpHeaderName: 'empty',
    httpCookie: { name: ['always', ''], path: 'empty', ttl: ['always', ''] },
    useSourceIp: 'empty',
    minimumRingSize: 'empty',
  },
  localityLbSetting: {
    distribute: ['list', { from: 'empty', to: 'empty' }],
    failover: ['list', { from: 'empty', to: 'empty' }],
    failover_priority: 'empty',
    enabled: 'empty',
  },
  warmupDurationSecs: 'empty',
};

const OUTLIER_DETECTION: Shape = {
  consecutiveErrors: 'empty',
  consecutiveGatewayErrors: 'pointer',
  consecutive5xxErrors: 'pointer',
  splitExternalLocalOriginErrors: 'empty',
  consecutiveLocalOriginFailures: 'pointer',
  interval: 'empty',
  baseEjectionTime: 'empty',
  maxEjectionPercent: 'empty',
  minHealthPercent: 'empty',
};

const CONNECTION_POOL: Shape = {
  tcp: { maxConnections: 'empty', connectTimeout: 'empty' },
  http: {
    h2UpgradePolicy: 'empty',
    http1MaxPendingRequests: 'empty',
    http2MaxRequests: 'empty',
    maxRequestsPerConnection: 'empty',
    maxRetries: 'empty',
    idleTimeout: 'empty',
  },
};

const TLS: Shape = {
  mode: ['always', ''],
  clientCertificate: 'empty',
  privateKey: 'empty',
  caCertificates: 'empty',
  subjectAltNames: 'empty',
  sni: 'empty',
};

const PORT_POLICY: Shape = {
  loadBalancer: LOAD_BALANCER,
  connectionPool: CONNECTION_POOL,
  outlierDetection: OUTLIER_DETECTION,
  tls: TLS,
};

export const TRAFFIC_POLICY: Shape = {
  ...PORT_POLICY,
  portLevelSettings: ['list', { ...PORT_POLICY, port: ['always', {}] }],
};

const DESTINATION: Shape = {
  host: ['always', ''],
  subset: 'empty',
  port: { number: 'empty', name: 'empty' },
};

const ROUTE_DESTINATION: Shape = { destination: DESTINATION, weight: ['always', 0], headers: HEADERS };

/** A VirtualService that somebody else has written, as Flagger reads and remembers it: without delegates, for one. */
export const VIRTUAL_SERVICE: Shape = {
  hosts: ['always', null],
  gateways: 'empty',
  http: [
    'list',
    {
      name: 'empty',
      match: ['list', HTTP_MATCH],
      route: ['list', ROUTE_DESTINATION],
      redirect: { uri: 'empty', authority: 'empty' },
      rewrite: REWRITE,
      timeout: 'empty',
      retries: RETRIES,
      fault: {
        delay: { percent: 'empty', fixedDelay: ['always', ''], exponentialDelay: 'empty' },
        abort: { percent: 'empty', httpStatus: ['always', 0] },
      },
      mirror: DESTINATION,
      mirrorPercentage: { value: 'empty' },
      corsPolicy: CORS_POLICY,
      headers: HEADERS,
    },
  ],
  tcp: [
    'list',
    {
      match: [
        'list',
        { destinationSubnet: 'empty', port: 'empty', sourceSubnet: 'empty', sourceLabel: 'empty', gateways: 'empty' },
      ],
      route: ['list', ROUTE_DESTINATION],
    },
  ],
};

/** autoscaling/v2's behaviour comes from Kubernetes' own types, and nothing of it is lost. */
export const SCALED_OBJECT: Shape = {
  scaleTargetRef: { name: ['always', ''], apiVersion: 'empty', kind: 'empty', envSourceContainerName: 'empty' },
  pollingInterval: 'pointer',
  cooldownPeriod: 'pointer',
  idleReplicaCount: 'pointer',
  minReplicaCount: 'pointer',
  maxReplicaCount: 'pointer',
  advanced: {
    horizontalPodAutoscalerConfig: { name: 'empty', behavior: 'pointer' },
    restoreToOriginalReplicaCount: 'empty',
  },
  triggers: [
    'list',
    {
      type: ['always', ''],
      name: 'empty',
      metadata: ['always', null],
      authenticationRef: { name: ['always', ''], kind: 'empty' },
      metricType: 'empty',
    },
  ],
  fallback: { failureThreshold: ['always', 0], replicas: ['always', 0] },
};

function isEmpty(value: unknown): boolean {
  return (
    value === undefined ||
    value === null ||
    value === 0 ||
    value === '' ||
    value === false ||
    (typeof value === 'object' && Object.keys(value).length === 0)
  );
}

/** What is left of a value after a way through Flagger's types. */
export function carried<T>(value: T, shape: Shape): T {
  if (value === undefined || value === null) {
    return value;
  }
  const given = value as Record<string, unknown>;
  const entries = Object.entries(shape).flatMap(([field, kind]) => {
    const left = fieldCarried(given[field], kind);
    return left === undefined ? [] : [[field, left] as const];
  });
  return Object.fromEntries(entries) as T;
}

function fieldCarried(given: unknown, kind: Field): unknown {
  if (kind === 'empty') {
    return isEmpty(given) ? undefined : given;
  }
  if (kind === 'pointer') {
    return given ?? undefined;
  }
  if (!isTuple(kind)) {
    return given === undefined || given === null ? undefined : carried(given, kind);
  }
  switch (kind[0]) {
    case 'always':
      return given ?? kind[1];
    case 'list':
      return isEmpty(given) ? undefined : (given as unknown[]).map((one) => carried(one, kind[1]));
    case 'map':
      return isEmpty(given)
        ? undefined
        : Object.fromEntries(Object.entries(given as object).map(([key, one]) => [key, carried(one as unknown, kind[1])]));
  }
}

function isTuple(kind: Shape | Extract<Field, readonly unknown[]>): kind is Extract<Field, readonly unknown[]> {
  return Array.isArray(kind);
}

/** Has it a list or map without entries? Flagger's comparison takes that for a difference from none, on every tick anew. */
export function hasEmptyCollection(value: unknown, shape: Shape): boolean {
  if (typeof value !== 'object' || value === null) {
    return false;
  }
  return Object.entries(shape).some(([field, kind]) => {
    const given = (value as Record<string, unknown>)[field];
    if (typeof given !== 'object' || given === null || kind === 'pointer') {
      return false;
    }
    const structural = typeof kind === 'string' || isTuple(kind);
    if (structural && Object.keys(given).length === 0) {
      return true;
    }
    if (typeof kind === 'string') {
      return false;
    }
    return isTuple(kind)
      ? kind[0] !== 'always' && Object.values(given).some((one) => hasEmptyCollection(one, kind[1]))
      : hasEmptyCollection(given, kind);
  });
}

/** Paths of what a value says and Flagger does not pass on. */
export function lost(value: unknown, shape: Shape, path: string): string[] {
  return diff(value, carried(value, shape), path);
}

function diff(given: unknown, left: unknown, path: string): string[] {
  if (given === undefined || given === null) {
    return [];
  }
  if (left === undefined) {
    return typeof given === 'object' && Object.keys(given).length === 0 ? [] : [`${path}: ${JSON.stringify(given)}`];
  }
  if (typeof given !== 'object') {
    return [];
  }
  return Object.entries(given).flatMap(([key, one]) =>
    diff(one, (left as Record<string, unknown>)[key], Array.isArray(given) ? `${path}[${key}]` : `${path}.${key}`),
  );
}
