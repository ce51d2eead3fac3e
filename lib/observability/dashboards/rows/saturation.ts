import type { Panel, Row } from '../model';
import { above, lines, query, row } from '../panels';
import { ejected } from '../queries/connections';
import { autoscaler, cpu, memoryUsed, pods, restarts, waiting } from '../queries/workloads';
import type { Choice } from '../variables';

const CONTAINER = '{{pod}} {{container}}';

/** How full the pods are, and whether there are enough of them. */
export function saturationRow(choice: Choice): Row {
  return row('Saturation', [
    lines(
      'CPU',
      'short',
      [
        query('{{track}} uses', cpu.used(choice)),
        query('{{track}} asked for', cpu.requested(choice)),
        query('{{track}} at most', cpu.limit(choice)),
      ],
      { description: 'CPUs of all pods of a track, those of the proxies among them.', min: 0 },
    ),
    lines('CPU denied', 'percentunit', [query(CONTAINER, cpu.throttled(choice))], {
      description: 'The share of the periods of 100 ms in which a container had used up its limit and stood still.',
      thresholds: above([0.25, 'orange']),
      min: 0,
      alerts: ['CpuThrottled'],
    }),
    lines('Memory', 'percentunit', [query(CONTAINER, memoryUsed(choice))], {
      description: 'Of the limit, at which the container is killed.',
      thresholds: above([0.9, 'red']),
      min: 0,
      alerts: ['MemoryNearLimit'],
    }),
    lines(
      'Autoscaler',
      'short',
      [
        query('{{horizontalpodautoscaler}}', autoscaler.current(choice)),
        query('{{horizontalpodautoscaler}} at least', autoscaler.minimum(choice)),
        query('{{horizontalpodautoscaler}} at most', autoscaler.maximum(choice)),
      ],
      { description: 'Pods.', steps: true, min: 0, alerts: ['AutoscalerAtMaximum'] },
    ),
    podLines(choice),
    lines('Restarts', 'short', [query(CONTAINER, restarts(choice)), query('{{reason}}', waiting(choice))], {
      description: 'Restarts, and containers that wait with the reason why.',
      min: 0,
      alerts: ['CrashLooping'],
    }),
    lines('Hosts that it has stopped calling', 'short', [query('{{cluster_name}}', ejected(choice))], {
      description:
        'They answered with errors, so that the proxies have ejected them. Only proxies that are told to report this do.',
      steps: true,
      min: 0,
      width: 12,
      alerts: ['HostsEjected'],
    }),
  ]);
}

/** Pods of each track: ready, and as many as there should be. */
export const podLines = (choice: Choice): Panel =>
  lines(
    'Pods',
    'short',
    [query('{{deployment}} ready', pods.ready(choice)), query('{{deployment}} wanted', pods.wanted(choice))],
    { steps: true, min: 0, alerts: ['RolloutStuck'] },
  );
