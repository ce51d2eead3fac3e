import type { Construct } from 'constructs';
import * as crds from '../../../../imports';
import { AlertChannel } from '../../../alerting/alert-channel';
import { flaggerProblems, flaggerProvider } from '../../../alerting/flagger-provider';
import { Problems } from '../../../kernel/errors';
import { type Shapes, fitProps, madeBy, needed, oneOf } from '../../../kernel/shape';
import { note } from '../../../kube';
import type { CanaryAlert as BoundAlert, CanaryContext, ICanaryAlert } from '../contract';
import { shared } from '../shared-object';
import { alertProvider } from './resources/alert-provider';

/** What is told: `info` all that happens, `warn` what waits or fails, `error` what fails. https://docs.flagger.app/usage/alerting */
export type AlertSeverity = 'info' | 'warn' | 'error';

export interface CanaryAlertProps {
  /** @default 'info': a release that starts and one that ends are told too */
  readonly severity?: AlertSeverity;
}

const CHANNEL = madeBy(AlertChannel, 'AlertChannel.slack({ … }) or one of its sisters');
const PROPS: Shapes<CanaryAlertProps> = { severity: oneOf('info', 'warn', 'error') };

/**
 * Whom Flagger tells how a release goes on.
 *
 * ```ts
 * alerts: [CanaryAlert.to(AlertChannel.slack({ name: 'payments', channel: '#payments', address: { secret: 'slack', key: 'address' } }))]
 * ```
 */
export class CanaryAlert implements ICanaryAlert {
  /** Tells a channel that Flagger can send to. @throws ConfigError when it is no channel, or the props are wrong */
  static to(channel: AlertChannel, props: CanaryAlertProps = {}): CanaryAlert {
    const problems = new Problems('CanaryAlert.to');
    const fitting = fitProps(props, PROPS, problems);
    needed(channel, CHANNEL, problems, 'channel');
    problems.throwIfAny();
    return new CanaryAlert(channel, fitting.severity ?? 'info');
  }

  private constructor(
    readonly channel: AlertChannel,
    readonly severity: AlertSeverity,
  ) {}

  validate(problems: Problems, part: string): void {
    flaggerProblems(this.channel.model).forEach((what) => problems.add(what, part));
  }

  bind(scope: Construct, { namespace }: CanaryContext): BoundAlert {
    const { name } = this.channel;
    const provider = flaggerProvider(this.channel.model)!;
    shared(namespace, crds.flaggerApp().AlertProvider, name, { spec: alertProvider(provider) });
    const keys = this.channel.model.kind === 'slack' && this.channel.model.token ? 'address and token' : 'address';
    note(scope, {
      kind: 'prerequisite',
      text: `Secret ${provider.secret} in namespace ${namespace.name} holds ${keys} of the chat that releases are told to.`,
    });
    return { name, severity: this.severity, providerRef: { name, namespace: namespace.name } };
  }
}
