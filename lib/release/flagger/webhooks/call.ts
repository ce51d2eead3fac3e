import type { Construct } from 'constructs';
import type { Problems } from '../../../kernel/errors';
import type { CanaryContext, CanaryFacts, CanaryWebhook, IWebhook, WebhookType } from '../contract';
import { type CallOptions, callProblems, secondsOf } from './timing';

/** What a call says beside its name and its times. */
export type CallBody = Pick<CanaryWebhook, 'url' | 'disableTls' | 'metadata' | 'describes'>;

/** How a call is judged and made. */
export interface CallKind {
  readonly type: WebhookType;
  readonly name: string;
  readonly timeoutSeconds: number;
  readonly retries?: number;
  readonly muteAlert?: boolean;
  readonly validate?: (problems: Problems, part: string, facts: CanaryFacts) => void;
  readonly bind: (scope: Construct, context: CanaryContext) => CallBody;
}

/** A webhook. */
export class Call implements IWebhook {
  readonly name: string;
  readonly type: WebhookType;
  readonly timeoutSeconds: number;
  readonly retries?: number;
  readonly companions?: readonly IWebhook[];

  constructor(
    private readonly kind: CallKind,
    given: CallOptions & {
      /** Calls that belong to it. */
      readonly companions?: readonly IWebhook[];
      /** Gates that are opened by a call to the same place open together: where that is. */
      readonly opensWith?: string;
    } = {},
  ) {
    this.name = given.name ?? kind.name;
    this.type = kind.type;
    this.timeoutSeconds = secondsOf(given.timeout, kind.timeoutSeconds);
    this.retries = given.retries ?? kind.retries;
    this.companions = given.companions;
    this.opensWith = given.opensWith;
  }

  readonly opensWith?: string;

  validate(problems: Problems, part: string, facts: CanaryFacts): void {
    callProblems(this, problems, part);
    this.kind.validate?.(problems, part, facts);
  }

  bind(scope: Construct, context: CanaryContext): CanaryWebhook {
    const { name, type, timeoutSeconds, retries } = this;
    return { name, type, timeoutSeconds, retries, muteAlert: this.kind.muteAlert, ...this.kind.bind(scope, context) };
  }
}
