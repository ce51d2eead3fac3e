import { ApiObject, Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { BankingService } from '../banking-service/banking-service';
import { Health } from '../banking-service/health';
import { HealthProbe } from '../banking-service/probe';
import { Scaling } from '../banking-service/scaling';
import { ServiceTier } from '../banking-service/tiers';
import type { EdgeOptions, ICallee, ICaller } from '../contracts/peer';
import { Problems, called, show } from '../kernel/errors';
import { serviceHost } from '../kernel/identity';
import { constructId } from '../kernel/names';
import { compare } from '../kernel/order';
import { ANYTHING, DURATION, PARSED, TEXT, type Shapes, fitProps, listOf, mapOf } from '../kernel/shape';
import { transform } from '../kube';
import { FlaggerCaller } from '../release/flagger/load-tester/flagger-caller';
import type { ILoadTester } from '../release/flagger/load-tester/load-tester';
import type { ForeignWorkload } from '../zero-trust/foreign-workload';
import type { Guard } from '../zero-trust/guard';
import type { Guarded } from '../zero-trust/existing-workload';
import { existingLoadTester } from './existing-load-tester';
import { HEALTH_PROTO } from './health-proto';
import type { ExistingLoadTesterProps, LoadTesterProps } from './props';

/** https://github.com/fluxcd/flagger/blob/v1.44.0/charts/loadtester/values.yaml */
const IMAGE = 'ghcr.io/fluxcd/flagger-loadtester:0.38.0';
const PORT = 8080;
const FILES = '/etc/load-tester';

const PROPS: Shapes<LoadTesterProps> = {
  namespace: ANYTHING,
  name: PARSED,
  image: PARSED,
  imagePullSecrets: listOf(ANYTHING),
  taskTimeout: DURATION,
  files: mapOf(TEXT),
  secretFiles: listOf(ANYTHING),
  resources: ANYTHING,
};

/**
 * Flagger's load tester as a hardened workload of the mesh. It runs whatever shell command it is sent, so that nobody but
 * Flagger may send any, and only for canaries that name it; it may send nothing but what a test declares.
 *
 * It has one replica, since it keeps its gates and its running tests in memory.
 *
 * ```ts
 * const tester = new LoadTester(chart, 'load-tester', { namespace: bank });
 * ```
 * https://docs.flagger.app/usage/webhooks#load-testing
 */
export class LoadTester extends Construct implements ILoadTester, Guarded {
  /** A load tester that runs already, in the mesh. Its own side is not ours to open. @throws ConfigError */
  static existing(workload: ForeignWorkload, props: ExistingLoadTesterProps = {}): ILoadTester {
    return existingLoadTester(workload, props);
  }

  /** The workload itself. */
  readonly service: BankingService;
  readonly name: string;
  readonly address: string;
  readonly podPort = PORT;
  readonly healthProto = `${FILES}/health.proto`;
  private readonly flagger: FlaggerCaller;
  private readonly files: readonly string[];
  private readonly admitted = new Set<string>();
  private readonly namespaces = new Set<string>();

  /** @throws ConfigError that lists every problem of the props. */
  constructor(scope: Construct, id: string, given: LoadTesterProps) {
    super(scope, constructId(id));
    const wanted = given?.name ?? id;
    const problems = new Problems(called('load tester', wanted));
    const props = fitProps(given, PROPS, problems);
    const taskSeconds = props.taskTimeout?.toSeconds({ integral: false }) ?? 3600;
    problems.check(
      Number.isInteger(taskSeconds) && taskSeconds >= 1,
      `${taskSeconds} s must be a whole number of seconds from 1 on`,
      'taskTimeout',
    );
    problems.throwIfAny();
    const content = { 'health.proto': HEALTH_PROTO, ...props.files };
    this.files = Object.keys(content);
    this.service = new BankingService(this, 'service', {
      name: wanted,
      namespace: props.namespace,
      image: props.image ?? IMAGE,
      imagePullSecrets: props.imagePullSecrets,
      port: PORT,
      tier: ServiceTier.SMALL,
      scaling: Scaling.fixed(1),
      resources: props.resources ?? {
        requests: { cpu: '100m', memory: '128Mi' },
        limits: { cpu: '1', memory: '512Mi' },
        ephemeralStorage: '256Mi',
      },
      health: Health.of({
        liveness: HealthProbe.tcp(),
        readiness: HealthProbe.http('/healthz'),
        managementPaths: ['/metrics'],
        metrics: { path: '/metrics' },
      }),
      // It waits a minute for the tests that it is asked for: cmd/loadtester/main.go.
      shutdown: { drain: Duration.seconds(60) },
      configuration: { files: { path: FILES, content } },
      secretFiles: props.secretFiles,
      args: [`-port=${PORT}`, '-log-level=info', `-timeout=${taskSeconds}s`],
      // Whoever waits for the end of a test waits as long as Flagger does.
      traffic: { timeout: Duration.seconds(Math.max(60, taskSeconds)), retries: { attempts: 2, perTry: Duration.seconds(5) } },
    });
    const { namespace } = this.service;
    this.name = this.service.model.name;
    this.address = `http://${serviceHost(this.name, namespace.name, namespace.platform.clusterDomain)}:${PORT}`;
    this.flagger = new FlaggerCaller(namespace.platform);
    transform(ApiObject.of(this.service.deployment), (json) => this.withNamespaces(json));
  }

  get guard(): Guard {
    return this.service.guard;
  }

  get caller(): ICaller {
    return this.guard;
  }

  get container(): string {
    return this.name;
  }

  get namespaceName(): string {
    return this.service.namespace.name;
  }

  fileAt(name: string): string {
    if (this.files.includes(name)) return `${FILES}/${name}`;
    throw new RangeError(
      `${show(name)} is no file of load tester ${this.name}; it has ${this.files.join(', ')}: add it to files`,
    );
  }

  admit(_scope: Construct, paths: readonly string[], canaryNamespace: string): void {
    this.namespaces.add(canaryNamespace);
    const more = paths.filter((path) => !this.admitted.has(path));
    if (more.length === 0) return;
    more.forEach((path) => this.admitted.add(path));
    this.service.allowFrom(this.flagger, { methods: ['POST'], paths: more });
  }

  /** Lets a workload of the mesh open and close gates: a bot of the change management, say. @throws ConfigError */
  letApprove(caller: ICaller | Guarded): this {
    const verbs = ['open', 'close'];
    const paths = verbs.flatMap((verb) => [`/gate/${verb}`, `/rollback/${verb}`]);
    this.service.allowFrom(caller, { methods: ['POST'], paths });
    return this;
  }

  /** Lets programs of tests call something else than the new version: a token service, say. @throws ConfigError */
  allowTo(callee: ICallee | Guarded, options?: EdgeOptions): this {
    this.service.allowTo(callee, options);
    return this;
  }

  /** A second lock: it refuses what is sent in the name of another namespace. https://github.com/fluxcd/flagger/blob/v1.44.0/pkg/loadtester/authorizer.go */
  private withNamespaces<T extends object>(json: T): T {
    const names = [...this.namespaces].sort(compare);
    const { containers } = (json as DeploymentJson).spec.template.spec;
    containers.find(({ name }) => name === this.name)!.args.push(`-namespace-regexp=^(${names.join('|')})$`);
    return json;
  }
}

interface DeploymentJson {
  readonly spec: {
    readonly template: { readonly spec: { readonly containers: { readonly name: string; readonly args: string[] }[] } };
  };
}
