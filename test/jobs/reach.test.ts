import { DeploymentValidation, Health, Release } from '../../lib';
import { type Json, World } from '../banking-service/world';
import { Cluster, type ExtraPod, type KubeObject, withFlagger } from '../support/reachability';
import { schemaProblems } from '../support/schemas';
import { migrate } from './world';

/** A service, its database, a migration, a validation, and a stranger beside them. */
function system(release: ReturnType<typeof Release.rolling>): Json[] {
  const world = new World({ apiServer: { cidrs: ['10.20.0.11/32'], port: 6443 } });
  const service = world.service('teller', { release, health: Health.springBootActuator() });
  migrate(world, { service });
  new DeploymentValidation(world.chart, 'validate', { services: [service], image: 'registry.example.com/kubectl-curl:1.34.1' });
  return world.objects();
}

const DB = 'vault/teller-db';
const extra = (name: string, port: number, serviceAccount = name): ExtraPod => ({
  name,
  namespace: 'vault',
  labels: { [name === 'stranger' ? 'app' : 'banking.workload/name']: name },
  serviceAccount,
  ports: [{ port }],
});
const HOST = { host: 'teller.vault.svc.cluster.local', servicePort: 8071 };
const READY = '/actuator/health/readiness';

describe.each([
  ['a rolling release', Release.rolling(), (all: Json[]) => all, 'vault/teller'],
  // M10: in steady state the target has no pods, and the primary serves.
  ['a canary of Flagger', Release.canary(), (all: Json[]) => withFlagger(all as KubeObject[]) as Json[], 'vault/teller-primary'],
])('under %s, by the rendered policies alone', (_, release, around, serving) => {
  const objects = system(release);
  const job = (name: string) =>
    objects
      .filter(({ kind, metadata }) => kind === 'Job' && metadata.name.startsWith(name))
      .map(({ metadata }) => `vault/${metadata.name}`)[0]!;
  const [schema, validate] = [job('teller-schema'), job('validate')];
  const service = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'teller-db', namespace: 'vault' } };
  const database = {
    ...service,
    spec: { selector: { 'banking.workload/name': 'teller-db' }, ports: [{ name: 'tcp-postgres', port: 5433 }] },
  };
  const cluster = Cluster.of(around(objects), {
    pods: [extra('teller-db', 5433), extra('stranger', 9999)],
    objects: [database],
  });
  const connects = (from: string, to: string, port: number) =>
    cluster.open({
      from,
      to,
      port,
      request: to === DB ? { host: 'teller-db.vault.svc.cluster.local', servicePort: 5433 } : HOST,
    });
  const asks = (from: string, method: string, path: string) =>
    cluster.open({ from, to: serving, port: 8071, request: { ...HOST, method, path } });

  test('the judge sees both Jobs and what serves', () => {
    expect(cluster.pods().map(({ id }) => id)).toEqual(expect.arrayContaining([schema, validate, DB, serving, 'vault/stranger']));
  });

  test('the migration and the pods that wait for it reach the database; nobody else does', () => {
    expect([schema, serving, validate, 'vault/stranger'].map((from) => connects(from, DB, 5433))).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });

  test('the validation asks for the one path, and for nothing else of the service', () => {
    expect(asks(validate, 'GET', READY)).toBe(true);
    expect([
      asks(validate, 'POST', READY),
      asks(validate, 'GET', '/actuator/heapdump'),
      asks(validate, 'GET', '/api'),
      asks(schema, 'GET', READY),
      asks('vault/stranger', 'GET', READY),
    ]).toEqual([false, false, false, false, false]);
  });

  test('the API server is reached by the validation alone', () => {
    const reaches = (from: string) => cluster.flow({ from, to: { ip: '10.20.0.11' }, port: 6443 }).egress.open;
    expect([validate, schema, serving].map(reaches)).toEqual([true, false, false]);
  });

  test('nobody calls a Job', () => {
    for (const to of [schema, validate]) {
      for (const from of [serving, DB, 'vault/stranger']) expect(cluster.open({ from, to, port: 8080 })).toBe(false);
    }
  });

  test('what only these two make passes the strict schemas', () => {
    const made = objects.filter(({ kind }) => ['ConfigMap', 'Job', 'Role', 'RoleBinding'].includes(kind as string));
    expect(made.length).toBeGreaterThan(5);
    expect(made.flatMap((one) => schemaProblems(one).map((what) => `${one.kind} ${one.metadata.name}: ${what}`))).toEqual([]);
  });
});
