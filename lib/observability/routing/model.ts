import type { Duration } from 'cdk8s';
import type { AlertChannel } from '../../alerting/alert-channel';
import { type AlertmanagerChannel, alertmanagerProblems } from '../../alerting/alertmanager-receiver';
import { BankingService } from '../../banking-service/banking-service';
import { type Problems, show } from '../../kernel/errors';
import type { AlertName } from '../alerts/alert';
import { inWords } from '../objective/arithmetic';
import type { Severity } from '../objective/burn-rates';
import type { ObservedService } from '../observed-service';
import {
  type AlertRouteProps,
  type AlertRoutingProps,
  type AlertTiming,
  type TicketHours,
  WEEKDAYS,
  type Weekday,
} from './props';

/** Seconds. */
export interface TimingModel {
  readonly groupWait: number;
  readonly groupInterval: number;
  readonly repeatInterval: number;
}

export interface NamedService {
  readonly namespace: string;
  readonly name: string;
}

export interface AlertRouteModel {
  /** Undefined: those of all services. */
  readonly services?: readonly NamedService[];
  /** Undefined: all. */
  readonly alerts?: readonly AlertName[];
  /** Undefined: those who come after. */
  readonly pages?: readonly AlertmanagerChannel[];
  readonly tickets?: readonly AlertmanagerChannel[];
  readonly continue: boolean;
}

/** Who is told, with every default filled in. */
export interface RoutingModel {
  readonly pages: readonly AlertmanagerChannel[];
  readonly tickets: readonly AlertmanagerChannel[];
  readonly routes: readonly AlertRouteModel[];
  readonly ticketHours?: { readonly weekdays: readonly Weekday[]; readonly from: string; readonly to: string };
  readonly timing: Readonly<Record<Severity, TimingModel>>;
}

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** https://github.com/prometheus/alertmanager/blob/v0.33.1/cmd/alertmanager/main.go: --data.retention */
const FORGOTTEN_AFTER = 5 * DAY;

const TIMING: Readonly<Record<Severity, TimingModel>> = {
  page: { groupWait: 30, groupInterval: 5 * MINUTE, repeatInterval: 4 * HOUR },
  ticket: { groupWait: 5 * MINUTE, groupInterval: HOUR, repeatInterval: DAY },
};

/** Judges the props and fills in the defaults; what is wrong is added to the problems. */
export function resolveRouting(
  given: AlertRoutingProps,
  services: readonly ObservedService[],
  problems: Problems,
  part: string,
): RoutingModel {
  const channels = new Channels(problems);
  const told = (key: 'pages' | 'tickets') => {
    problems.check(
      (given[key]?.length ?? 0) > 0,
      `names nobody; give channels, like [AlertChannel.pagerDuty({ … })]`,
      `${part}.${key}`,
    );
    return channels.take(given[key] ?? [], `${part}.${key}`);
  };
  return {
    pages: told('pages'),
    tickets: told('tickets'),
    routes: (given.routes ?? []).map((route, i) => resolveRoute(route, services, channels, problems, `${part}.routes[${i}]`)),
    ticketHours: given.ticketHours && resolveHours(given.ticketHours, problems, `${part}.ticketHours`),
    timing: {
      page: resolveTiming(given.pageTiming, TIMING.page, problems, `${part}.pageTiming`),
      ticket: resolveTiming(given.ticketTiming, TIMING.ticket, problems, `${part}.ticketTiming`),
    },
  };
}

/** The channels of a stack: receivers are called by their names. */
class Channels {
  private readonly known = new Map<string, AlertChannel>();

  constructor(private readonly problems: Problems) {}

  take(list: readonly AlertChannel[], part: string): AlertmanagerChannel[] {
    return list.map((channel, i) => {
      const { name, model } = channel;
      const same = this.known.get(name);
      this.problems.check(
        same === undefined || JSON.stringify(same.model) === JSON.stringify(model),
        `two channels are called ${show(name)}; give each a name of its own`,
        part,
      );
      this.known.set(name, channel);
      this.problems.check(
        list.findIndex((other) => other.name === name) === i,
        `${show(name)} is named twice; tell it once`,
        part,
      );
      alertmanagerProblems(model).forEach((what) => this.problems.add(what, part));
      // One that it can't send to is an error by now.
      return model as AlertmanagerChannel;
    });
  }
}

function resolveRoute(
  { services, alerts, pages, tickets, continue: goesOn = false }: AlertRouteProps,
  watched: readonly ObservedService[],
  channels: Channels,
  problems: Problems,
  part: string,
): AlertRouteModel {
  const about = services !== undefined || alerts !== undefined;
  problems.check(about, 'is about everything; name services or alerts, or give the channels to the stack', part);
  problems.check(
    pages !== undefined || tickets !== undefined,
    'tells nobody; give pages, tickets or both, like { tickets: [AlertChannel.slack({ … })] }',
    part,
  );
  for (const [key, list] of Object.entries({ services, alerts, pages, tickets })) {
    problems.check(list?.length !== 0, `is empty; leave it out`, `${part}.${key}`);
  }
  const names = services?.map((one) =>
    one instanceof BankingService
      ? { namespace: one.namespace.name, name: one.model.name }
      : { namespace: one.head.namespace, name: one.head.name },
  );
  for (const { namespace, name } of names ?? []) {
    problems.check(
      watched.some(({ head }) => head.namespace === namespace && head.name === name),
      `${namespace}/${name} is not watched by this stack; add it to its services`,
      `${part}.services`,
    );
  }
  return {
    services: names,
    alerts,
    pages: pages && channels.take(pages, `${part}.pages`),
    tickets: tickets && channels.take(tickets, `${part}.tickets`),
    continue: goesOn,
  };
}

const TIME = /^([01][0-9]|2[0-3]):[0-5][0-9]$/;

function resolveHours({ weekdays, from, to }: TicketHours, problems: Problems, part: string): RoutingModel['ticketHours'] {
  const readable = [
    problems.check(TIME.test(from), `${show(from)} is no time of day; write it like "07:00", in UTC`, `${part}.from`),
    problems.check(
      TIME.test(to) || to === '24:00',
      `${show(to)} is no time of day; write it like "16:00", in UTC, "24:00" at the latest`,
      `${part}.to`,
    ),
  ].every(Boolean);
  problems.check(
    !readable || from < to,
    `${show(to)} is not later than ${show(from)}; hours over midnight are two, which can't be said here`,
    part,
  );
  problems.check(weekdays?.length !== 0, 'is empty, so that no ticket would ever be sent; leave it out', `${part}.weekdays`);
  return { weekdays: weekdays ? WEEKDAYS.filter((one) => weekdays.includes(one)) : WEEKDAYS.slice(0, 5), from, to };
}

function resolveTiming(given: AlertTiming = {}, defaults: TimingModel, problems: Problems, part: string): TimingModel {
  const seconds = (duration: Duration | undefined, fallback: number, least: number, key: string): number => {
    if (duration === undefined) return fallback;
    const value = duration.toMilliseconds({ integral: false }) / 1000;
    problems.check(
      Number.isInteger(value) && value >= least,
      `${show(value)} s can't be kept; give whole seconds${least > 0 ? `, ${least} or more` : ''}`,
      `${part}.${key}`,
    );
    return value;
  };
  const groupWait = seconds(given.groupWait, defaults.groupWait, 0, 'groupWait');
  const groupInterval = seconds(given.groupInterval, defaults.groupInterval, 10, 'groupInterval');
  const repeatInterval = seconds(given.repeatInterval, Math.max(defaults.repeatInterval, groupInterval), 10, 'repeatInterval');
  problems.check(
    repeatInterval >= groupInterval,
    `${repeatInterval} s is shorter than groupInterval, ${groupInterval} s, at which groups are looked at; give as much or more`,
    `${part}.repeatInterval`,
  );
  problems.check(
    repeatInterval <= FORGOTTEN_AFTER,
    `${inWords(repeatInterval)} are more than the 5 days for which Alertmanager knows what it has told; give 5 days or less`,
    `${part}.repeatInterval`,
  );
  return { groupWait, groupInterval, repeatInterval };
}
