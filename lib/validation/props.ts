import type { BankingService } from '../banking-service/banking-service';
import type { GitOpsTool } from '../jobs/delivery';
import type { JobProps } from '../jobs/props';

/** A service whose health is asked at another path than that of its readiness probe. */
export interface ValidatedService {
  readonly service: BankingService;
  /** A path that answers 2xx when the service is well. @default - that of its readiness probe */
  readonly path?: string;
  /** The Service's port, or its name. @default - the port that the readiness probe asks */
  readonly port?: number | string;
}

export interface DeploymentValidationProps extends JobProps {
  /** What must be there, and as declared. At least one, all in one namespace. */
  readonly services: readonly (BankingService | ValidatedService)[];
  /** Image with sh, kubectl, curl, and what every small Linux has (timeout, grep, date); with a digest, or a tag that never moves. */
  readonly image: string;
  /**
   * All the time that it may take.
   * @default 300 s, and as much more as Flagger may take for the slowest service that it releases
   */
  readonly timeout?: JobProps['timeout'];
  /** What applies the manifests. With Argo CD it is a PostSync hook: a sync that ends with less than was declared has failed. @default - it runs when it is applied */
  readonly gitOps?: GitOpsTool;
}
