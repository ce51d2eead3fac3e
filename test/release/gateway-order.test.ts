import { type BankingService, type IRelease, MeshGateway, Release } from '../../lib';
import { type Json, World } from '../banking-service/world';

/* What a gateway lets in, as the VirtualService says it that the gateway delegates to: Istio takes the first route that matches. */

const HOST = 'teller.vault.svc.cluster.local';

type Way = (gateway: MeshGateway, teller: BankingService) => void;

/** From the least specific to the most specific. */
const WAYS: readonly Way[] = [
  (gateway, teller) => gateway.route('/loans', teller),
  (gateway, teller) => gateway.route('/loans', teller, { methods: ['POST', 'GET'] }),
  (gateway, teller) => gateway.route('/loans', teller, { headers: { 'x-desk': 'till 3' } }),
  (gateway, teller) => gateway.route('/loans/open', teller),
  (gateway, teller) => gateway.route('/rate', teller, { exact: true }),
];

function leaf(release: IRelease, ways: readonly Way[]): Json[] {
  const all = new World();
  const teller = all.service('teller', { release, servicePort: 87 });
  const gateway = new MeshGateway(all.chart, 'edge', { hosts: ['bank.example.com'], issuer: 'ca' });
  ways.forEach((way) => way(gateway, teller));
  return all.one('VirtualService', 'teller-edge').spec.http;
}

/** The first of a route's paths, and what else it asks for. */
const said = ({ match }: Json): string => {
  const { uri, method, headers = {} } = match[0] as Json;
  const names = Object.keys(headers as object).map((name) => ` ${name}`);
  return `${method?.regex ?? method?.exact ?? 'any'} ${uri.exact ?? uri.prefix}${names.join('')}`;
};

test.each<[string, () => IRelease]>([
  ['of a rolling release', () => Release.rolling()],
  ['while Flagger takes over', () => Release.canary({ takeOver: true })],
])('what a gateway lets in stands in one order, the most specific first, however it was declared: %s', (_name, release) => {
  const rising = leaf(release(), WAYS);
  expect(rising.map(said)).toEqual([
    'GET|HEAD|OPTIONS /rate',
    'any /rate',
    'GET|HEAD|OPTIONS /loans/open',
    'any /loans/open',
    'GET|HEAD|OPTIONS /loans x-desk',
    'any /loans x-desk',
    'GET /loans',
    'POST /loans',
    'GET|HEAD|OPTIONS /loans',
    'any /loans',
  ]);
  expect(leaf(release(), [...WAYS].reverse())).toEqual(rising);
  for (const { route } of rising) expect(route).toEqual([{ destination: { host: HOST, port: { number: 87 } } }]);
});
