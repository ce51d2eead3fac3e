import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { command } from '../command';
import { goProgram } from '../install';
import type { Court, Finding, Judge } from '../model';
import { ROOT } from '../paths';
import { type KubeObject, type System, describeObject, ofKind } from '../systems';

const FOLDER = join(ROOT, '.ci', 'otelcol');
const VERSION = /collector\/otelcol v([\d.]+)/.exec(readFileSync(join(FOLDER, 'go.mod'), 'utf8'))![1]!;

/** A token. In its Secret each dollar sign is written twice, as the README.md of the environment asks. */
const TOKEN = 'key: "va$lue" # ${env:HOME} $$ {[0123';
const SECRET = TOKEN.replaceAll('$', '$$$$');

/** The part of a collector's configuration that says what should come out of it. */
interface Config {
  readonly extensions: { readonly health_check: { readonly endpoint: string } };
  readonly receivers: { readonly otlp: { readonly protocols: Readonly<Record<string, { readonly endpoint: string }>> } };
  readonly processors: { readonly tail_sampling?: TailSampling };
  readonly exporters: Readonly<Record<string, { readonly headers?: Readonly<Record<string, string>> }>>;
}

interface TailSampling {
  readonly decision_wait: string;
  readonly policies: readonly {
    readonly type: string;
    readonly latency?: { readonly threshold_ms: number };
    readonly probabilistic?: { readonly sampling_percentage: number };
  }[];
}

interface Container {
  readonly image: string;
  readonly args?: readonly string[];
  readonly env?: readonly { readonly name: string; readonly value?: string }[];
  readonly ports?: readonly { readonly containerPort: number }[];
  readonly readinessProbe: { readonly httpGet: { readonly path: string; readonly port: number } };
  readonly volumeMounts?: readonly { readonly name: string; readonly mountPath: string }[];
}

interface PodSpec {
  readonly volumes?: readonly { readonly name: string; readonly configMap?: { readonly name: string } }[];
  readonly containers: readonly Container[];
}

/** A collector of a system, and the text that it is configured by. */
interface Collector {
  readonly deployment: KubeObject;
  readonly container: Container;
  readonly text: string;
}

/** What .ci/otelcol answers. */
interface Answer {
  readonly health: readonly number[];
  readonly exported: Readonly<
    Record<
      string,
      {
        readonly whole: Readonly<Record<string, number>>;
        readonly part: Readonly<Record<string, number>>;
        readonly headers: Readonly<Record<string, readonly string[]>> | null;
      }
    >
  >;
  readonly warnings: readonly string[] | null;
}

/** The OpenTelemetry Collector itself: see .ci/otelcol. */
export const otelcol: Judge = {
  name: 'otelcol',
  says: 'that a collector takes its configuration, is ready where the kubelet asks, and exports the traces that it should, with their headers',
  unit: 'traces',
  tools: [goProgram('otelcol', VERSION, FOLDER)],
  reads: (systems) => systems.flatMap(collectorsIn).length,
  run({ bin, systems }: Court) {
    let read = 0;
    const findings = systems.flatMap((system) =>
      collectorsIn(system).flatMap((one) => {
        const config = parse(one.text) as Config;
        const traces = tracesFor(config);
        read += traces.reduce((sum, { count }) => sum + count, 0);
        return ask(bin('otelcol'), one, config, traces).map(([rule, message]): Finding => ({
          system: system.name,
          object: describeObject(one.deployment),
          rule,
          level: rule === 'warned' ? 'warning' : 'error',
          message,
        }));
      }),
    );
    return { read, findings };
  },
};

/** Those that read their configuration from a file of a ConfigMap. */
function collectorsIn(system: System): Collector[] {
  return ofKind(system, 'Deployment').flatMap((deployment) => {
    const { template } = deployment.spec as { readonly template: { readonly spec: PodSpec } };
    const { volumes = [], containers } = template.spec;
    return containers.flatMap((container) => {
      const path = container.args?.find((arg) => arg.startsWith('--config='))?.slice('--config='.length);
      const mount = container.volumeMounts?.find(({ mountPath }) => path?.startsWith(`${mountPath}/`));
      const name = volumes.find((volume) => volume.name === mount?.name)?.configMap?.name;
      const map = ofKind(system, 'ConfigMap').find(
        ({ metadata }) => metadata.name === name && metadata.namespace === deployment.metadata.namespace,
      );
      const text = (map?.data as Record<string, string> | undefined)?.[path!.slice(mount!.mountPath.length + 1)];
      return text === undefined || !/^receivers:/m.test(text) ? [] : [{ deployment, container, text }];
    });
  });
}

interface Traces {
  readonly name: string;
  readonly count: number;
  readonly fails?: boolean;
  readonly milliseconds: number;
  /** How many of them may come out at the other end, from and to. */
  readonly kept: readonly [number, number];
}

/** Traces on both sides of what tail sampling tells apart; without it, all of them are kept. */
function tracesFor({ processors: { tail_sampling: sampling } }: Config): Traces[] {
  const policy = (type: string) => sampling?.policies.find((one) => one.type === type);
  const slow = policy('latency')?.latency?.threshold_ms ?? 500;
  const share = sampling ? (policy('probabilistic')?.probabilistic?.sampling_percentage ?? 0) / 100 : 1;
  const count = 2000;
  // Of as many draws, all but one run in a million are nearer than five standard deviations.
  const about = 5 * Math.sqrt(count * share * (1 - share));
  return [
    { name: 'failed', count: 50, fails: true, milliseconds: Math.floor(slow / 2), kept: [50, 50] },
    { name: 'slow', count: 50, milliseconds: slow + 1, kept: [50, 50] },
    { name: 'rest', count, milliseconds: Math.max(1, slow - 1), kept: [count * share - about, count * share + about] },
  ];
}

/** What is wrong, each a rule and a sentence. */
function ask(program: string, { container, text }: Collector, config: Config, traces: readonly Traces[]): [string, string][] {
  const env = Object.fromEntries((container.env ?? []).map(({ name, value }) => [name, value ?? SECRET]));
  const { path, port } = container.readinessProbe.httpGet;
  // A decision, a batch, and the way to the other end.
  const wait = Number.parseInt(config.processors.tail_sampling?.decision_wait ?? '0', 10) + 5;
  const { status, stdout, stderr } = command(program, [], {
    input: JSON.stringify({ config: text, env, healthPath: path, traces, wait }),
    answers: [0, 1],
  });
  if (status !== 0) return [['refused', stderr.trim()]];
  const { health, exported, warnings } = JSON.parse(stdout) as Answer;
  const found: [string, string][] = (warnings ?? []).map((warning) => ['warned', warning]);
  const check = (rule: string, holds: boolean, what: string): unknown => holds || found.push([rule, what]);

  const image = /^otel\/opentelemetry-collector-k8s:(.*)$/.exec(container.image)?.[1];
  check('version', image === undefined || image === VERSION, `is ${image}, and ${VERSION} was asked; change .ci/otelcol/go.mod`);
  check('health', health.join() === '200,200', `answers ${health.join(', then ')} at ${path}`);
  check('health', portOf(config.extensions.health_check) === port, `the kubelet asks port ${port}`);
  const open = (container.ports ?? []).map(({ containerPort }) => containerPort);
  for (const one of Object.values(config.receivers.otlp.protocols)) {
    check('ports', open.includes(portOf(one)), `listens at ${one.endpoint}; the container's ports are ${open.join(', ')}`);
  }
  for (const [id, { headers = {} }] of Object.entries(config.exporters)) {
    const { whole, part, headers: sent } = exported[id]!;
    for (const { name, count, kept } of traces) {
      const [least, most] = kept;
      const came = whole[name] ?? 0;
      check('kept', came >= least && came <= most, `${id}: ${came} of ${count} traces that are ${name} came out`);
      check('torn', part[name] === undefined, `${id}: ${part[name]} traces that are ${name} came without a span`);
    }
    for (const [name, value] of Object.entries(headers)) {
      const due = value.replace(/\$\$|\$\{env:\w+\}/g, (reference) => (reference === '$$' ? '$' : TOKEN));
      const got = sent?.[name.toLowerCase()]?.join();
      check('headers', got === due, `${id}: header ${name} is ${got}, and should be ${due}`);
    }
  }
  return found;
}

const portOf = ({ endpoint }: { readonly endpoint: string }): number => Number(endpoint.split(':').at(-1));
