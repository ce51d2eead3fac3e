import { Subject, ZeroTrustNamespace } from 'cdk8s-banking';
import { bodies } from './render';

/** An empty namespace that one group may read. */
const body = bodies((chart) => {
  new ZeroTrustNamespace(chart, 'namespace', { name: 'banking', access: { readers: [Subject.group('auditors')] } });
});

describe('ZeroTrustNamespace renders', () => {
  test('PeerAuthentication', () =>
    expect(body('PeerAuthentication', 'default')).toMatchInlineSnapshot(`
      "
      spec:
        mtls:
          mode: STRICT
      "
    `));
  test('AuthorizationPolicy', () =>
    expect(body('AuthorizationPolicy', 'allow-nothing')).toMatchInlineSnapshot(`
      "
      spec: {}
      "
    `));
  test('NetworkPolicy', () =>
    expect(body('NetworkPolicy', 'default-deny')).toMatchInlineSnapshot(`
      "
      spec:
        egress:
          - ports:
              - port: 53
                protocol: UDP
              - port: 53
                protocol: TCP
            to:
              - namespaceSelector:
                  matchLabels:
                    kubernetes.io/metadata.name: kube-system
                podSelector:
                  matchLabels:
                    k8s-app: kube-dns
          - ports:
              - port: 15012
                protocol: TCP
            to:
              - namespaceSelector:
                  matchLabels:
                    kubernetes.io/metadata.name: istio-system
                podSelector:
                  matchLabels:
                    app: istiod
        ingress:
          - from:
              - namespaceSelector:
                  matchLabels:
                    kubernetes.io/metadata.name: monitoring
                podSelector:
                  matchLabels:
                    app.kubernetes.io/name: prometheus
            ports:
              - port: 15020
                protocol: TCP
        podSelector: {}
        policyTypes:
          - Ingress
          - Egress
      "
    `));
  test('Sidecar', () =>
    expect(body('Sidecar', 'default')).toMatchInlineSnapshot(`
      "
      spec:
        egress:
          - hosts:
              - ~/*
        outboundTrafficPolicy:
          mode: REGISTRY_ONLY
      "
    `));
  test('ServiceAccount', () =>
    expect(body('ServiceAccount', 'default')).toMatchInlineSnapshot(`
      "
      automountServiceAccountToken: false
      "
    `));
  test('ResourceQuota', () =>
    expect(body('ResourceQuota', 'quota')).toMatchInlineSnapshot(`
      "
      spec:
        hard:
          services.loadbalancers: "0"
          services.nodeports: "0"
      "
    `));
  test('LimitRange', () =>
    expect(body('LimitRange', 'container-defaults')).toMatchInlineSnapshot(`
      "
      spec:
        limits:
          - default:
              cpu: 500m
              ephemeral-storage: 1Gi
              memory: 256Mi
            defaultRequest:
              cpu: 100m
              ephemeral-storage: 128Mi
              memory: 128Mi
            type: Container
      "
    `));
  test('Role of readers', () =>
    expect(body('Role', 'reader')).toMatchInlineSnapshot(`
      "
      rules:
        - apiGroups:
            - ""
          resources:
            - events
            - pods
            - services
          verbs:
            - get
            - list
            - watch
        - apiGroups:
            - ""
          resources:
            - pods/log
          verbs:
            - get
        - apiGroups:
            - apps
          resources:
            - deployments
            - replicasets
          verbs:
            - get
            - list
            - watch
        - apiGroups:
            - autoscaling
          resources:
            - horizontalpodautoscalers
          verbs:
            - get
            - list
            - watch
        - apiGroups:
            - batch
          resources:
            - jobs
          verbs:
            - get
            - list
            - watch
        - apiGroups:
            - flagger.app
          resources:
            - canaries
          verbs:
            - get
            - list
            - watch
        - apiGroups:
            - policy
          resources:
            - poddisruptionbudgets
          verbs:
            - get
            - list
            - watch
      "
    `));
  test('RoleBinding of readers', () =>
    expect(body('RoleBinding', 'reader')).toMatchInlineSnapshot(`
      "
      roleRef:
        apiGroup: rbac.authorization.k8s.io
        kind: Role
        name: reader
      subjects:
        - apiGroup: rbac.authorization.k8s.io
          kind: Group
          name: auditors
      "
    `));
  test('Role of deployers', () =>
    expect(body('Role', 'deployer')).toMatchInlineSnapshot(`
      "
      rules:
        - apiGroups:
            - ""
          resources:
            - configmaps
            - serviceaccounts
            - services
          verbs:
            - create
            - delete
            - get
            - list
            - patch
            - update
            - watch
        - apiGroups:
            - ""
          resources:
            - events
            - pods
          verbs:
            - get
            - list
            - watch
        - apiGroups:
            - ""
          resources:
            - pods/log
          verbs:
            - get
        - apiGroups:
            - apps
          resources:
            - deployments
          verbs:
            - create
            - delete
            - get
            - list
            - patch
            - update
            - watch
        - apiGroups:
            - apps
          resources:
            - replicasets
          verbs:
            - get
            - list
            - watch
        - apiGroups:
            - autoscaling
          resources:
            - horizontalpodautoscalers
          verbs:
            - create
            - delete
            - get
            - list
            - patch
            - update
            - watch
        - apiGroups:
            - batch
          resources:
            - jobs
          verbs:
            - create
            - delete
            - get
            - list
            - patch
            - update
            - watch
        - apiGroups:
            - flagger.app
          resources:
            - alertproviders
            - canaries
            - metrictemplates
          verbs:
            - create
            - delete
            - get
            - list
            - patch
            - update
            - watch
        - apiGroups:
            - grafana.integreatly.org
          resources:
            - grafanadashboards
          verbs:
            - create
            - delete
            - get
            - list
            - patch
            - update
            - watch
        - apiGroups:
            - keda.sh
          resources:
            - scaledobjects
          verbs:
            - create
            - delete
            - get
            - list
            - patch
            - update
            - watch
        - apiGroups:
            - monitoring.coreos.com
          resources:
            - alertmanagerconfigs
            - podmonitors
            - prometheusrules
            - servicemonitors
          verbs:
            - create
            - delete
            - get
            - list
            - patch
            - update
            - watch
        - apiGroups:
            - networking.istio.io
          resources:
            - destinationrules
            - gateways
            - serviceentries
            - sidecars
            - virtualservices
          verbs:
            - create
            - delete
            - get
            - list
            - patch
            - update
            - watch
        - apiGroups:
            - networking.k8s.io
          resources:
            - ingresses
            - networkpolicies
          verbs:
            - create
            - delete
            - get
            - list
            - patch
            - update
            - watch
        - apiGroups:
            - policy
          resources:
            - poddisruptionbudgets
          verbs:
            - create
            - delete
            - get
            - list
            - patch
            - update
            - watch
        - apiGroups:
            - security.istio.io
          resources:
            - authorizationpolicies
          verbs:
            - create
            - delete
            - get
            - list
            - patch
            - update
            - watch
        - apiGroups:
            - telemetry.istio.io
          resources:
            - telemetries
          verbs:
            - create
            - delete
            - get
            - list
            - patch
            - update
            - watch
      "
    `));
});
