import type { BankingService } from '../../banking-service/banking-service';
import { CANONICAL_NAME_LABEL, WORKLOAD_LABEL } from '../../kernel/labels';
import { declared } from '../banking-service-facts';
import type { ServiceNames } from '../service-names';

/** What a monitor must know of a service. */
export interface Scraped {
  /** Labels that its pods carry, on every track. */
  readonly podLabels: Readonly<Record<string, string>>;
  /** Whether its pods say where the application serves metrics. Undefined: that is not known. */
  readonly application?: boolean;
  /** Whether its pods keep the injector from announcing their metrics. */
  readonly unannounced: boolean;
  /** Services that lead to its pods, each pod behind exactly one of them. */
  readonly services: readonly string[];
  /** Why no such Services are known. */
  readonly noServices?: string;
}

/** By either a pod keeps the injector from merging and announcing its metrics. */
const UNMERGED = ['prometheus.io/scrape', 'prometheus.istio.io/merge-metrics'];
/** What Go reads as false. https://pkg.go.dev/strconv#ParseBool */
const NO = /^(0|f|F|false|False|FALSE)$/;

const TWICE = 'a pod that two of them lead to would be scraped twice, and each of its requests counted twice';

/** Flagger leads the Service of a canary and `x-primary` to the same pods; with `x-canary`, the latter covers both tracks. */
const flaggers = (service: string): string[] => [`${service}-primary`, `${service}-canary`];

/** Of a BankingService, from what it has declared. */
export function scrapedOf(service: BankingService): Scraped {
  const { name, health, podAnnotations } = service.model;
  const own = declared(service, 'Service');
  const canary = declared(service, 'Canary').length > 0;
  const off = UNMERGED.some((key) => NO.test(podAnnotations[key] ?? ''));
  const common = {
    podLabels: { [WORKLOAD_LABEL]: name },
    application: !off && (health.props.metrics !== undefined || 'prometheus.io/port' in podAnnotations),
    unannounced: off,
  };
  if (canary && own.length > 0) {
    return {
      ...common,
      services: [],
      noServices: `while Flagger takes it over, Service ${own.join(', ')} leads to the pods of both tracks and then to those of the primary; ${TWICE}`,
    };
  }
  return { ...common, services: canary ? flaggers(name) : own };
}

/** Of a service that this library did not make. */
export function scrapedByNames({ name, podLabels, services = [name], canary }: ServiceNames): Scraped {
  const common = { podLabels: podLabels ?? { [CANONICAL_NAME_LABEL]: name }, unannounced: false };
  if (services.length > 1) {
    return { ...common, services: [], noServices: `several Services lead to it, ${services.join(', ')}; ${TWICE}` };
  }
  return { ...common, services: canary === undefined ? services : services.flatMap(flaggers) };
}
