import type {
  AlertmanagerConfigSpec,
  AlertmanagerConfigSpecInhibitRules,
  AlertmanagerConfigSpecReceivers,
  AlertmanagerConfigSpecRoute,
} from '../../../../imports/monitoring.coreos.com';
import type { AlertmanagerChannel } from '../../../alerting/alertmanager-receiver';
import type { AlertContext } from '../../alerts/alert';
import { promDuration } from '../../objective/arithmetic';
import type { Severity } from '../../objective/burn-rates';
import type { AlertRouteModel, RoutingModel } from '../model';
import { SILENCES, type SilenceSide } from '../silences';
import { receiver, receiverName } from './receivers';

/** On the wire: routes within routes have no type in the CRD. */
interface Matcher {
  readonly name: string;
  readonly value: string;
  readonly matchType: '=' | '!=' | '=~';
}

const SEVERITIES: readonly Severity[] = ['page', 'ticket'];
const TICKET_HOURS = 'ticket-hours';

/**
 * Who is told of the alerts of a namespace.
 * https://prometheus-operator.dev/docs/api-reference/api/#monitoring.coreos.com/v1alpha1.AlertmanagerConfig
 */
export function alertmanagerConfig(context: AlertContext, routing: RoutingModel, namespace: string): AlertmanagerConfigSpec {
  const receivers = new Map<string, AlertmanagerConfigSpecReceivers>();
  const tells = (severity: Severity, channels: readonly AlertmanagerChannel[]): string => {
    const name = receiverName(severity, channels);
    receivers.set(name, receiver(severity, channels));
    return name;
  };
  const { timing, ticketHours } = routing;
  const leaf = (severity: Severity, channels: readonly AlertmanagerChannel[], route?: AlertRouteModel) => ({
    matchers: [is('severity', context.severities[severity]), ...aboutRoute(route, namespace)],
    receiver: tells(severity, channels),
    // One incident for a service that fails in several ways; a ticket for each thing that is to be done.
    groupBy: severity === 'page' ? ['namespace', 'service'] : ['namespace', 'service', 'alertname'],
    groupWait: promDuration(timing[severity].groupWait),
    groupInterval: promDuration(timing[severity].groupInterval),
    repeatInterval: promDuration(timing[severity].repeatInterval),
    ...(severity === 'ticket' && ticketHours ? { activeTimeIntervals: [TICKET_HOURS] } : {}),
    ...(route?.continue ? { continue: true } : {}),
  });
  const routes = [...routing.routes.filter((route) => concerns(route, namespace)), undefined].flatMap((route) =>
    SEVERITIES.flatMap((severity) => {
      const channels = (route ?? routing)[severity === 'page' ? 'pages' : 'tickets'];
      return channels ? [leaf(severity, channels, route)] : [];
    }),
  );
  return {
    route: {
      // Whatever else this namespace has alerts of goes where it went before: Alertmanager's own route takes it.
      matchers: [is('namespace', namespace), among('severity', Object.values(context.severities))],
      receiver: receiverName('ticket', routing.tickets),
      routes,
    } as AlertmanagerConfigSpecRoute,
    receivers: [...receivers.values()],
    inhibitRules: SILENCES.map(({ source, target, equal }) => ({
      sourceMatch: side(context, source),
      targetMatch: side(context, target),
      equal: [...equal],
    })) as AlertmanagerConfigSpecInhibitRules[],
    muteTimeIntervals: ticketHours && [
      {
        name: TICKET_HOURS,
        timeIntervals: [
          { weekdays: [...ticketHours.weekdays], times: [{ startTime: ticketHours.from, endTime: ticketHours.to }] },
        ],
      },
    ],
  };
}

const is = (name: string, value: string): Matcher => ({ name, value, matchType: '=' });
/** Anchored by Alertmanager; the values are names without any character of a regular expression. */
const among = (name: string, values: readonly string[]): Matcher =>
  values.length === 1 ? is(name, values[0]!) : { name, value: values.join('|'), matchType: '=~' };

/** Whether a route is about anything in a namespace. */
function concerns({ services }: AlertRouteModel, namespace: string): boolean {
  return services === undefined || services.some((one) => one.namespace === namespace);
}

function aboutRoute(route: AlertRouteModel | undefined, namespace: string): Matcher[] {
  const services = route?.services?.filter((one) => one.namespace === namespace).map(({ name }) => name);
  return [...(services ? [among('service', services)] : []), ...(route?.alerts ? [among('alertname', route.alerts)] : [])];
}

function side({ severities }: AlertContext, { severity, alerts, has = [] }: SilenceSide): Matcher[] {
  return [
    ...(alerts ? [among('alertname', alerts)] : []),
    ...(severity ? [is('severity', severities[severity])] : []),
    ...has.map((name): Matcher => ({ name, value: '', matchType: '!=' })),
  ];
}
