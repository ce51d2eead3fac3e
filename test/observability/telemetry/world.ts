import { Chart, Duration, Testing } from 'cdk8s';
import { ObservabilityStack, type ObservabilityStackProps, ObservedService, Platform, type PlatformProps } from '../../../lib';
import { notesOn } from '../../../lib/kube';
import { type Json, only } from '../../banking-service/world';

export const COLLECTOR = { namespace: 'traces', podLabels: { k: 'otel' }, host: 'otel.traces.svc.cluster.local', port: 4319 };

/** A stack that watches `teller` of namespace `vault`, and more services as `namespace/name`. */
export class StackWorld {
  readonly chart = new Chart(Testing.app(), 'world');
  readonly stack: ObservabilityStack;

  constructor(
    props: Partial<ObservabilityStackProps> = {},
    platform: PlatformProps = {},
    services: readonly string[] = ['vault/teller'],
  ) {
    this.stack = new ObservabilityStack(this.chart, 'stack', {
      platform: new Platform(platform),
      objective: { availability: 99.9 },
      services: services.map((one) => {
        const [namespace, name] = one.split('/') as [string, string];
        return ObservedService.of({ namespace, name });
      }),
      ...props,
    });
  }

  objects(): Json[] {
    return Testing.synth(this.chart) as Json[];
  }

  telemetry(namespace = 'vault'): Json {
    return only(
      this.objects().filter(({ metadata }) => metadata.namespace === namespace),
      'Telemetry',
    );
  }

  notes(kind: string): string[] {
    return notesOn(this.stack)
      .filter((one) => one.kind === kind)
      .map(({ text }) => text);
  }
}

export const slow = { availability: 99.9, p95: Duration.millis(170), p99: Duration.millis(730) };
