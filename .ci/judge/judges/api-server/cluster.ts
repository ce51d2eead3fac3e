import { setTimeout as sleep } from 'node:timers/promises';
import type { Crd } from '../../../../imports/generator/crd';
import type { KubeObject } from '../../systems';
import type { Answer, ApiServer } from './server';

interface Resource {
  readonly name: string;
  readonly kind: string;
  readonly namespaced: boolean;
}

const TRIES = 40;
const PAUSE = 250;
/** Unknown and repeated fields are errors, as for `kubectl --validate=strict`. */
const STRICT = 'fieldValidation=Strict';

/** What the judge does with an API server: find the path of a kind, and create objects. */
export class Cluster {
  private readonly resources = new Map<string, Resource>();

  constructor(private readonly server: ApiServer) {}

  /** @throws Error when one is refused: then nothing that follows would say anything */
  async define(crds: readonly Crd[]): Promise<void> {
    for (const crd of crds) {
      const { status, body } = await this.server.ask('POST', '/apis/apiextensions.k8s.io/v1/customresourcedefinitions', crd);
      if (status >= 300) throw new Error(`the CRD of ${crd.spec.names.kind} is refused: ${String(body.message)}`);
    }
  }

  async create(object: KubeObject, { dryRun = false } = {}): Promise<Answer> {
    const query = dryRun ? `${STRICT}&dryRun=All` : STRICT;
    const path = `${await this.path(object)}?${query}`;
    const answer = await this.server.ask('POST', path, object);
    // Admission reads the objects made just before from caches that may lag behind.
    for (let i = 0; i < TRIES && isLag(answer); i++) {
      await sleep(PAUSE);
      const again = await this.server.ask('POST', path, object);
      if (!isLag(again)) return again;
    }
    return answer;
  }

  async createNamespace(name: string): Promise<void> {
    const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name } };
    const { status, body } = await this.server.ask('POST', '/api/v1/namespaces', namespace);
    if (status >= 300 && status !== 409) throw new Error(`namespace ${name} is refused: ${String(body.message)}`);
  }

  /** What the quota controller would do, which is not there: nothing is used yet. */
  async startQuota(quota: KubeObject): Promise<void> {
    const { hard } = quota.spec as { hard: Record<string, string> };
    const used = Object.fromEntries(Object.keys(hard).map((name) => [name, '0']));
    const path = `${await this.path(quota)}/${quota.metadata.name}`;
    const { body } = await this.server.ask('GET', path);
    const { status, body: said } = await this.server.ask('PUT', `${path}/status`, { ...body, status: { hard, used } });
    if (status >= 300) throw new Error(`the status of a quota is refused: ${String(said.message)}`);
  }

  private async path({ apiVersion, kind, metadata: { namespace } }: KubeObject): Promise<string> {
    const root = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
    const key = `${apiVersion} ${kind}`;
    // The paths of a CRD appear a moment after it was made.
    for (let i = 0; i < TRIES && !this.resources.has(key); i++) {
      if (i > 0) await sleep(PAUSE);
      const { body } = await this.server.ask('GET', root);
      for (const one of (body.resources ?? []) as Resource[]) {
        if (!one.name.includes('/')) this.resources.set(`${apiVersion} ${one.kind}`, one);
      }
    }
    const resource = this.resources.get(key);
    if (!resource) throw new Error(`the API server knows no ${key}`);
    return `${root}${resource.namespaced ? `/namespaces/${namespace}` : ''}/${resource.name}`;
  }
}

const isLag = ({ status, body }: Answer): boolean =>
  (status === 403 &&
    /no PriorityClass with name|error looking up service account|status unknown for quota/.test(String(body.message))) ||
  (status === 404 && /could not find the requested resource|page not found/.test(String(body.message)));
