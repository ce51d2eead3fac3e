import { Duration } from 'cdk8s';
import { Priority, Scaling } from 'cdk8s-banking';
import { type WrongInput, js, service } from '../wrong-input';

const available = (availability: object, scaling = Scaling.fixed(3)) => service({ availability, scaling });
const placed = (placement: object) => service({ placement });

export const availability: readonly WrongInput[] = [
  {
    kind: 'blocked drains',
    what: 'No pod may be drained',
    build: available({ maxUnavailable: 0 }),
    message: 'payments.availability: maxUnavailable 0 blocks every drain, so that nodes can never be renewed; use 1 or more',
  },
  {
    kind: 'blocked drains',
    what: 'All pods must stay',
    build: available({ minAvailable: 3 }),
    message:
      'payments.availability: minAvailable 3 of at least 3 replicas blocks every drain; use at most 2, or maxUnavailable: 1',
  },
  {
    kind: 'blocked drains',
    what: 'The only pod must stay',
    build: available({ minAvailable: 1 }, Scaling.fixed(1)),
    message: 'payments.availability: minAvailable 1 of at least 1 replicas blocks every drain; use maxUnavailable: 1',
  },
  {
    kind: 'drain of all',
    what: 'A drain may take all pods',
    build: available({ maxUnavailable: 3 }),
    message: 'payments.availability: maxUnavailable 3 of at least 3 replicas lets a drain take all of them; use at most 2',
  },
  {
    kind: 'two at once',
    what: 'A drain is limited in two ways',
    build: available({ maxUnavailable: 1, minAvailable: 2 }),
    message: 'payments.availability: maxUnavailable and minAvailable can not both be set; keep maxUnavailable',
  },
  {
    kind: 'replicas',
    what: 'A negative number of pods may go',
    build: available({ maxUnavailable: -1 }),
    message: 'payments.availability: maxUnavailable -1 must be a whole number from 1 on',
  },
  {
    kind: 'number of another type',
    what: 'A share of the pods may go',
    build: available({ maxUnavailable: '25%' }),
    message: 'payments.availability.maxUnavailable: "25%" must be a number',
  },
  {
    kind: 'deadline',
    what: 'A rollout is given up before a pod may be up',
    build: available({ progressDeadline: Duration.seconds(97) }),
    message:
      'payments.availability: progressDeadline 97 s ends before a pod may be up: startup budget 120 + minReady 10 = 130 s; use more than 130 s',
  },
  {
    kind: 'fraction of a second',
    what: 'A pod must be ready for a moment',
    build: available({ minReady: Duration.millis(250) }),
    message: 'payments.availability: minReady 0.25 s must be a whole number of seconds from 0 on',
  },
  {
    kind: 'choice',
    what: 'Pods are spread sometimes',
    build: available({ zoneSpread: 'Sometimes' }),
    message: 'payments.availability.zoneSpread: "Sometimes" must be one of DoNotSchedule, ScheduleAnyway',
  },
  {
    kind: 'priority',
    what: 'A priority is as high as that of the cluster itself',
    build: service({ priority: Priority.ofTier({ value: 2_000_000_000 }) }),
    message: 'payments.priority: value 2000000000 must be a whole number from 1 to 1000000000',
  },
  {
    kind: 'priority',
    what: 'A priority class has no name',
    build: service({ priority: Priority.existing(js(undefined)) }),
    message:
      'payments.priority: "" is not a name that Kubernetes takes; use up to 253 lower-case letters, digits, "-" and ".", starting and ending with a letter or digit',
  },
];

export const placement: readonly WrongInput[] = [
  {
    kind: 'no such node',
    what: 'A node must have two values for one label',
    build: placed({ nodeSelector: { pool: 'general' }, dedicatedPool: { key: 'pool', value: 'payments' } }),
    message: "payments.placement: pool In [general] and pool In [payments] can't both hold, so no node would do; drop one",
  },
  {
    kind: 'no such node',
    what: 'A label must be there and must not',
    build: placed({ nodeSelector: { disk: 'ssd' }, nodeRequirements: [{ key: 'disk', operator: 'DoesNotExist' }] }),
    message: "payments.placement: disk In [ssd] and disk DoesNotExist can't both hold, so no node would do; drop one",
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
    message: 'payments.placement: zone In needs values; name them, or use Exists',
  },
  {
    kind: 'node requirement',
    what: 'A number is compared with a word',
    build: placed({ nodeRequirements: [{ key: 'cores', operator: 'Gt', values: ['many'] }] }),
    message: 'payments.placement: cores Gt needs one whole number, as in ["4"]',
  },
  {
    kind: 'choice',
    what: 'An operator is a sign',
    build: placed({ nodeRequirements: [{ key: 'cores', operator: '>', values: ['4'] }] }),
    message: 'payments.placement: cores has the operator ">"; use In, NotIn, Exists, DoesNotExist, Gt, Lt',
  },
  {
    kind: 'gpu',
    what: 'Half a GPU is asked for',
    build: placed({ gpu: { count: 0.5 } }),
    message: 'payments.placement: gpu.count 0.5 must be a whole number from 1 on',
  },
  {
    kind: 'near nobody',
    what: 'Pods stand near a name',
    build: placed({ near: ['ledger'] }),
    message: 'payments.placement.near[0]: "ledger" must be a BankingService or an ExistingWorkload',
  },
  {
    kind: 'near nobody',
    what: 'Pods stand near nothing at all',
    build: placed({ near: [null] }),
    message: 'payments.placement.near[0]: null must be a BankingService or an ExistingWorkload; leave it out',
  },
  {
    kind: 'name',
    what: 'The name of a scheduler has capitals',
    build: placed({ schedulerName: 'My Scheduler' }),
    message:
      'payments.placement.schedulerName: "My Scheduler" is not a name that Kubernetes takes; use up to 253 lower-case letters, digits, "-" and ".", starting and ending with a letter or digit',
  },
];
