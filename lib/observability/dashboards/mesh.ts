import { ISTIO, ISTIO_LABELS as LABELS } from '../sources/istio';
import { istioMetrics } from '../request-metrics';
import type { Row } from './model';
import { above, below, lines, query, row, table } from './panels';
import { arriving, blocked, denied, ejected, flagged, leaving, mutualTls, outside, towards } from './queries/connections';
import { rate, sumBy } from './queries/rates';
import { ATTEMPT, EDGE, failing, percentile, requests, requestsOf } from './queries/requests';

const MANY = 'several';
const CALLER = `{{${LABELS.sourceNamespace}}}/{{${LABELS.sourceWorkload}}}`;
const LEGEND = `${CALLER} → {{${LABELS.canonicalService}}}`;
const MEANT = `${CALLER} → {{${LABELS.serviceName}}}`;
const CALLEE = [LABELS.workloadNamespace, LABELS.canonicalService];
const ENDS = [
  { label: LABELS.sourceNamespace, title: 'Namespace of the caller' },
  { label: LABELS.sourceWorkload, title: 'Caller' },
  { label: LABELS.serviceNamespace, title: 'Namespace' },
  { label: LABELS.canonicalService, title: 'Service' },
];

/** Who calls whom: what passes, what fails, what is encrypted, what is turned away, what leaves. */
export function meshRows(): Row[] {
  const from = requestsOf(istioMetrics('source'), MANY);
  return [
    row('Edges', [
      table(
        'Who calls whom',
        'reqps',
        [
          query('Requests', requests(from, EDGE)),
          query('Fail', failing(from, EDGE), { unit: 'percentunit', thresholds: above([0.001, 'yellow'], [0.01, 'red']) }),
          query('p95', percentile(from, 0.95, EDGE), { unit: 'ms' }),
          query('Mutual TLS', mutualTls(MANY, EDGE), { unit: 'percentunit', thresholds: below([1, 'green']) }),
        ],
        { labels: ENDS, description: 'As the proxies of the callers count; mutual TLS as those of the service see it.' },
      ),
      lines('Requests', 'reqps', [query(LEGEND, requests(from, EDGE))], { stacked: true, min: 0 }),
      lines('Fail', 'percentunit', [query(LEGEND, failing(from, EDGE))], { min: 0 }),
      lines('p95', 'ms', [query(LEGEND, percentile(from, 0.95, EDGE))], { min: 0 }),
    ]),
    row('What does not get through', [
      lines('Not connected', 'short', [query(MEANT, flagged(towards(MANY), ATTEMPT, 'UF', 'UH'))], {
        description:
          'The connection failed, or no healthy pod is left: nobody listens, a policy closes the way, TLS does not fit.',
        min: 0,
        alerts: ['CallersCannotConnect'],
      }),
      lines('Dropped by circuit breakers', 'short', [query(MEANT, flagged(towards(MANY), ATTEMPT, 'UO'))], {
        description: 'More was under way than the limits of connections and requests allow.',
        min: 0,
        alerts: ['ConnectionPoolOverflow'],
      }),
      lines('Hosts that are no longer called', 'short', [query('{{cluster_name}}', ejected(MANY))], {
        description:
          'They answered with errors, so that proxies have ejected them. Only proxies that are told to report this do.',
        steps: true,
        min: 0,
        alerts: ['HostsEjected'],
      }),
    ]),
    row('Trust', [
      lines(
        'Mutual TLS',
        'percentunit',
        [query(`{{${LABELS.workloadNamespace}}}/{{${LABELS.canonicalService}}}`, mutualTls(MANY, CALLEE))],
        {
          description: 'The share of the requests and connections that arrive by mutual TLS.',
          thresholds: below([1, 'green']),
          min: 0,
          max: 1,
          alerts: ['PlainTextAccepted'],
        },
      ),
      lines('Denied', 'short', [query('{{track}}', denied(MANY))], {
        description: 'Requests that AuthorizationPolicies turned away: an edge that is not declared, or an attack.',
        min: 0,
        alerts: ['PolicyDenials'],
      }),
      lines('Calls to hosts that nothing declares', 'short', [query(`{{${LABELS.sourceWorkload}}}`, blocked(MANY))], {
        description: 'The mesh has sent them nowhere.',
        min: 0,
        alerts: ['EgressBlocked'],
      }),
    ]),
    row('What leaves the mesh, and plain connections', [
      lines('Calls to the outside', 'cps', [query(`{{${LABELS.serviceName}}}`, outside(MANY))], {
        description: 'Requests and connections a second, by the host that was meant.',
        min: 0,
      }),
      lines(
        'Connections opened',
        'cps',
        [
          query(LEGEND, sumBy(EDGE, rate(ISTIO.metrics.tcpOpened, arriving(MANY)))),
          query(`${LEGEND} (from here)`, sumBy(EDGE, rate(ISTIO.metrics.tcpOpened, leaving(MANY)))),
        ],
        { description: 'Of TCP, which has no requests that the mesh could see.', min: 0 },
      ),
      lines(
        'Bytes by TCP',
        'Bps',
        [
          query(`${LEGEND} sent`, sumBy(EDGE, rate(ISTIO.metrics.tcpSentBytes, arriving(MANY)))),
          query(`${LEGEND} received`, sumBy(EDGE, rate(ISTIO.metrics.tcpReceivedBytes, arriving(MANY)))),
        ],
        { description: 'As the proxies of the service count: received is what the caller has sent.', min: 0 },
      ),
    ]),
  ];
}
