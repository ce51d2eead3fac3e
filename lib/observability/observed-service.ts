import { BankingService } from '../banking-service/banking-service';
import { isHttp } from '../contracts/port';
import { Problems, called } from '../kernel/errors';
import {
  FLAG,
  LITERAL,
  PARSED,
  TEXT,
  type Shape,
  type Shapes,
  either,
  fitProps,
  listOf,
  madeBy,
  mapOf,
  needed,
  propsOf,
} from '../kernel/shape';
import type { PlatformModel } from '../platform/model';
import { Platform } from '../platform/platform';
import { bankingServiceFacts, declares } from './banking-service-facts';
import { type Scraped, scrapedByNames, scrapedOf } from './monitors/scraped';
import { OBJECTIVE_PROPS, Objective, type ObjectiveProps } from './objective/objective';
import type { ObservedFacts } from './observed-facts';
import { type ServiceNames, nameProblems, partsOf } from './service-names';

export interface ObservedServiceOptions {
  /** What is promised of it. @default - the stack's */
  readonly objective?: Objective | ObjectiveProps;
}

export interface ObservedServiceProps extends ServiceNames, ObservedServiceOptions {
  /** @default - the stack's */
  readonly platform?: Platform;
  /** Whether it answers HTTP or gRPC. Otherwise its connections are watched, and nothing can be promised. @default true */
  readonly takesRequests?: boolean;
  /** Whether it takes mutual TLS only, so that a request in plain text is an alarm. @default false */
  readonly strictMtls?: boolean;
  /** Whether its proxies say which hosts they have ejected: see ENVOY_STATS_ANNOTATION. @default false */
  readonly reportsEjections?: boolean;
}

export const PLATFORM = madeBy(Platform, 'new Platform({ … })');

/** An objective, or what makes one. */
export const OBJECTIVE: Shape = either(madeBy(Objective, 'Objective.of({ … })'), propsOf(OBJECTIVE_PROPS));

const NAMES = listOf(LITERAL);
const PROPS: Shapes<ObservedServiceProps> = {
  name: PARSED,
  namespace: PARSED,
  deployments: NAMES,
  services: NAMES,
  autoscalers: NAMES,
  disruptionBudgets: NAMES,
  podLabels: mapOf(TEXT),
  canary: PARSED,
  objective: OBJECTIVE,
  platform: PLATFORM,
  takesRequests: FLAG,
  strictMtls: FLAG,
  reportsEjections: FLAG,
};

const SERVICE = madeBy(BankingService, 'new BankingService(chart, id, { … })');

/** What is known of a service as soon as it is named. */
interface Head {
  readonly name: string;
  readonly namespace: string;
  /** Undefined: the stack's. */
  readonly platform?: PlatformModel;
  readonly takesRequests: boolean;
  /** Whether Flagger releases it. */
  readonly isCanary: boolean;
  readonly scraped: Scraped;
}

/** A service to watch: a BankingService with an objective of its own, or one that this library did not make. */
export class ObservedService {
  /** A BankingService. What it consists of is read from what it declares. @throws ConfigError */
  static from(service: BankingService, options: ObservedServiceOptions = {}): ObservedService {
    const problems = new Problems('ObservedService.from');
    const { objective } = fitProps(options, { objective: OBJECTIVE }, problems);
    needed(service, SERVICE, problems, 'service');
    problems.throwIfAny();
    const { name, ports } = service.model;
    const { name: namespace, platform } = service.namespace;
    const head: Head = {
      name,
      namespace,
      platform,
      takesRequests: ports.some(({ protocol }) => isHttp(protocol)),
      isCanary: declares(service, 'Canary'),
      scraped: scrapedOf(service),
    };
    return new ObservedService(head, objective, () => bankingServiceFacts(service));
  }

  /** A service that something else made, by the names of its parts. @throws ConfigError that lists every problem */
  static of(given: ObservedServiceProps): ObservedService {
    const problems = new Problems(called('observed service', given?.name));
    const props = fitProps(given, PROPS, problems);
    nameProblems(props, problems);
    problems.throwIfAny();
    const { name, namespace, takesRequests = true } = props;
    const own = props.platform?.model;
    const head: Head = {
      name,
      namespace,
      platform: own,
      takesRequests,
      isCanary: props.canary !== undefined,
      scraped: scrapedByNames(props),
    };
    return new ObservedService(head, props.objective, (platform) => ({
      name,
      namespace,
      platform: own ?? platform,
      takesRequests,
      ...partsOf(props),
      strictMtls: props.strictMtls ?? false,
      reportsEjections: props.reportsEjections ?? false,
    }));
  }

  /** What is promised of it, where that is not what is promised of the whole stack. */
  readonly objective?: Objective;

  private constructor(
    /** @internal */
    readonly head: Head,
    objective: Objective | ObjectiveProps | undefined,
    private readonly read: (platform: PlatformModel) => ObservedFacts,
  ) {
    if (objective) {
      const problems = new Problems(head.name);
      problems.check(head.takesRequests, 'it answers no requests, so nothing can be promised of them; leave it out', 'objective');
      problems.throwIfAny();
      this.objective = asObjective(objective);
    }
    Object.freeze(this);
  }

  /**
   * All of it, complete once everything is declared.
   * @internal
   */
  facts(platform: PlatformModel): ObservedFacts {
    return this.read(platform);
  }
}

/** @throws ConfigError that lists every problem of the props */
export function asObjective(objective: Objective | ObjectiveProps): Objective {
  return objective instanceof Objective ? objective : Objective.of(objective);
}
