import { Mtls, Platform, PodSecurity, Subject } from 'cdk8s-banking';
import { type WrongInput, home, js, namespace, payments, service } from '../wrong-input';

const named = (name: unknown) => home({ name: js(name) });
const until = (day: unknown, reason: unknown = 'The old mainframe still speaks plain text') => home({ mtls: Mtls.migrate({ until: js(day), reason: js(reason) }) });
const group = (name: unknown) => home({ access: { deployers: [Subject.group(js(name))] } });

export const namespaces: readonly WrongInput[] = [
  { kind: 'system namespace', what: 'Default deny would hit the cluster itself', build: named('kube-system'), message: '' },
  { kind: 'system namespace', what: 'Default deny would hit the namespace of those who name none', build: named('default'), message: '' },
  { kind: 'system namespace', what: 'Default deny would hit the mesh', build: named('istio-system'), message: '' },
  { kind: 'system namespace', what: 'Default deny would hit the gateway', build: named('istio-ingress'), message: '' },
  { kind: 'name', what: 'A namespace has an underscore', build: named('retail_banking'), message: '' },
  { kind: 'name too long', what: 'A namespace has 64 characters', build: named('n'.repeat(64)), message: '' },
  { kind: 'owned label', what: 'A label switches injection off', build: home({ labels: { 'istio-injection': 'disabled' } }), message: '' },
  { kind: 'owned label', what: 'A label lowers Pod Security', build: home({ labels: { 'pod-security.kubernetes.io/enforce': 'privileged' } }), message: '' },
  { kind: 'annotation', what: 'The key of an annotation has a blank', build: home({ annotations: { 'cost center': '4711' } }), message: '' },
  { kind: 'choice', what: 'A level of Pod Security is unknown', build: home({ podSecurity: js('strict') }), message: '' },
  {
    kind: 'Pod Security and istio-init',
    what: 'Pod Security refuses what the proxy needs',
    build: home({ platform: new Platform({ istio: { cni: false } }), podSecurity: PodSecurity.RESTRICTED }),
    message: '',
  },
  { kind: 'helper of another type', what: 'A platform is a map of its props', build: home({ platform: js({ kubernetes: '1.34' }) }), message: '' },
  { kind: 'helper of another type', what: 'A service lives in a namespace that is only named', build: service({ namespace: js('banking') }), message: '' },
  { kind: 'options left out', what: 'A service has no namespace', build: service({ namespace: js(undefined) }), message: '' },
  {
    kind: 'request above limit',
    what: 'Containers get more by default than they may use',
    build: home({
      containerDefaults: {
        requests: { cpu: '600m', memory: '128Mi', ephemeralStorage: '1Gi' },
        limits: { cpu: '500m', memory: '256Mi', ephemeralStorage: '1Gi' },
      },
    }),
    message: '',
  },
  { kind: 'memory', what: 'Container defaults have no memory', build: home({ containerDefaults: js({ requests: { cpu: '1' }, limits: {} }) }), message: '' },
];

export const quotas: readonly WrongInput[] = [
  { kind: 'quota', what: 'A quota is negative', build: home({ quota: { pods: -1 } }), message: '' },
  { kind: 'quota', what: 'A quota of pods is a string', build: home({ quota: { pods: js('10') } }), message: '' },
  { kind: 'quota', what: 'A quota of CPU is a number', build: home({ quota: { requestsCpu: js(4) } }), message: '' },
  {
    kind: 'quota too small',
    what: 'The pods of a service at full size do not fit',
    build: ({ chart }) => payments(chart, {}, namespace(chart, { quota: { pods: 10 } })),
    message: '',
  },
  {
    kind: 'quota too small',
    what: 'A service without CPU limit meets a quota on it',
    build: ({ chart }) => payments(chart, { resources: { limits: { cpu: 'none' } } }, namespace(chart, { quota: { limitsCpu: '10' } })),
    message: '',
  },
];

export const access: readonly WrongInput[] = [
  { kind: 'everybody', what: 'A role is given to everybody', build: group('system:authenticated'), message: '' },
  { kind: 'everybody', what: 'A role is given to all service accounts', build: group('system:serviceaccounts'), message: '' },
  { kind: 'everybody', what: 'A role is given to a wildcard', build: home({ access: { readers: [Subject.user('*')] } }), message: '' },
  { kind: 'subject', what: 'A group has no name', build: group(''), message: '' },
  { kind: 'subject', what: 'A group is a number', build: group(1001), message: '' },
  { kind: 'subject', what: 'A service account has no namespace', build: home({ access: { deployers: [Subject.serviceAccount(js(undefined), 'ci')] } }), message: '' },
  { kind: 'helper of another type', what: 'A subject is a string', build: home({ access: { readers: js(['developers']) } }), message: '' },
];

export const mtls: readonly WrongInput[] = [
  { kind: 'day', what: 'A migration has no end', build: until(undefined), message: '' },
  { kind: 'day', what: 'A migration ends on a day that is none', build: until('2027-02-30'), message: '' },
  { kind: 'day', what: 'A migration ends on the first of the fourth, or the fourth of the first', build: until('01/04/2027'), message: '' },
  { kind: 'reason', what: 'A migration has a reason that is too short', build: until('2027-03-31', 'legacy'), message: '' },
  { kind: 'reason', what: 'A migration has neither day nor reason', build: home({ mtls: Mtls.migrate(js(undefined)) }), message: '' },
  { kind: 'helper of another type', what: 'A mode is a string', build: home({ mtls: js('PERMISSIVE') }), message: '' },
  { kind: 'no such port', what: 'An exception names a port that is not there', build: service({ mtlsExceptions: [{ port: 9090, reason: 'Scraped by the old Nagios' }] }), message: '' },
  { kind: 'reason', what: 'An exception has no reason', build: service({ mtlsExceptions: js([{ port: 8080 }]) }), message: '' },
  { kind: 'choice', what: 'An exception has an unknown mode', build: service({ mtlsExceptions: [{ port: 8080, mode: js('OFF'), reason: 'Scraped by the old Nagios' }] }), message: '' },
];
