import type { ICallee } from '../../../contracts/peer';
import { ConfigError, Problems, show } from '../../../kernel/errors';
import { FLAG, type Shape, type Shapes, fitProps, needed, oneOf } from '../../../kernel/shape';
import type { Guarded } from '../../../zero-trust/existing-workload';
import type { IWebhook, WebhookType } from '../contract';
import { type ILoadTester, LOAD_TESTER } from '../load-tester/load-tester';
import { ACCEPTANCE_TEST, type AcceptanceTestProps, acceptanceTest } from './acceptance-test';
import { COMMAND, type CommandProps, command } from './command';
import { type GateType, testerGate, urlGate } from './gate';
import { LOAD_TEST, type LoadTestProps } from './load-model';
import { loadTest } from './load-test';
import { CUSTOM, type CustomProps, SERVICE_CALL, type ServiceCallProps, custom, serviceCall } from './receivers';
import { GATE, type GateOptions } from './timing';

/** An approval. */
export interface ApprovalOptions extends GateOptions {
  /**
   * The answer, as it is committed: the release waits until it is `true`. The load tester then keeps nothing in memory, and Git
   * knows who agreed. @default - asked of the load tester, which somebody tells by a call
   */
  readonly approved?: boolean;
}

/** The way back. */
export interface RollbackOptions extends GateOptions {
  /** The answer, as it is committed: the release turns back once it is `true`. @default - asked of the load tester, which somebody tells by a call */
  readonly rollBack?: boolean;
}

const TYPES: readonly WebhookType[] = [
  'confirm-rollout',
  'pre-rollout',
  'rollout',
  'confirm-traffic-increase',
  'confirm-promotion',
  'post-rollout',
  'rollback',
  'event',
];

/**
 * Calls of Flagger that ask, test or tell. An answer of 200 to 202 is a yes; any other is a no, 204 included.
 * https://docs.flagger.app/usage/webhooks
 *
 * ```ts
 * webhooks: [
 *   Webhook.acceptanceTest(tester, { requests: [{ path: '/readyz' }, { path: '/api/v1/rates?currency=CHF' }] }),
 *   Webhook.loadTest(tester, { requestsPerSecond: 20, path: '/api/v1/rates' }),
 *   Webhook.confirmPromotion(tester),
 *   Webhook.rollback(tester),
 * ]
 * ```
 */
export class Webhook {
  /** Requests to the new version while it is analysed: hey for HTTP, ghz for gRPC. @throws ConfigError */
  static loadTest(tester: ILoadTester, props: LoadTestProps): IWebhook {
    return loadTest(tester, forTester('Webhook.loadTest', tester, props, LOAD_TEST, ['requestsPerSecond']));
  }

  /** Requests to the new version that must be answered as they should, before anybody else sends any. @throws ConfigError */
  static acceptanceTest(tester: ILoadTester, props: AcceptanceTestProps): IWebhook {
    return acceptanceTest(tester, forTester('Webhook.acceptanceTest', tester, props, ACCEPTANCE_TEST, ['requests']));
  }

  /** A program of the load tester's image, which Flagger waits for. @throws ConfigError */
  static command(tester: ILoadTester, props: CommandProps): IWebhook {
    return command(tester, forTester('Webhook.command', tester, props, COMMAND, ['command']));
  }

  /** Waits before the pods of the new version start. @param at a load tester, or the URL of what answers @throws ConfigError */
  static confirmRollout(at: ILoadTester | string, options: ApprovalOptions = {}): IWebhook {
    return approval('Webhook.confirmRollout', 'confirm-rollout', at, options);
  }

  /**
   * Waits before each step of the weights, and before the promotion. A release without weights never asks.
   * @param at a load tester, or the URL of what answers @throws ConfigError
   */
  static confirmTrafficIncrease(at: ILoadTester | string, options: ApprovalOptions = {}): IWebhook {
    return approval('Webhook.confirmTrafficIncrease', 'confirm-traffic-increase', at, options);
  }

  /** Waits before the promotion, while the checks go on. @param at a load tester, or the URL of what answers @throws ConfigError */
  static confirmPromotion(at: ILoadTester | string, options: ApprovalOptions = {}): IWebhook {
    return approval('Webhook.confirmPromotion', 'confirm-promotion', at, options);
  }

  /** Turns back as soon as the answer is yes; nobody who answers, and the release goes on. @param at a load tester, or the URL of what answers @throws ConfigError */
  static rollback(at: ILoadTester | string, options: RollbackOptions = {}): IWebhook {
    const { rollBack, ...rest } = gateOptions('Webhook.rollback', at, options, { ...GATE, rollBack: FLAG });
    return gate('rollback', at, rollBack, rest);
  }

  /** Tells of every event of a release, by POST. An answer changes nothing. @throws ConfigError */
  static event(url: string, options: Omit<CustomProps, 'url' | 'muteAlert'> = {}): IWebhook {
    return custom('event', 'events', complete(new Problems('Webhook.event'), { ...options, url }, CUSTOM, ['url']));
  }

  /** A call of anything by its URL. @throws ConfigError */
  static custom(type: WebhookType, props: CustomProps): IWebhook {
    const where = 'Webhook.custom';
    return custom(checkedType(where, type), type, complete(new Problems(where), props, CUSTOM, ['url']));
  }

  /** A call of a service of the mesh, which lets Flagger in for exactly that. @throws ConfigError */
  static toService(type: WebhookType, service: ICallee | Guarded, props: ServiceCallProps = {}): IWebhook {
    const where = 'Webhook.toService';
    const callee = calleeOf(where, service);
    return serviceCall(checkedType(where, type), callee, complete(new Problems(where), props, SERVICE_CALL));
  }

  private constructor() {}
}

/** The props of a factory, where some can't be left out. @throws ConfigError */
function complete<T>(problems: Problems, props: T, shapes: Shapes<T>, required: readonly (keyof T & string)[] = []): T {
  const fitting = fitProps(props, shapes, problems);
  for (const key of required) needed(props[key], strict(shapes[key]), problems, key);
  problems.throwIfAny();
  return fitting;
}

/** What can't be left out is no null either. */
const strict = (shape: Shape): Shape => ({ ...shape, fits: (value) => value !== null && shape.fits(value) });

function forTester<T>(
  where: string,
  tester: ILoadTester,
  props: T,
  shapes: Shapes<T>,
  required: readonly (keyof T & string)[],
): T {
  const problems = new Problems(where);
  needed(tester, LOAD_TESTER, problems, 'loadTester');
  return complete(problems, props, shapes, required);
}

function checkedType(where: string, type: WebhookType): WebhookType {
  const problems = new Problems(where);
  needed(type, oneOf(...TYPES), problems, 'type');
  problems.throwIfAny();
  return type;
}

function calleeOf(where: string, peer: ICallee | Guarded): ICallee {
  const callee = (Object(peer) === peer && 'guard' in peer ? peer.guard : peer) as Partial<ICallee> | undefined;
  if (typeof callee?.recordIngress === 'function' && callee.within === undefined) return callee as ICallee;
  const what = `${show(peer)} is no service of the mesh; give a BankingService, an ExistingWorkload or a ForeignWorkload, or its URL to Webhook.custom`;
  throw new ConfigError([{ where: `${where}.service`, what }]);
}

const PLACE: Shape = {
  what: `a URL, or ${LOAD_TESTER.what}`,
  fits: (value) => typeof value === 'string' || LOAD_TESTER.fits(value),
};

function gateOptions<T extends ApprovalOptions & RollbackOptions>(
  where: string,
  at: ILoadTester | string,
  options: T,
  shapes: Shapes<T>,
): T {
  const problems = new Problems(where);
  needed(at, PLACE, problems, 'at');
  const fitting = fitProps(options, shapes, problems);
  problems.check(
    typeof at !== 'string' || (fitting.approved ?? fitting.rollBack) === undefined,
    'the answer is what the URL says; leave it out here, or give a load tester',
  );
  problems.throwIfAny();
  return fitting;
}

function approval(where: string, type: GateType, at: ILoadTester | string, options: ApprovalOptions): IWebhook {
  const { approved, ...rest } = gateOptions(where, at, options, { ...GATE, approved: FLAG });
  return gate(type, at, approved, rest);
}

function gate(type: GateType, at: ILoadTester | string, answer: boolean | undefined, options: GateOptions): IWebhook {
  return typeof at === 'string' ? urlGate(type, at, options) : testerGate(type, at, answer, options);
}
