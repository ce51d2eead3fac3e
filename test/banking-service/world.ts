import { Chart, Testing } from 'cdk8s';
import {
  BankingService,
  type BankingServiceProps,
  Platform,
  type PlatformProps,
  ZeroTrustNamespace,
  type ZeroTrustNamespaceProps,
} from '../../lib';
import type { Json } from '../support/rules/objects';

export type { Json } from '../support/rules/objects';

export const IMAGE = 'registry.example.com/vault/teller:4.7.1';

/** One namespace, `vault`, in one chart. */
export class World {
  readonly chart = new Chart(Testing.app(), 'world');
  readonly platform: Platform;
  readonly namespace: ZeroTrustNamespace;

  constructor(platform: PlatformProps = {}, namespace: Partial<ZeroTrustNamespaceProps> = {}) {
    this.platform = new Platform(platform);
    this.namespace = new ZeroTrustNamespace(this.chart, 'namespace', { name: 'vault', platform: this.platform, ...namespace });
  }

  service(id: string, props: Partial<BankingServiceProps> = {}): BankingService {
    return new BankingService(this.chart, id, { namespace: this.namespace, image: IMAGE, port: 8071, ...props });
  }

  objects(): Json[] {
    return Testing.synth(this.chart) as Json[];
  }

  /** The only object of a kind, or of a kind and a name. */
  one(kind: string, name?: string): Json {
    return only(this.objects(), kind, name);
  }
}

export function only(objects: readonly Json[], kind: string, name?: string): Json {
  const found = objects.filter((one) => one.kind === kind && (name === undefined || one.metadata.name === name));
  if (found.length === 1) return found[0]!;
  throw new Error(`${found.length} objects are a ${kind} ${name ?? ''}`);
}

/** The pod of a service with these props, as its Deployment has it. */
export function podOf(props: Partial<BankingServiceProps> = {}, platform: PlatformProps = {}): Json {
  const world = new World(platform);
  world.service('teller', props);
  return world.one('Deployment').spec.template.spec;
}

/** The application's container of such a pod. */
export function containerOf(props: Partial<BankingServiceProps> = {}, platform: PlatformProps = {}): Json {
  return podOf(props, platform).containers[0];
}
