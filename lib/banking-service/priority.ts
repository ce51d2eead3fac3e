import { type Problems, show } from '../kernel/errors';
import { dnsSubdomain } from '../kernel/names';
import { FLAG, NUMBER, fitOptions } from '../kernel/shape';

/** How important pods are to the scheduler. https://kubernetes.io/docs/concepts/scheduling-eviction/pod-priority-preemption/ */
export class Priority {
  /**
   * A PriorityClass of the namespace's own, `<namespace>-critical`. It is cluster-scoped, so the namespace is in its name.
   * @param options.preempt whether less important pods make room @default true
   */
  static ofTier(options: { readonly value?: number; readonly preempt?: boolean } = {}): Priority {
    const { value = 1_000_000, preempt = true } = fitOptions('Priority.ofTier', options, { value: NUMBER, preempt: FLAG });
    return new Priority({ value, preempt });
  }

  /** A PriorityClass that exists already. */
  static existing(className: string): Priority {
    // Without a name it would be the cluster's default, in silence.
    return new Priority({ className: className ?? '' });
  }

  /** The cluster's default. */
  static none(): Priority {
    return new Priority({});
  }

  private constructor(readonly model: { readonly className?: string; readonly value?: number; readonly preempt?: boolean }) {}

  /** Adds what is wrong with it. */
  validate(problems: Problems): void {
    const { className, value } = this.model;
    if (className !== undefined) problems.take(() => dnsSubdomain(className), '', 'priority');
    // Above one billion are the classes that Kubernetes keeps for itself.
    problems.check(
      value === undefined || (Number.isInteger(value) && value >= 1 && value <= 1_000_000_000),
      `value ${show(value)} must be a whole number from 1 to 1000000000`,
      'priority',
    );
  }
}
