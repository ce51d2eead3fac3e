import { Duration } from 'cdk8s';
import { Release, Scaling, ServiceTier } from 'cdk8s-banking';
import { type WrongInput, js, service } from '../wrong-input';

const scaled = (scaling: Scaling) => service({ scaling });
const kafka = { type: 'kafka', metadata: { topic: 'payments' } };

export const scaling: readonly WrongInput[] = [
  { kind: 'min above max', what: 'The minimum is above the maximum', build: scaled(Scaling.horizontal({ min: 8, max: 5 })), message: '' },
  { kind: 'replicas', what: 'There are no replicas', build: scaled(Scaling.fixed(0)), message: '' },
  { kind: 'replicas', what: 'There is half a replica', build: scaled(Scaling.horizontal({ min: 2.5 })), message: '' },
  { kind: 'replicas', what: 'The number of replicas is left out', build: (site) => scaled(Scaling.fixed(js(undefined)))(site), message: '' },
  { kind: 'critical and alone', what: 'A critical service has one pod', build: service({ tier: ServiceTier.CRITICAL, scaling: Scaling.fixed(1) }), message: '' },
  { kind: 'percent', what: 'The CPU is aimed at above what is requested', build: scaled(Scaling.horizontal({ cpu: 170 })), message: '' },
  { kind: 'percent', what: 'The memory is a share of one', build: scaled(Scaling.horizontal({ memory: 0.8 })), message: '' },
  { kind: 'percent', what: 'More than all pods may go', build: scaled(Scaling.horizontal({ downPercent: 101 })), message: '' },
  { kind: 'no metric', what: 'Nothing is left to scale on', build: scaled(Scaling.horizontal({ cpu: undefined })), message: '' },
  {
    kind: 'stabilization',
    what: 'Scaling down waits longer than the API takes',
    build: scaled(Scaling.horizontal({ downStabilization: Duration.hours(2) })),
    message: '',
  },
  { kind: 'trigger', what: 'KEDA has no trigger', build: scaled(Scaling.keda({ triggers: [] })), message: '' },
  { kind: 'trigger', what: 'A trigger has no metadata', build: scaled(Scaling.keda({ triggers: js([{ type: 'kafka' }]) })), message: '' },
  {
    kind: 'fallback',
    what: 'The fallback is below the minimum',
    build: scaled(Scaling.keda({ triggers: [kafka], min: 3, max: 9, fallback: { failureThreshold: 3, replicas: 2 } })),
    message: '',
  },
  { kind: 'number of another type', what: 'A minimum is a string', build: () => Scaling.horizontal({ min: js('3') }), message: '' },
  { kind: 'helper of another type', what: 'Scaling is a number', build: service({ scaling: js(3) }), message: '' },
  { kind: 'choice', what: 'A tier is unknown', build: service({ tier: js('gold') }), message: '' },
  { kind: 'choice', what: 'A tier is a name that every object has', build: service({ tier: js('constructor') }), message: '' },
];

export const release: readonly WrongInput[] = [
  { kind: 'standstill', what: 'No pod may go and none may come', build: service({ release: Release.rolling({ maxSurge: 0 }) }), message: '' },
  { kind: 'too few left', what: 'One of three pods may be missing', build: service({ release: Release.relaxed() }), message: '' },
  { kind: 'replicas', what: 'A surge is negative', build: service({ release: Release.rolling({ maxSurge: -1 }) }), message: '' },
  { kind: 'number of another type', what: 'A surge is a percentage', build: () => Release.rolling({ maxSurge: js('25%') }), message: '' },
  { kind: 'reason', what: 'Downtime has no reason', build: service({ release: Release.recreate(js(undefined)) }), message: '' },
  { kind: 'reason', what: 'Downtime has a reason that says nothing', build: service({ release: Release.recreate({ acceptDowntime: 'because' }) }), message: '' },
  { kind: 'helper of another type', what: 'A release is a string', build: service({ release: js('rolling') }), message: '' },
];
