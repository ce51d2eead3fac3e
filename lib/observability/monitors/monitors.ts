import { Problems, show } from '../../kernel/errors';
import { fitProps } from '../../kernel/shape';
import { RATE_WINDOW } from '../rules/recorded';
import { dropProblems } from './drop';
import { MONITOR_OPTIONS, type MonitorOptions } from './props';

/** Objects by which Prometheus finds the pods. Times in seconds. */
export interface ScrapeModel {
  readonly kind: 'pods' | 'services';
  readonly interval: number;
  /** Undefined: Prometheus' own. */
  readonly scrapeTimeout?: number;
  readonly sampleLimit: number;
  readonly drop: readonly string[];
}

export type MonitorsModel = ScrapeModel | { readonly kind: 'annotations' | 'none' };

/** Four scrapes within the window of the recorded rates: two may be missed, and there is still a rate. */
const LONGEST_INTERVAL = RATE_WINDOW / 4;
const SHORTEST_INTERVAL = 5;

/**
 * A busy pod with a hundred peers has some ten thousand samples, most of them in the proxy's histograms. Beyond five times
 * that, somebody has made a label of an account number. Prometheus then drops the whole scrape, so that the limit is far away.
 */
const SAMPLE_LIMIT = 50_000;
const LEAST_SAMPLES = 1000;

/**
 * How Prometheus finds what it scrapes. Whatever the way, it asks the agent of each pod's proxy, on port 15020, for the metrics
 * of the proxy and of the application at once: docs/guides/metrics.md.
 */
export class Monitors {
  /** A PodMonitor for each service: each pod once, on every track of its release. The default. @throws ConfigError */
  static podMonitors(options: MonitorOptions = {}): Monitors {
    return new Monitors(resolve('Monitors.podMonitors', 'pods', options));
  }

  /**
   * A ServiceMonitor for each service, for a Prometheus that reads no PodMonitors. It sees pods through Services, and is refused
   * where several Services may lead to the same pods. @throws ConfigError
   */
  static serviceMonitors(options: MonitorOptions = {}): Monitors {
    return new Monitors(resolve('Monitors.serviceMonitors', 'services', options));
  }

  /** No objects: Prometheus has a scrape job that reads the annotations `prometheus.io/*`, which every pod of the mesh has. */
  static annotations(): Monitors {
    return new Monitors({ kind: 'annotations' });
  }

  /** No objects: somebody else scrapes the pods. */
  static none(): Monitors {
    return new Monitors({ kind: 'none' });
  }

  private constructor(
    /** @internal */
    readonly model: MonitorsModel,
  ) {
    Object.freeze(this);
  }
}

function resolve(where: string, kind: ScrapeModel['kind'], given: MonitorOptions): ScrapeModel {
  const problems = new Problems(where);
  const { interval, scrapeTimeout, sampleLimit = SAMPLE_LIMIT, drop = [] } = fitProps(given, MONITOR_OPTIONS, problems);
  const every = interval?.toSeconds({ integral: false }) ?? LONGEST_INTERVAL;
  problems.check(
    Number.isInteger(every) && every >= SHORTEST_INTERVAL && every <= LONGEST_INTERVAL,
    `${every} s must be a whole number of seconds from ${SHORTEST_INTERVAL} to ${LONGEST_INTERVAL}: rates are counted over ${RATE_WINDOW} s, which needs four scrapes`,
    'interval',
  );
  const timeout = scrapeTimeout?.toSeconds({ integral: false });
  problems.check(
    timeout === undefined || (Number.isInteger(timeout) && timeout >= 1 && timeout <= every),
    `${timeout} s must be a whole number of seconds from 1 to ${every}, the interval; a longer one makes Prometheus' operator refuse the monitor`,
    'scrapeTimeout',
  );
  problems.check(
    Number.isInteger(sampleLimit) && sampleLimit >= LEAST_SAMPLES,
    `${show(sampleLimit)} must be a whole number from ${LEAST_SAMPLES} on: a proxy alone has that many, and above the limit a whole scrape is lost`,
    'sampleLimit',
  );
  dropProblems(drop).forEach((what) => problems.add(what, 'drop'));
  problems.throwIfAny();
  return Object.freeze({ kind, interval: every, scrapeTimeout: timeout, sampleLimit, drop: [...drop] });
}
