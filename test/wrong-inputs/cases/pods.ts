import { Duration } from 'cdk8s';
import { Health, Priority, Scaling } from 'cdk8s-banking';
import { type WrongInput, js, service } from '../wrong-input';

const memory = (text: unknown) => service({ resources: { requests: { memory: js(text) } } });
const cpu = (text: unknown) => service({ resources: { requests: { cpu: js(text) } } });
const as = (security: object) => service({ security });
const available = (availability: object, scaling = Scaling.fixed(3)) => service({ availability, scaling });
const placed = (placement: object) => service({ placement });

export const resources: readonly WrongInput[] = [
  { kind: 'memory', what: 'Memory is in thousandths of a byte', build: memory('512m'), message: '' },
  { kind: 'memory', what: 'Memory has no unit', build: memory('512'), message: '' },
  { kind: 'memory', what: 'Memory is a number', build: memory(512), message: '' },
  { kind: 'memory', what: 'Memory is a unit alone', build: memory('Gi'), message: '' },
  { kind: 'memory', what: 'Memory is nothing', build: memory('0'), message: '' },
  { kind: 'memory', what: 'Memory is negative', build: memory('-1'), message: '' },
  { kind: 'memory', what: 'Memory has a unit in small letters', build: memory('1gi'), message: '' },
  { kind: 'cpu', what: 'CPU has an exponent', build: cpu('1e3'), message: '' },
  { kind: 'cpu', what: 'CPU is finer than a thousandth', build: cpu('1.0001'), message: '' },
  { kind: 'cpu', what: 'CPU is nothing', build: cpu('0m'), message: '' },
  { kind: 'cpu', what: 'CPU is a number', build: cpu(2), message: '' },
  { kind: 'cpu', what: 'CPU is null', build: cpu(null), message: '' },
  { kind: 'request above limit', what: 'More is requested than allowed', build: service({ resources: { requests: { cpu: '3', memory: '9Gi' } } }), message: '' },
  { kind: 'disk', what: 'Disk is a word', build: service({ resources: { ephemeralStorage: 'plenty' } }), message: '' },
];

export const security: readonly WrongInput[] = [
  { kind: "the proxy's user", what: 'A container runs as the proxy', build: as({ user: 1337 }), message: '' },
  { kind: 'root', what: 'A container runs as root', build: as({ user: 0, group: 0 }), message: '' },
  { kind: 'root', what: 'A user id is beyond what Linux has', build: as({ user: 2 ** 31 }), message: '' },
  { kind: 'number of another type', what: 'A user is a name', build: as({ user: 'payments' }), message: '' },
  { kind: 'mount path', what: 'A folder climbs', build: as({ writablePaths: ['/var/../etc'] }), message: '' },
  { kind: 'mount path', what: 'A folder is relative', build: as({ writablePaths: ['cache'] }), message: '' },
  { kind: 'mounted twice', what: 'The scratch folder is asked for again', build: as({ writablePaths: ['/tmp'] }), message: '' },
  {
    kind: 'annotation of the mesh',
    what: 'An annotation takes the pods out of the mesh',
    build: service({ podAnnotations: { 'sidecar.istio.io/inject': 'false' } }),
    message: '',
  },
  {
    kind: 'annotation of the mesh',
    what: 'An annotation would be lost behind our own',
    build: service({ podAnnotations: { 'prometheus.io/port': '9999' }, health: Health.springBootActuator() }),
    message: '',
  },
  { kind: 'annotation', what: 'The key of an annotation has a blank', build: service({ podAnnotations: { 'my key': 'x' } }), message: '' },
  { kind: 'text of another type', what: 'An annotation is a boolean', build: service({ serviceAccountAnnotations: { 'example.com/used': js(true) } }), message: '' },
  { kind: 'flag of another type', what: 'A token is asked for with a word', build: service({ serviceAccountToken: js('yes') }), message: '' },
];

export const availability: readonly WrongInput[] = [
  { kind: 'blocked drains', what: 'No pod may be drained', build: available({ maxUnavailable: 0 }), message: '' },
  { kind: 'blocked drains', what: 'All pods must stay', build: available({ minAvailable: 3 }), message: '' },
  { kind: 'blocked drains', what: 'The only pod must stay', build: available({ minAvailable: 1 }, Scaling.fixed(1)), message: '' },
  { kind: 'drain of all', what: 'A drain may take all pods', build: available({ maxUnavailable: 3 }), message: '' },
  { kind: 'two at once', what: 'A drain is limited in two ways', build: available({ maxUnavailable: 1, minAvailable: 2 }), message: '' },
  { kind: 'replicas', what: 'A negative number of pods may go', build: available({ maxUnavailable: -1 }), message: '' },
  { kind: 'number of another type', what: 'A share of the pods may go', build: available({ maxUnavailable: '25%' }), message: '' },
  { kind: 'deadline', what: 'A rollout is given up before a pod may be up', build: available({ progressDeadline: Duration.seconds(97) }), message: '' },
  { kind: 'fraction of a second', what: 'A pod must be ready for a moment', build: available({ minReady: Duration.millis(250) }), message: '' },
  { kind: 'choice', what: 'Pods are spread sometimes', build: available({ zoneSpread: 'Sometimes' }), message: '' },
  { kind: 'priority', what: 'A priority is as high as that of the cluster itself', build: service({ priority: Priority.ofTier({ value: 2_000_000_000 }) }), message: '' },
  { kind: 'priority', what: 'A priority class has no name', build: service({ priority: Priority.existing(js(undefined)) }), message: '' },
];

export const placement: readonly WrongInput[] = [
  {
    kind: 'no such node',
    what: 'A node must have two values for one label',
    build: placed({ nodeSelector: { pool: 'general' }, dedicatedPool: { key: 'pool', value: 'payments' } }),
    message: '',
  },
  {
    kind: 'no such node',
    what: 'A label must be there and must not',
    build: placed({ nodeSelector: { disk: 'ssd' }, nodeRequirements: [{ key: 'disk', operator: 'DoesNotExist' }] }),
    message: '',
  },
  {
    kind: 'node requirement',
    what: 'A condition names no values, twice over',
    build: placed({
      nodeRequirements: [
        { key: 'zone', operator: 'In' },
        { key: 'zone', operator: 'In', values: [] },
      ],
    }),
    message: '',
  },
  { kind: 'node requirement', what: 'A number is compared with a word', build: placed({ nodeRequirements: [{ key: 'cores', operator: 'Gt', values: ['many'] }] }), message: '' },
  { kind: 'choice', what: 'An operator is a sign', build: placed({ nodeRequirements: [{ key: 'cores', operator: '>', values: ['4'] }] }), message: '' },
  { kind: 'gpu', what: 'Half a GPU is asked for', build: placed({ gpu: { count: 0.5 } }), message: '' },
  { kind: 'near nobody', what: 'Pods stand near a name', build: placed({ near: ['ledger'] }), message: '' },
  { kind: 'name', what: 'The name of a scheduler has capitals', build: placed({ schedulerName: 'My Scheduler' }), message: '' },
];
