import { formatBytes, formatCpu } from '../kernel/quantity';
import { escapeMarkdown, markdownTable } from '../kube';
import type { ReleaseCourse, TimeSpan } from '../release/course';

/** What pods ask for together. CPU in millicores, memory in bytes. */
export interface Capacity {
  readonly pods: number;
  readonly requestsCpu: number;
  readonly requestsMemory: number;
}

/** What a release of a service does, how long it takes and what it needs: computed from the values that make the manifests. */
export interface ReleasePlan {
  readonly service: string;
  readonly namespace: string;
  readonly course: ReleaseCourse;
  /** What exists at once at most: at the largest scale, with proxies, while versions change. */
  readonly peak: Capacity;
  /** What the namespace's quota leaves when every workload in it is at its peak. Undefined where the needs of one are unknown. */
  readonly quotaLeft?: Capacity;
}

/** A plan as Markdown, for the README.md of the synthesized folder. */
export function planText({ course, peak, quotaLeft }: ReleasePlan): string {
  const rows = course.steps.map(({ what, weights, checks, takes }) => [
    escapeMarkdown(what),
    Object.entries(weights)
      .map(([track, percent]) => `${track} ${percent} %`)
      .join(', '),
    checks.map(escapeMarkdown).join('; '),
    takes ? span(takes) : 'until somebody goes on',
  ]);
  const pods = Object.entries(course.peakPods).map(([track, count]) => `${track} ${count}`);
  return [
    markdownTable(['step', 'requests', 'goes on when', 'takes'], rows),
    [
      `- Strategy: ${course.strategy}`,
      `- To promote: ${course.toPromote ? span(course.toPromote) : 'as long as people take to commit the steps'}`,
      `- To roll back: ${span(course.toRollBack)}. ${escapeMarkdown(course.rollback)}`,
      `- At the peak: ${capacity(peak)} (${pods.join(', ')})`,
      `- Left by the quota when every workload is at its peak: ${quotaLeft ? capacity(quotaLeft) : 'unknown, as the needs of a workload in the namespace are'}`,
      ...(course.madeByOthers.length ? [`- Made by Flagger, and not to be declared: ${course.madeByOthers.join(', ')}`] : []),
    ].join('\n'),
  ].join('\n\n');
}

/** Seconds as people say them: `90 s`, `10 min`, `1 h 5 min`. */
export function seconds(value: number): string {
  const whole = Math.round(value);
  const parts = [
    [Math.floor(whole / 3600), 'h'],
    [Math.floor((whole % 3600) / 60), 'min'],
    [whole % 60, 's'],
  ] as const;
  const said = parts.filter(([count]) => count > 0).map(([count, unit]) => `${count} ${unit}`);
  return said.length ? said.join(' ') : '0 s';
}

function span({ shortest, longest }: TimeSpan): string {
  return shortest === longest ? seconds(shortest) : `${seconds(shortest)} to ${seconds(longest)}`;
}

function capacity({ pods, requestsCpu, requestsMemory }: Capacity): string {
  return `${pods} pods, ${formatCpu(requestsCpu)} CPU, ${formatBytes(requestsMemory)} memory`;
}
