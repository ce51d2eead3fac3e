import { BankingService, Health, ServiceTier, ZeroTrustNamespace } from 'cdk8s-banking';
import { bodies } from './render';

/** A critical service with one caller and nothing else said: what all the defaults come to. */
let body: ReturnType<typeof bodies>;
beforeAll(() => {
  body = bodies((chart) => {
    const namespace = new ZeroTrustNamespace(chart, 'namespace', { name: 'banking' });
    const image = 'registry.example.com/ledger:4.2.0';
    const ledger = new BankingService(chart, 'ledger', {
      namespace,
      image,
      port: 8080,
      tier: ServiceTier.CRITICAL,
      health: Health.springBootActuator(),
    });
    const payments = new BankingService(chart, 'payments', { namespace, image, port: 8081 });
    ledger.allowFrom(payments, { methods: ['POST'], paths: ['/api/v1/entries'] });
  });
});

describe('BankingService renders', () => {
  test('its Deployment', () =>
    expect(body('Deployment', 'ledger')).toMatchInlineSnapshot(`
      "
      spec:
        minReadySeconds: 10
        progressDeadlineSeconds: 600
        selector:
          matchLabels:
            app: ledger
        strategy:
          rollingUpdate:
            maxSurge: 1
            maxUnavailable: 0
          type: RollingUpdate
        template:
          metadata:
            annotations:
              prometheus.io/path: /actuator/prometheus
              prometheus.io/port: "8080"
              prometheus.io/scrape: "true"
              proxy.istio.io/config: |
                holdApplicationUntilProxyStarts: true
                terminationDrainDuration: 45s
                tracingServiceName: CANONICAL_NAME_AND_NAMESPACE
            labels:
              app: ledger
              app.kubernetes.io/managed-by: cdk8s-banking
              app.kubernetes.io/name: ledger
              app.kubernetes.io/part-of: banking
              banking.workload/name: ledger
              service.istio.io/canonical-name: ledger
              service.istio.io/canonical-revision: 4.2.0
              version: 4.2.0
          spec:
            automountServiceAccountToken: false
            containers:
              - image: registry.example.com/ledger:4.2.0
                imagePullPolicy: Always
                lifecycle:
                  preStop:
                    sleep:
                      seconds: 15
                livenessProbe:
                  failureThreshold: 3
                  httpGet:
                    path: /actuator/health/liveness
                    port: 8080
                  periodSeconds: 30
                  timeoutSeconds: 10
                name: ledger
                ports:
                  - containerPort: 8080
                    name: http
                    protocol: TCP
                readinessProbe:
                  failureThreshold: 3
                  httpGet:
                    path: /actuator/health/readiness
                    port: 8080
                  periodSeconds: 10
                  timeoutSeconds: 5
                resources:
                  limits:
                    cpu: "1"
                    ephemeral-storage: 1Gi
                    memory: 2Gi
                  requests:
                    cpu: 500m
                    ephemeral-storage: 1Gi
                    memory: 1Gi
                securityContext:
                  allowPrivilegeEscalation: false
                  capabilities:
                    drop:
                      - ALL
                  readOnlyRootFilesystem: true
                  runAsGroup: 10001
                  runAsNonRoot: true
                  runAsUser: 10001
                startupProbe:
                  failureThreshold: 12
                  httpGet:
                    path: /actuator/health/liveness
                    port: 8080
                  initialDelaySeconds: 30
                  periodSeconds: 10
                  timeoutSeconds: 5
                volumeMounts:
                  - mountPath: /tmp
                    name: tmp
            enableServiceLinks: false
            priorityClassName: banking-critical
            securityContext:
              fsGroup: 10001
              fsGroupChangePolicy: OnRootMismatch
              runAsGroup: 10001
              runAsNonRoot: true
              runAsUser: 10001
              seccompProfile:
                type: RuntimeDefault
            serviceAccountName: ledger
            terminationGracePeriodSeconds: 55
            topologySpreadConstraints:
              - labelSelector:
                  matchLabels:
                    app: ledger
                matchLabelKeys:
                  - pod-template-hash
                maxSkew: 1
                nodeTaintsPolicy: Honor
                topologyKey: topology.kubernetes.io/zone
                whenUnsatisfiable: DoNotSchedule
              - labelSelector:
                  matchLabels:
                    app: ledger
                matchLabelKeys:
                  - pod-template-hash
                maxSkew: 1
                topologyKey: kubernetes.io/hostname
                whenUnsatisfiable: ScheduleAnyway
            volumes:
              - emptyDir: {}
                name: tmp
      "
    `));
  test('its HorizontalPodAutoscaler', () =>
    expect(body('HorizontalPodAutoscaler', 'ledger')).toMatchInlineSnapshot(`
      "
      spec:
        behavior:
          scaleDown:
            policies:
              - periodSeconds: 60
                type: Percent
                value: 10
            stabilizationWindowSeconds: 300
          scaleUp:
            policies:
              - periodSeconds: 60
                type: Percent
                value: 50
            stabilizationWindowSeconds: 60
        maxReplicas: 10
        metrics:
          - containerResource:
              container: ledger
              name: cpu
              target:
                averageUtilization: 70
                type: Utilization
            type: ContainerResource
        minReplicas: 3
        scaleTargetRef:
          apiVersion: apps/v1
          kind: Deployment
          name: ledger
      "
    `));
  test('its PodDisruptionBudget', () =>
    expect(body('PodDisruptionBudget', 'ledger')).toMatchInlineSnapshot(`
      "
      spec:
        maxUnavailable: 1
        selector:
          matchLabels:
            banking.workload/name: ledger
        unhealthyPodEvictionPolicy: AlwaysAllow
      "
    `));
  test('its Service', () =>
    expect(body('Service', 'ledger')).toMatchInlineSnapshot(`
      "
      spec:
        ports:
          - appProtocol: http
            name: http
            port: 8080
            protocol: TCP
            targetPort: 8080
        selector:
          banking.workload/name: ledger
        type: ClusterIP
      "
    `));
  test('its ServiceAccount', () =>
    expect(body('ServiceAccount', 'ledger')).toMatchInlineSnapshot(`
      "
      automountServiceAccountToken: false
      "
    `));
  test('its VirtualService', () =>
    expect(body('VirtualService', 'ledger')).toMatchInlineSnapshot(`
      "
      spec:
        hosts:
          - ledger.banking.svc.cluster.local
        http:
          - match:
              - method:
                  regex: GET|HEAD|OPTIONS
            retries:
              attempts: 3
              perTryTimeout: 2s
              retryOn: connect-failure,refused-stream,gateway-error
              retryRemoteLocalities: true
            route:
              - destination:
                  host: ledger.banking.svc.cluster.local
                  port:
                    number: 8080
            timeout: 10s
          - retries:
              attempts: 3
              retryOn: connect-failure,refused-stream
              retryRemoteLocalities: true
            route:
              - destination:
                  host: ledger.banking.svc.cluster.local
                  port:
                    number: 8080
            timeout: 10s
      "
    `));
  test('its DestinationRule', () =>
    expect(body('DestinationRule', 'ledger')).toMatchInlineSnapshot(`
      "
      spec:
        host: ledger.banking.svc.cluster.local
        trafficPolicy:
          connectionPool:
            http:
              http1MaxPendingRequests: 100
              http2MaxRequests: 1000
            tcp:
              connectTimeout: 2s
              maxConnections: 100
          loadBalancer:
            localityLbSetting:
              enabled: false
            simple: LEAST_REQUEST
          outlierDetection:
            baseEjectionTime: 30s
            consecutive5xxErrors: 5
            interval: 30s
            maxEjectionPercent: 50
            minHealthPercent: 30
      "
    `));
  test('its PriorityClass', () =>
    expect(body('PriorityClass', 'banking-critical')).toMatchInlineSnapshot(`
      "
      description: Critical services of namespace banking.
      preemptionPolicy: PreemptLowerPriority
      value: 1000000
      "
    `));
  test('the ingress that its edge opens', () =>
    expect(body('NetworkPolicy', 'ledger')).toMatchInlineSnapshot(`
      "
      spec:
        ingress:
          - from:
              - namespaceSelector:
                  matchLabels:
                    kubernetes.io/metadata.name: banking
                podSelector:
                  matchLabels:
                    banking.workload/name: payments
            ports:
              - port: 8080
                protocol: TCP
        podSelector:
          matchLabels:
            banking.workload/name: ledger
        policyTypes:
          - Ingress
      "
    `));
  test('the egress that its edge opens', () =>
    expect(body('NetworkPolicy', 'payments')).toMatchInlineSnapshot(`
      "
      spec:
        egress:
          - ports:
              - port: 8080
                protocol: TCP
            to:
              - namespaceSelector:
                  matchLabels:
                    kubernetes.io/metadata.name: banking
                podSelector:
                  matchLabels:
                    banking.workload/name: ledger
        podSelector:
          matchLabels:
            banking.workload/name: payments
        policyTypes:
          - Egress
      "
    `));
  test('the request that its edge allows', () =>
    expect(body('AuthorizationPolicy', 'ledger')).toMatchInlineSnapshot(`
      "
      spec:
        rules:
          - from:
              - source:
                  principals:
                    - cluster.local/ns/banking/sa/payments
            to:
              - operation:
                  methods:
                    - POST
                  paths:
                    - /api/v1/entries
                  ports:
                    - "8080"
        selector:
          matchLabels:
            banking.workload/name: ledger
      "
    `));
  test('the host that its edge makes known', () =>
    expect(body('Sidecar', 'payments')).toMatchInlineSnapshot(`
      "
      spec:
        egress:
          - hosts:
              - banking/ledger.banking.svc.cluster.local
        outboundTrafficPolicy:
          mode: REGISTRY_ONLY
        workloadSelector:
          labels:
            banking.workload/name: payments
      "
    `));
});
