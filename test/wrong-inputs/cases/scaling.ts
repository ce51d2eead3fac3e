import { Duration } from 'cdk8s';
import { Release, Scaling, ServiceTier } from 'cdk8s-banking';
import { type WrongInput, js, service } from '../wrong-input';

const scaled = (scaling: Scaling) => service({ scaling });
const kafka = { type: 'kafka', metadata: { topic: 'payments' } };

export const scaling: readonly WrongInput[] = [
  {
    kind: 'min above max',
    what: 'The minimum is above the maximum',
    build: scaled(Scaling.horizontal({ min: 8, max: 5 })),
    message: 'payments.scaling: min 8 is above max 5; swap them, or raise max',
  },
  {
    kind: 'replicas',
    what: 'There are no replicas',
    build: scaled(Scaling.fixed(0)),
    message: 'payments.scaling: replicas 0 must be a whole number from 1 on',
  },
  {
    kind: 'replicas',
    what: 'There is half a replica',
    build: scaled(Scaling.horizontal({ min: 2.5 })),
    message: 'payments.scaling: min 2.5 must be a whole number from 1 on',
  },
  {
    kind: 'replicas',
    what: 'The number of replicas is left out',
    build: (site) => scaled(Scaling.fixed(js(undefined)))(site),
    message: 'Scaling.fixed.replicas: is missing; it must be a number',
  },
  {
    kind: 'critical and alone',
    what: 'A critical service has one pod',
    build: service({ tier: ServiceTier.CRITICAL, scaling: Scaling.fixed(1) }),
    message: 'payments.scaling: a critical service with 1 replica is down whenever its node is; use min: 2 or more',
  },
  {
    kind: 'percent',
    what: 'The CPU is aimed at above what is requested',
    build: scaled(Scaling.horizontal({ cpu: 170 })),
    message: 'payments.scaling: cpu 170 must be a whole number of percent from 1 to 100 of what is requested',
  },
  {
    kind: 'percent',
    what: 'The memory is a share of one',
    build: scaled(Scaling.horizontal({ memory: 0.8 })),
    message: 'payments.scaling: memory 0.8 must be a whole number of percent from 1 to 100 of what is requested',
  },
  {
    kind: 'percent',
    what: 'More than all pods may go',
    build: scaled(Scaling.horizontal({ downPercent: 101 })),
    message: 'payments.scaling: downPercent 101 must be a whole number of percent from 1 to 100',
  },
  {
    kind: 'no metric',
    what: 'Nothing is left to scale on',
    build: scaled(Scaling.horizontal({ cpu: undefined })),
    message: 'payments.scaling: has no metric left, so it would never scale; keep cpu, or use Scaling.fixed',
  },
  {
    kind: 'stabilization',
    what: 'Scaling down waits longer than the API takes',
    build: scaled(Scaling.horizontal({ downStabilization: Duration.hours(2) })),
    message: 'payments.scaling: downStabilization 7200 s must be a whole number of seconds from 0 to 3600',
  },
  {
    kind: 'trigger',
    what: 'KEDA has no trigger',
    build: scaled(Scaling.keda({ triggers: [] })),
    message: 'payments.scaling: keda needs at least one trigger; without one it would never scale',
  },
  {
    kind: 'trigger',
    what: 'A trigger has no metadata',
    build: scaled(Scaling.keda({ triggers: js([{ type: 'kafka' }]) })),
    message: 'payments.scaling: trigger "kafka" has no metadata; say what it asks for',
  },
  {
    kind: 'fallback',
    what: 'The fallback is below the minimum',
    build: scaled(Scaling.keda({ triggers: [kafka], min: 3, max: 9, fallback: { failureThreshold: 3, replicas: 2 } })),
    message: 'payments.scaling: fallback.replicas 2 must be a whole number from min 3 to max 9',
  },
  {
    kind: 'number of another type',
    what: 'A minimum is a string',
    build: () => Scaling.horizontal({ min: js('3') }),
    message: 'Scaling.horizontal.min: "3" must be a number',
  },
  {
    kind: 'helper of another type',
    what: 'Scaling is a number',
    build: service({ scaling: js(3) }),
    message: 'payments.scaling: 3 must be made with Scaling.horizontal({ … }), Scaling.keda({ … }) or Scaling.fixed(n)',
  },
  {
    kind: 'choice',
    what: 'A tier is unknown',
    build: service({ tier: js('gold') }),
    message: 'payments.tier: "gold" must be one of critical, standard, small',
  },
  {
    kind: 'choice',
    what: 'A tier is a name that every object has',
    build: service({ tier: js('constructor') }),
    message: 'payments.tier: "constructor" must be one of critical, standard, small',
  },
];

export const release: readonly WrongInput[] = [
  {
    kind: 'standstill',
    what: 'No pod may go and none may come',
    build: service({ release: Release.rolling({ maxSurge: 0 }) }),
    message: 'payments.release: maxUnavailable 0 and maxSurge 0 leave no way to replace a pod; set maxSurge: 1',
  },
  {
    kind: 'too few left',
    what: 'One of three pods may be missing',
    build: service({ release: Release.relaxed() }),
    message:
      'payments.release: maxUnavailable 1 of 3 replicas leaves 2 to carry the load; use maxUnavailable: 0, or at least 5 replicas',
  },
  {
    kind: 'replicas',
    what: 'A surge is negative',
    build: service({ release: Release.rolling({ maxSurge: -1 }) }),
    message: 'payments.release: maxSurge -1 must be a whole number from 0 on',
  },
  {
    kind: 'number of another type',
    what: 'A surge is a percentage',
    build: () => Release.rolling({ maxSurge: js('25%') }),
    message: 'Release.rolling.maxSurge: "25%" must be a number',
  },
  {
    kind: 'reason',
    what: 'Downtime has no reason',
    build: service({ release: Release.recreate(js(undefined)) }),
    message:
      "payments.release: Release.recreate stops the service at every release and needs a reason of at least ten characters, got nothing; write { acceptDowntime: 'why' }, or use Release.rolling()",
  },
  {
    kind: 'reason',
    what: 'Downtime has a reason that says nothing',
    build: service({ release: Release.recreate({ acceptDowntime: 'because' }) }),
    message:
      'payments.release: Release.recreate stops the service at every release and needs a reason of at least ten characters, got "because"; write { acceptDowntime: \'why\' }, or use Release.rolling()',
  },
  {
    kind: 'helper of another type',
    what: 'A release is a string',
    build: service({ release: js('rolling') }),
    message: 'payments.release: "rolling" must be made with Release.rolling() or one of its sisters',
  },
];
