import { Platform, PodSecurity } from 'cdk8s-banking';
import { type WrongInput, home, js, namespace, payments, service, several } from '../wrong-input';

const named = (name: unknown) => home({ name: js(name) });

export const namespaces: readonly WrongInput[] = [
  {
    kind: 'system namespace',
    what: 'Default deny would hit the cluster itself',
    build: named('kube-system'),
    message:
      'namespace "kube-system".name: "kube-system" belongs to the cluster, and default deny would cut it off; make a namespace for the application',
  },
  {
    kind: 'system namespace',
    what: 'Default deny would hit the namespace of those who name none',
    build: named('default'),
    message:
      'namespace "default".name: "default" belongs to the cluster, and default deny would cut it off; make a namespace for the application',
  },
  {
    kind: 'system namespace',
    what: 'Default deny would hit the mesh',
    build: named('istio-system'),
    message:
      'namespace "istio-system".name: "istio-system" belongs to the cluster, and default deny would cut it off; make a namespace for the application',
  },
  {
    kind: 'system namespace',
    what: 'Default deny would hit the gateway',
    build: named('istio-ingress'),
    message:
      'namespace "istio-ingress".name: "istio-ingress" belongs to the cluster, and default deny would cut it off; make a namespace for the application',
  },
  {
    kind: 'name',
    what: 'A namespace has an underscore',
    build: named('retail_banking'),
    message:
      'namespace "retail_banking".name: "retail_banking" is not a name that Kubernetes takes; use 1 to 63 lower-case letters, digits and "-", starting with a letter and not ending with "-"',
  },
  {
    kind: 'name too long',
    what: 'A namespace has 64 characters',
    build: named('n'.repeat(64)),
    message:
      'namespace "nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn".name: "nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn" is not a name that Kubernetes takes; use 1 to 63 lower-case letters, digits and "-", starting with a letter and not ending with "-"',
  },
  {
    kind: 'owned label',
    what: 'A label switches injection off',
    build: home({ labels: { 'istio-injection': 'disabled' } }),
    message:
      'namespace "banking".labels: istio-injection is set by this construct; use the prop for it (podSecurity, or the platform\'s istio.revision)',
  },
  {
    kind: 'owned label',
    what: 'A label lowers Pod Security',
    build: home({ labels: { 'pod-security.kubernetes.io/enforce': 'privileged' } }),
    message:
      'namespace "banking".labels: pod-security.kubernetes.io/enforce is set by this construct; use the prop for it (podSecurity, or the platform\'s istio.revision)',
  },
  {
    kind: 'annotation',
    what: 'The key of an annotation has a blank',
    build: home({ annotations: { 'cost center': '4711' } }),
    message:
      'namespace "banking".annotations: "cost center" is not an annotation key; use [prefix/]name with up to 63 characters',
  },
  {
    kind: 'choice',
    what: 'A level of Pod Security is unknown',
    build: home({ podSecurity: js('strict') }),
    message: 'namespace "banking".podSecurity: "strict" must be one of privileged, baseline, restricted',
  },
  {
    kind: 'Pod Security and istio-init',
    what: 'Pod Security refuses what the proxy needs',
    build: home({ platform: new Platform({ istio: { cni: false } }), podSecurity: PodSecurity.RESTRICTED }),
    message:
      'namespace "banking".podSecurity: restricted refuses istio-init, which the proxy needs where istio-cni is not installed; install istio-cni, or set PodSecurity.PRIVILEGED',
  },
  {
    kind: 'helper of another type',
    what: 'A platform is a map of its props',
    build: home({ platform: js({ kubernetes: '1.34' }) }),
    message: 'namespace "banking".platform: {"kubernetes":"1.34"} must be made with new Platform({ … })',
  },
  {
    kind: 'helper of another type',
    what: 'A service lives in a namespace that is only named',
    build: service({ namespace: js('banking') }),
    message: 'payments.namespace: "banking" must be made with new ZeroTrustNamespace(chart, id, { … })',
  },
  {
    kind: 'options left out',
    what: 'A service has no namespace',
    build: service({ namespace: js(undefined) }),
    message: 'payments.namespace: is missing; it must be made with new ZeroTrustNamespace(chart, id, { … })',
  },
  {
    kind: 'request above limit',
    what: 'Containers get more by default than they may use',
    build: home({
      containerDefaults: {
        requests: { cpu: '600m', memory: '128Mi', ephemeralStorage: '1Gi' },
        limits: { cpu: '500m', memory: '256Mi', ephemeralStorage: '1Gi' },
      },
    }),
    message:
      'namespace "banking".containerDefaults: cpu requests 600m exceed the limit of 500m; a container must request no more than it may use',
  },
  {
    kind: 'memory',
    what: 'Container defaults have no memory',
    build: home({ containerDefaults: js({ requests: { cpu: '1' }, limits: {} }) }),
    message: several(
      'namespace "banking".containerDefaults.requests.memory: nothing is not a quantity of bytes; write it like "512Mi" or "1Gi", in whole bytes and above zero',
      'namespace "banking".containerDefaults.limits.memory: nothing is not a quantity of bytes; write it like "512Mi" or "1Gi", in whole bytes and above zero',
      'namespace "banking".containerDefaults.requests.ephemeralStorage: nothing is not a quantity of bytes; write it like "512Mi" or "1Gi", in whole bytes and above zero',
      'namespace "banking".containerDefaults.limits.ephemeralStorage: nothing is not a quantity of bytes; write it like "512Mi" or "1Gi", in whole bytes and above zero',
    ),
  },
];

export const quotas: readonly WrongInput[] = [
  {
    kind: 'quota',
    what: 'A quota is negative',
    build: home({ quota: { pods: -1 } }),
    message: 'namespace "banking".quota: pods: -1 is not a count; use a whole number from 0 on',
  },
  {
    kind: 'quota',
    what: 'A quota of pods is a string',
    build: home({ quota: { pods: js('10') } }),
    message: 'namespace "banking".quota: pods: "10" is not a count; use a whole number from 0 on',
  },
  {
    kind: 'quota',
    what: 'A quota of CPU is a number',
    build: home({ quota: { requestsCpu: js(4) } }),
    message:
      'namespace "banking".quota: requestsCpu: 4 is not a CPU quantity; write it like "500m" or "1.5", in steps of 1m and above zero',
  },
  {
    kind: 'quota too small',
    what: 'The pods of a service at full size do not fit',
    build: ({ chart }) => payments(chart, {}, namespace(chart, { quota: { pods: 10 } })),
    message:
      'bank/namespace: namespace banking: quota: pods 10 is short by 12: at maximum scale with surge and proxies payments 22 = 22; raise pods to at least 22',
  },
  {
    kind: 'quota too small',
    what: 'A service without CPU limit meets a quota on it',
    build: ({ chart }) =>
      payments(chart, { resources: { limits: { cpu: 'none' } } }, namespace(chart, { quota: { limitsCpu: '10' } })),
    message:
      'bank/namespace: namespace banking: quota: limits.cpu 10 would refuse every pod of a workload without CPU limit; leave limitsCpu out',
  },
];
