import { ApiObject, Chart } from 'cdk8s';
import { Construct, type IConstruct } from 'constructs';
import type { BankingService } from '../banking-service/banking-service';
import type { EdgeOptions, ICallee } from '../contracts/peer';
import { ConfigError } from '../kernel/errors';
import { constructId } from '../kernel/names';
import { findObject, note, section } from '../kube';
import { FIRST_WAVE, WAVE_ANNOTATION } from '../jobs/delivery';
import { HardenedJob } from '../jobs/hardened-job';
import { connect } from '../zero-trust/connect';
import { type Guarded, asCallee } from '../zero-trust/existing-workload';
import { Guard } from '../zero-trust/guard';
import { addInitGate, canariesOf } from './init-gate';
import { type MigrationModel, resolveMigration } from './model';
import type { DatabaseMigrationProps } from './props';
import { migrationText } from './text';

/**
 * A change of a database's schema, as a Job with an identity of its own that may call the database and nothing else. An expand is
 * done before the new version of the service takes a request; a contract is an error while an older version is alive.
 *
 * ```ts
 * new DatabaseMigration(chart, 'ledger-schema', {
 *   service: ledger,
 *   database: ledgerDb,
 *   url: 'jdbc:postgresql://ledger-db:5432/ledger',
 *   credentials: { username: { secret: 'ledger-owner', key: 'user' }, password: { secret: 'ledger-owner', key: 'password' } },
 *   tool: MigrationTool.flyway({ image: 'registry.example.com/ledger-schema:4.2.0', target: '5' }),
 *   phase: MigrationPhase.expand('4.2.0'),
 *   gate: MigrationGate.init({ credentials: reader }),
 * });
 * ```
 */
export class DatabaseMigration extends Construct {
  /** The resolved props. */
  readonly model: MigrationModel;
  /** What it is to others: a caller. */
  readonly guard: Guard;
  /** The Job. Its name changes with what it runs. */
  readonly job: ApiObject;

  /** @throws ConfigError that lists every problem of the props, or says why it can't be done now. */
  constructor(scope: Construct, id: string, props: DatabaseMigrationProps) {
    super(scope, constructId(id));
    this.model = resolveMigration(props?.name ?? id, props);
    const { service, database, port } = props;
    const { model } = this;
    const { namespace } = service;
    const { guard, job } = new HardenedJob(this, 'job', model.job, namespace);
    this.guard = guard;
    this.job = job;
    const callee = asCallee(database, guard);
    connect(guard, callee, { port });
    if (model.gate?.kind === 'init') {
      // Its pods ask the database themselves.
      connect(service.guard, callee, { port });
      addInitGate(this, service, model);
      this.noteInit(service);
    }
    if (model.gate?.kind === 'argo-cd' && model.phase.kind === 'expand') this.putFirst(namespace, callee);
    if (model.gate?.kind === 'flux') this.standApart(service, namespace, callee);
    const charts = { own: Chart.of(this).node.id, service: Chart.of(service).node.id };
    section(this, { heading: 'Migrations', title: model.job.name, body: () => migrationText(model, service, charts) });
  }

  /** Lets the Job call something beside the database. @throws ConfigError */
  allowTo(callee: ICallee | Guarded, options?: EdgeOptions): this {
    connect(this.guard, asCallee(callee, this.guard), options);
    return this;
  }

  /** An object of this migration, to override it. @throws ConfigError that lists what there is */
  object(kind: string, name?: string): ApiObject {
    return findObject(this, kind, name);
  }

  private noteInit(service: BankingService): void {
    const { init, job } = this.model;
    const { name } = service.model;
    const texts = [`Every node runs Kubernetes 1.29 or newer: pods of ${name} wait for ${job.name} behind a native sidecar.`];
    for (const secret of new Set(Object.values(init!.secretEnv).map((place) => place.secret))) {
      texts.push(
        `Secret ${secret} is in namespace ${service.namespace.name} before ${name} starts: its pods look for ${job.name} with it.`,
      );
      if (canariesOf(service).length === 0) continue;
      texts.push(
        `Secret ${secret} in namespace ${service.namespace.name} carries the annotation flagger.app/config-tracking: disabled; ` +
          `otherwise ${name} runs on a copy of it, which gets a new value with the next release only.`,
      );
    }
    texts.forEach((text) => note(this, { kind: 'prerequisite', text }));
  }

  /**
   * Argo CD makes the Job, and in the same wave what it stands on: the objects beside it, the namespace, and the database's
   * guards. All of them are there at once, so that nothing has to be waited for but the Job.
   */
  private putFirst(namespace: IConstruct, callee: ICallee): void {
    for (const one of [this, namespace, ...(callee instanceof Guard ? [callee] : [])].flatMap((part) => part.node.findAll())) {
      if (ApiObject.isApiObject(one)) one.metadata.addAnnotation(WAVE_ANNOTATION, FIRST_WAVE);
    }
  }

  /** Flux applies the objects of a Kustomization together: what the Job stands on can't wait for the Job, and the service must. */
  private standApart(service: Construct, namespace: Construct, callee: ICallee): void {
    const expand = this.model.phase.kind === 'expand';
    const parts: [string, Construct][] = [
      ['the migration', this],
      ...(expand ? [['its namespace', namespace] as [string, Construct]] : []),
      ...(expand && callee instanceof Guard ? [[`the guard of ${callee.peerName}`, callee] as [string, Construct]] : []),
    ];
    const chart = Chart.of(service);
    const beside = parts.filter(([, part]) => Chart.of(part) === chart).map(([what]) => what);
    if (beside.length === 0) return;
    const order = expand ? 'the service is applied once the Job has succeeded' : 'the Job is applied once the service is up';
    const what = `the chart of the service (${chart.node.id}) also holds ${beside.join(', ')}; put the service into a chart of its own, so that ${order}`;
    throw new ConfigError([{ where: `${this.model.job.name}.gate`, what }]);
  }
}
