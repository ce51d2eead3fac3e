import { isDeepStrictEqual } from 'node:util';
import { namespaceOf } from '../reachability/objects';
import { serviceNames, type Canary, type CustomMetadata, type Live } from './canary';
import type { PodSpec } from './config-tracker';
import { isOwnedBy, ownedBy, withToolkitOff } from './metadata';
import type { Store } from './store';

/* The three Services: pkg/router/kubernetes_default.go; discovered ports: pkg/canary/util.go. */

interface ServicePort {
  name?: string;
  port: number;
  targetPort?: number | string;
  nodePort?: number;
  [field: string]: unknown;
}

interface Service extends Live {
  spec: { selector?: Record<string, string>; ports?: ServicePort[]; [field: string]: unknown };
}

/** Containers whose ports are the mesh's. */
const PROXIES = ['istio-proxy', 'envoy'];

export class ServiceRouter {
  constructor(
    private readonly store: Store,
    private readonly canary: Canary,
    private readonly label: { readonly key: string; readonly value: string },
    private readonly pod: PodSpec,
  ) {}

  /** The Services of the two tracks. */
  initialize(): void {
    const { primary, canary } = serviceNames(this.canary);
    const { service } = this.canary.spec;
    this.reconcile(canary, this.label.value, service.canary);
    this.reconcile(primary, `${this.label.value}-primary`, service.primary);
  }

  /** The one that callers name; it leads to the primary. */
  reconcileApex(): void {
    this.reconcile(serviceNames(this.canary).apex, `${this.label.value}-primary`, this.canary.spec.service.apex);
  }

  /**
   * What it adds to labels and annotations it adds to the Canary in Flagger's hand: the VirtualService, which comes later,
   * has those of the apex Service, too.
   */
  private reconcile(name: string, value: string, given: CustomMetadata = {}): void {
    const { headless, trafficDistribution } = this.canary.spec.service;
    const selector = { [this.label.key]: value };
    const ports = this.ports();
    const namespace = namespaceOf(this.canary);
    given.labels = { ...given.labels, [this.label.key]: name };
    given.annotations ??= {};
    const existing = this.store.find<Service>('Service', namespace, name);
    if (existing === undefined) {
      given.annotations = withToolkitOff(given.annotations);
      const { labels, annotations } = given;
      this.store.put({
        apiVersion: 'v1',
        kind: 'Service',
        metadata: { name, namespace, labels, annotations, ...{ ownerReferences: ownedBy(this.canary) } },
        spec: {
          type: 'ClusterIP',
          selector,
          ports,
          ...(headless ? { clusterIP: 'None' } : {}),
          ...(trafficDistribution ? { trafficDistribution } : {}),
        },
      });
    } else {
      this.takeOver(existing, selector, ports, given);
    }
  }

  /**
   * Of a Service that is there, ports and selector change, and nothing else of its spec. One that Flagger made takes on the
   * Canary's labels and annotations; one that somebody else made keeps its own, gets no owner, and the marks for Flux only.
   */
  private takeOver(existing: Service, selector: Record<string, string>, wanted: ServicePort[], given: CustomMetadata): void {
    const nodePorts = new Map((existing.spec.ports ?? []).map(({ name, nodePort }) => [name, nodePort]));
    const ports = wanted.map((port) => {
      const nodePort = nodePorts.get(port.name);
      return nodePort ? { ...port, nodePort } : port;
    });
    const { labels: oldLabels = {}, annotations: oldAnnotations = {} } = existing.metadata ?? {};
    let { metadata } = existing;
    if (isOwnedBy(existing, this.canary)) {
      const { annotations = [], labels = [] } = this.canary.spec.service.unmanagedMetadata ?? {};
      given.labels = { ...given.labels, ...picked(oldLabels, labels) };
      given.annotations = { ...withToolkitOff(given.annotations), ...picked(oldAnnotations, annotations) };
      metadata = { ...metadata, labels: given.labels, annotations: given.annotations };
    }
    const changed: Service = { ...existing, metadata, spec: { ...existing.spec, ports, selector } };
    if (!isDeepStrictEqual(changed, existing)) {
      this.store.put({ ...changed, metadata: { ...metadata, annotations: withToolkitOff(metadata?.annotations) } });
    }
  }

  private ports(): ServicePort[] {
    const { port, portName, targetPort, appProtocol, portDiscovery } = this.canary.spec.service;
    const named = targetPort !== undefined && String(targetPort) !== '0';
    return [
      {
        name: portName || 'http',
        protocol: 'TCP',
        port,
        targetPort: named ? targetPort : port,
        ...(appProtocol ? { appProtocol } : {}),
      },
      ...(portDiscovery ? this.discovered() : []),
    ];
  }

  /** Every other port that a container declares, by name; in truth in random order. */
  private discovered(): ServicePort[] {
    const { port, targetPort } = this.canary.spec.service;
    const found = new Map<string, number>();
    for (const container of (this.pod.containers ?? []).filter(({ name }) => !PROXIES.includes(name ?? ''))) {
      (container.ports ?? []).forEach(({ name, containerPort }, index) => {
        const known =
          targetPort === undefined || String(targetPort) === '0'
            ? containerPort === port
            : typeof targetPort === 'number'
              ? containerPort === targetPort
              : name === targetPort;
        if (!known) {
          found.set(name || `tcp-${container.name ?? ''}-${index}`, containerPort);
        }
      });
    }
    return [...found]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, number]) => ({ name, protocol: 'TCP', port: number, targetPort: number }));
  }
}

function picked(from: Record<string, string>, keys: readonly string[]): Record<string, string> {
  return Object.fromEntries(keys.filter((key) => from[key] !== undefined).map((key) => [key, from[key]!]));
}
