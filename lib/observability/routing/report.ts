import { markdownTable } from '../../kube';
import type { AlertContext } from '../alerts/alert';
import { inWords } from '../objective/arithmetic';
import type { Severity } from '../objective/burn-rates';
import type { RoutingModel } from './model';

/** Who is told of what, in the order in which the routes are asked. */
export function routingText({ severities }: AlertContext, routing: RoutingModel): string {
  const { timing, ticketHours } = routing;
  const row = (severity: Severity, of: string, whom: readonly { readonly name: string }[]) => {
    const hours =
      severity === 'ticket' && ticketHours
        ? `, on ${ticketHours.weekdays.join(', ')}, ${ticketHours.from}–${ticketHours.to} UTC`
        : '';
    const names = whom.map(({ name }) => name).join(', ');
    return [severities[severity], of, names, `${seconds(timing[severity].repeatInterval)}${hours}`];
  };
  const rows = [...routing.routes, undefined].flatMap((route) => {
    const of = route
      ? [...(route.services?.map(({ name }) => name) ?? []), ...(route.alerts ?? [])].join(', ') +
        (route.continue ? ', also' : '')
      : 'all others';
    const { pages, tickets } = route ?? routing;
    return [...(pages ? [row('page', of, pages)] : []), ...(tickets ? [row('ticket', of, tickets)] : [])];
  });
  return markdownTable(['severity', 'of', 'is told', 'again after'], rows);
}

const seconds = (value: number): string => (value < 60 ? `${value} seconds` : inWords(value));
