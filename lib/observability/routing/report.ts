import type { AlertContext } from '../alerts/alert';
import { inWords } from '../objective/arithmetic';
import type { Severity } from '../objective/burn-rates';
import type { RoutingModel } from './model';

/** Who is told of what, in the order in which the routes are asked. */
export function routingText({ severities }: AlertContext, routing: RoutingModel): string {
  const { timing, ticketHours } = routing;
  const row = (severity: Severity, of: string, whom: readonly { readonly name: string }[]) => {
    const hours = severity === 'ticket' && ticketHours ? `, ${ticketHours.from}–${ticketHours.to} UTC` : '';
    return `| ${severities[severity]} | ${of} | ${whom.map(({ name }) => name).join(', ')} | ${seconds(timing[severity].repeatInterval)}${hours} |`;
  };
  const rows = [...routing.routes, undefined].flatMap((route) => {
    const of = route
      ? [...(route.services?.map(({ name }) => name) ?? []), ...(route.alerts ?? [])].join(', ') +
        (route.continue ? ', also' : '')
      : 'all others';
    const { pages, tickets } = route ?? routing;
    return [...(pages ? [row('page', of, pages)] : []), ...(tickets ? [row('ticket', of, tickets)] : [])];
  });
  return ['| severity | of | is told | again after |', '| --- | --- | --- | --- |', ...rows].join('\n');
}

const seconds = (value: number): string => (value < 60 ? `${value} seconds` : inWords(value));
