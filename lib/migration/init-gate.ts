import { ApiObject } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import type { BankingService } from '../banking-service/banking-service';
import { containerResources } from '../banking-service/resources/container-resources';
import { NATIVE_SIDECAR_ANNOTATION } from '../jobs/proxy';
import { type Manifest, transform } from '../kube';
import type { MigrationModel } from './model';
import { compareVersions } from './version';

type Track = BankingService['deployments'][number];

/** Deployments that need the schema: all but those of versions known to be older. */
export function gatedTracks(service: BankingService, { phase }: MigrationModel): readonly Track[] {
  return service.deployments.filter(({ version }) => compareVersions(version, phase.version) !== 'older');
}

/**
 * What the gate runs, in POSIX sh: it looks every 5 seconds, and gives up after a while, so that the kubelet says that it fails.
 * No `${…}` and no `$$`: Flux would replace the one, and the kubelet the other.
 */
export function waitScript({ job: { name }, tool, init }: MigrationModel): string {
  return [
    'trap "exit 143" TERM',
    'schema_is_there() {',
    ...tool.check.condition.map((line) => `  ${line}`),
    '}',
    `end=$(($(date +%s) + ${init!.limit}))`,
    'until schema_is_there; do',
    '  if [ "$(date +%s)" -ge "$end" ]; then',
    `    echo "the schema is not there after ${init!.limit} s: look at the Job of ${name}" >&2`,
    '    exit 1',
    '  fi',
    '  sleep 5',
    'done',
  ].join('\n');
}

/** Makes pods of the new version wait for their schema. */
export function addInitGate(scope: Construct, service: BankingService, model: MigrationModel): void {
  const { job, tool, init } = model;
  for (const { name: track, deployment } of gatedTracks(service, model)) {
    const secret = (name: string) => ensure(scope, `secret-${name}`, (id) => kplus.Secret.fromSecretName(scope, id, name));
    const container = deployment.addInitContainer({
      name: `wait-for-${job.name}`,
      image: tool.image,
      imagePullPolicy: job.imagePullPolicy as kplus.ImagePullPolicy,
      command: ['sh', '-c', waitScript(model)],
      resources: containerResources(job.resources),
      securityContext: { user: job.security.user, group: job.security.group },
      envVariables: {
        ...Object.fromEntries(Object.entries(init!.env).map(([key, value]) => [key, kplus.EnvValue.fromValue(value)])),
        ...Object.fromEntries(
          Object.entries(init!.secretEnv).map(([key, place]) => [
            key,
            kplus.EnvValue.fromSecretValue({ secret: secret(place.secret), key: place.key }),
          ]),
        ),
      },
    });
    const scratch = `${job.name}-tmp`;
    container.mount('/tmp', kplus.Volume.fromEmptyDir(scope, `${track}-tmp`, scratch));
    if (job.files) {
      const { name, path } = job.files;
      const map = ensure(scope, `config-map-${name}`, (id) => kplus.ConfigMap.fromConfigMapName(scope, id, name));
      const volume = kplus.Volume.fromConfigMap(scope, `${track}-scripts`, map, { name: `${job.name}-scripts` });
      container.mount(path, volume, { readOnly: true });
    }
    transform(ApiObject.of(deployment), (json) => withNativeProxy(withMoreTime(json, init!.limit)));
  }
  for (const canary of canariesOf(service)) transform(canary, (json) => withMoreTime(json, init!.limit));
}

/** What Flagger releases it by, if it does. */
export function canariesOf(service: BankingService): ApiObject[] {
  return service.node.findAll().filter((one): one is ApiObject => ApiObject.isApiObject(one) && one.kind === 'Canary');
}

function ensure<T>(scope: Construct, id: string, make: (id: string) => T): T {
  return (scope.node.tryFindChild(id) as T | undefined) ?? make(id);
}

/** Kubernetes' and Flagger's own default. */
const PROGRESS_DEADLINE = 600;

/** A pod that waits makes no progress, and is not to be given up for it while the migration may still succeed. */
function withMoreTime(json: Manifest, seconds: number): Manifest {
  const spec = json.spec as { readonly progressDeadlineSeconds?: number };
  return { ...json, spec: { ...spec, progressDeadlineSeconds: (spec.progressDeadlineSeconds ?? PROGRESS_DEADLINE) + seconds } };
}

/** The init container talks to the database through the proxy, which has to be up before it. */
function withNativeProxy(json: Manifest): Manifest {
  const spec = json.spec as { readonly template: { readonly metadata: { readonly annotations?: object } } };
  const { template } = spec;
  const annotations = { ...template.metadata.annotations, [NATIVE_SIDECAR_ANNOTATION]: 'true' };
  return { ...json, spec: { ...spec, template: { ...template, metadata: { ...template.metadata, annotations } } } };
}
