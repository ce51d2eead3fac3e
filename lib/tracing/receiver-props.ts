import { RESOURCES } from '../banking-service/shapes';
import { ANYTHING, PARSED, listOf } from '../kernel/shape';
import type { ZeroTrustNamespace } from '../zero-trust/zero-trust-namespace';

/** What every receiver of spans needs. */
export interface ReceiverProps {
  /** The namespace that it lives in. */
  readonly namespace: ZeroTrustNamespace;
  /** Name of the workload and of its objects. @default - the construct id */
  readonly name?: string;
  /** Secrets with credentials for the registry. @default - none */
  readonly imagePullSecrets?: readonly string[];
}

/** The kinds of what every receiver takes. Judged where the workload is made. */
export const RECEIVER = {
  namespace: ANYTHING,
  name: PARSED,
  image: PARSED,
  imagePullSecrets: listOf(ANYTHING),
  resources: RESOURCES,
};
