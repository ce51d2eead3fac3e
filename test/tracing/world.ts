import { Chart, Testing } from 'cdk8s';
import { parse } from 'yaml';
import {
  ExternalHost,
  OpenTelemetryCollector,
  type OpenTelemetryCollectorProps,
  type OtlpExportProps,
  Platform,
  Reach,
  TraceExport,
  ZeroTrustNamespace,
} from '../../lib';
import { notesOn } from '../../lib/kube';
import { type Json, only } from '../banking-service/world';

export const VENDOR = ExternalHost.tls('otlp.example.com', { port: 4443, reach: Reach.cidrs('203.0.113.0/28') });
export const toVendor = (props: Partial<OtlpExportProps> = {}) => TraceExport.otlp({ to: VENDOR, ...props });

/** Namespaces `vault` and `spans`, whose Platform names the collector `otel` of the latter. */
export class TracingWorld {
  readonly chart = new Chart(Testing.app(), 'world');
  readonly platform = new Platform({ traceCollector: OpenTelemetryCollector.at({ namespace: 'spans', name: 'otel' }) });
  readonly vault = new ZeroTrustNamespace(this.chart, 'vault', { name: 'vault', platform: this.platform });
  readonly spans = new ZeroTrustNamespace(this.chart, 'spans', { name: 'spans', platform: this.platform });

  collector(props: Partial<OpenTelemetryCollectorProps> = {}): OpenTelemetryCollector {
    return new OpenTelemetryCollector(this.chart, 'otel', { namespace: this.spans, export: toVendor(), ...props });
  }

  objects(): Json[] {
    return Testing.synth(this.chart) as Json[];
  }

  one(kind: string, name: string): Json {
    return only(this.objects(), kind, name);
  }

  /** The configuration of a program, as it reads it. */
  config(name = 'otel'): Json {
    const map = this.objects().find((one) => one.kind === 'ConfigMap' && one.metadata.name.startsWith(`${name}-files-`))!;
    return parse(map.data['collector.yaml']) as Json;
  }

  problems(): string[] {
    return this.chart.node.findAll().flatMap((one) => one.node.validate());
  }

  notes(kind: string): string[] {
    return this.chart.node
      .findAll()
      .flatMap(notesOn)
      .filter((one) => one.kind === kind)
      .map(({ text }) => text);
  }
}
