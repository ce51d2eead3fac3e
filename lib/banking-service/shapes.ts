import { SECRET_KEY } from '../contracts/secret-key';
import {
  ANYTHING,
  DURATION,
  FLAG,
  LITERAL,
  NUMBER,
  PARSED,
  TEXT,
  listOf,
  madeBy,
  mapOf,
  oneOf,
  propsOf,
  type Shape,
  type Shapes,
  withMethods,
} from '../kernel/shape';
import { Exposure } from '../traffic/exposure';
import { TRAFFIC } from '../traffic/model';
import { NAMESPACE_OF } from '../zero-trust/existing-workload';
import { MTLS_EXCEPTION } from '../zero-trust/mtls';
import { PORT, PROTOCOL } from '../zero-trust/ports';
import { CONFIGURATION, type SecretFiles } from './configuration';
import { Health } from './health';
import { PLACEMENT } from './placement';
import { Priority } from './priority';
import type { AvailabilityProps, BankingServiceProps, ResourcesProps, SecurityProps } from './props';
import { Scaling } from './scaling';
import { SHUTDOWN } from './shutdown';
import { ServiceTier } from './tiers';

export const RESOURCES: Shape = propsOf<ResourcesProps>({
  requests: propsOf({ cpu: LITERAL, memory: LITERAL }),
  limits: propsOf({ cpu: LITERAL, memory: LITERAL }),
  ephemeralStorage: LITERAL,
});

export const SECURITY: Shape = propsOf<SecurityProps>({ user: NUMBER, group: NUMBER, writablePaths: listOf(ANYTHING) });

const AVAILABILITY: Shape = propsOf<AvailabilityProps>({
  maxUnavailable: NUMBER,
  minAvailable: NUMBER,
  minReady: DURATION,
  progressDeadline: DURATION,
  zoneSpread: oneOf('DoNotSchedule', 'ScheduleAnyway'),
});

/** What `BankingServiceProps` may hold. */
export const SERVICE: Shapes<BankingServiceProps> = {
  namespace: NAMESPACE_OF,
  name: PARSED,
  image: ANYTHING,
  imagePullPolicy: oneOf('Always', 'IfNotPresent'),
  imagePullSecrets: listOf(ANYTHING),
  port: ANYTHING,
  protocol: PROTOCOL,
  servicePort: PARSED,
  ports: listOf(PORT),
  version: TEXT,
  tier: oneOf(...Object.values(ServiceTier)),
  health: madeBy(Health, 'Health.healthz(), Health.springBootActuator() or Health.of({ … })'),
  resources: RESOURCES,
  scaling: madeBy(Scaling, 'Scaling.horizontal({ … }), Scaling.keda({ … }) or Scaling.fixed(n)'),
  shutdown: SHUTDOWN,
  security: SECURITY,
  availability: AVAILABILITY,
  priority: madeBy(Priority, 'Priority.ofTier({ … }), Priority.existing("…") or Priority.none()'),
  placement: PLACEMENT,
  configuration: CONFIGURATION,
  secretEnv: mapOf(SECRET_KEY),
  secretFiles: listOf(propsOf<SecretFiles>({ secret: ANYTHING, path: ANYTHING })),
  args: listOf(TEXT),
  command: listOf(TEXT),
  traffic: TRAFFIC,
  exposure: madeBy(Exposure, 'Exposure.clusterIp() or one of its sisters'),
  release: withMethods('Release.rolling() or one of its sisters', 'validate', 'bind'),
  mtlsExceptions: listOf(MTLS_EXCEPTION),
  serviceAccountToken: FLAG,
  serviceAccountAnnotations: mapOf(TEXT),
  labels: mapOf(TEXT),
  podAnnotations: mapOf(TEXT),
};
