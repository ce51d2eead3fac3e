import type { Construct } from 'constructs';
import { type Problems, show } from '../kernel/errors';
import { note } from '../kube';
import { MeshTraffic } from './mesh-traffic';
import type { BoundRelease, IRelease, ReleasableService } from './release';
import { recreateCourse } from './rolling-course';

export interface RecreateProps {
  /** Why the service may be down while versions change: because two of them can't run side by side, say. */
  readonly acceptDowntime: string;
}

/** The old version stops before the new one starts. https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#recreate-deployment */
export class RecreateRelease implements IRelease {
  constructor(private readonly props: RecreateProps) {}

  validate(problems: Problems): void {
    const reason = this.props?.acceptDowntime;
    problems.check(
      typeof reason === 'string' && reason.trim().length >= 10,
      `Release.recreate stops the service at every release and needs a reason of at least ten characters, got ${show(reason)}; write { acceptDowntime: 'why' }, or use Release.rolling()`,
      'release',
    );
  }

  bind(scope: Construct, service: ReleasableService): BoundRelease {
    service.createTrack({ name: service.name, strategy: { type: 'Recreate' } });
    note(scope, { kind: 'acceptance', text: `${service.name} is down while versions change: ${this.props.acceptDowntime}` });
    return new MeshTraffic(scope, 'traffic', service, { course: () => recreateCourse(service.facts) });
  }
}
