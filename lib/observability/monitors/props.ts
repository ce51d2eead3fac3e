import type { Duration } from 'cdk8s';
import { DURATION, NUMBER, type Shapes, TEXT, listOf } from '../../kernel/shape';

export interface MonitorOptions {
  /** Time between two scrapes of a pod, from 5 to 30 s. @default Duration.seconds(30) */
  readonly interval?: Duration;
  /** How long a scrape may take; not longer than the interval. @default - Prometheus' own, 10 s unless it is told otherwise */
  readonly scrapeTimeout?: Duration;
  /** Most samples of a scrape. One that has more is lost as a whole, and TargetsDown tells of it. @default 50000 */
  readonly sampleLimit?: number;
  /**
   * Metrics not to keep, by name; `*` stands for any characters. One that a rule of this library reads is an error.
   * @default - all are kept
   */
  readonly drop?: readonly string[];
}

export const MONITOR_OPTIONS: Shapes<MonitorOptions> = {
  interval: DURATION,
  scrapeTimeout: DURATION,
  sampleLimit: NUMBER,
  drop: listOf(TEXT),
};
