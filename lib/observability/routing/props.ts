import type { Duration } from 'cdk8s';
import { AlertChannel } from '../../alerting/alert-channel';
import { BankingService } from '../../banking-service/banking-service';
import { DURATION, FLAG, TEXT, type Shape, type Shapes, either, listOf, madeBy, oneOf, propsOf } from '../../kernel/shape';
import { ALERTS, type AlertName } from '../alerts/alert';
import { ObservedService } from '../observed-service';

/** When messages about one thing are sent. Alertmanager's own words: https://prometheus.io/docs/alerting/latest/configuration/#route */
export interface AlertTiming {
  /**
   * From the first alert of a group to its message: others that belong to it, and those that silence it, come in time.
   * @default 30 s for pages, as often as the rules are evaluated; 5 min for tickets
   */
  readonly groupWait?: Duration;
  /** Between two messages of a group to which alerts were added. @default 5 min for pages, 1 h for tickets */
  readonly groupInterval?: Duration;
  /**
   * After which a group that has not changed is told again; at most five days, after which Alertmanager forgets that it was told
   * (its flag --data.retention). @default 4 h for pages, 1 d for tickets
   */
  readonly repeatInterval?: Duration;
}

export type Weekday = 'monday' | 'tuesday' | 'wednesday' | 'thursday' | 'friday' | 'saturday' | 'sunday';

/** Hours in UTC: an AlertmanagerConfig has no time zone. */
export interface TicketHours {
  /** @default - from Monday to Friday */
  readonly weekdays?: readonly Weekday[];
  /** `07:00`, in UTC. */
  readonly from: string;
  /** `16:00`, in UTC; later than `from`. */
  readonly to: string;
}

/** Who is told of some alerts, where it is not who is told of the others. The first route that fits an alert takes it. */
export interface AlertRouteProps {
  /** Of the alerts of these services. They must be the stack's. @default - of all */
  readonly services?: readonly (BankingService | ObservedService)[];
  /** Of these alerts: `['PolicyDenials', 'EgressBlocked']`. @default - of all */
  readonly alerts?: readonly AlertName[];
  /** Who is woken. @default - whom the stack says */
  readonly pages?: readonly AlertChannel[];
  /** Who is told of what can wait. @default - whom the stack says */
  readonly tickets?: readonly AlertChannel[];
  /** Tell those who come after as well: whom the next fitting route names, and the stack. @default false */
  readonly continue?: boolean;
}

/** Who is told of alerts, and when. */
export interface AlertRoutingProps {
  /** Who is woken. */
  readonly pages: readonly AlertChannel[];
  /** Who is told of what can wait until somebody works. */
  readonly tickets: readonly AlertChannel[];
  /** Who is told instead, or as well, for some services or alerts. @default - none */
  readonly routes?: readonly AlertRouteProps[];
  /** When tickets are sent. One that comes at another time is told at the next such hour, if it still fires. @default - always */
  readonly ticketHours?: TicketHours;
  /** @default - see AlertTiming */
  readonly pageTiming?: AlertTiming;
  /** @default - see AlertTiming */
  readonly ticketTiming?: AlertTiming;
}

const CHANNELS = listOf(madeBy(AlertChannel, 'AlertChannel.slack({ … }) or one of its sisters'));
const TIMING = propsOf<AlertTiming>({ groupWait: DURATION, groupInterval: DURATION, repeatInterval: DURATION });
export const WEEKDAYS: readonly Weekday[] = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];

const SHAPES: Shapes<AlertRoutingProps> = {
  pages: CHANNELS,
  tickets: CHANNELS,
  routes: listOf(
    propsOf<AlertRouteProps>({
      services: listOf(
        either(
          madeBy(BankingService, 'new BankingService(chart, id, { … })'),
          madeBy(ObservedService, 'ObservedService.of({ … })'),
        ),
      ),
      alerts: listOf(oneOf(...Object.keys(ALERTS))),
      pages: CHANNELS,
      tickets: CHANNELS,
      continue: FLAG,
    }),
  ),
  ticketHours: propsOf<TicketHours>({ weekdays: listOf(oneOf(...WEEKDAYS)), from: TEXT, to: TEXT }),
  pageTiming: TIMING,
  ticketTiming: TIMING,
};

export const ALERT_ROUTING: Shape = propsOf(SHAPES);
