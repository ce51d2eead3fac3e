import { Chart } from 'cdk8s';
import { Construct, type IConstruct } from 'constructs';
import type { IMeshNamespace } from '../../contracts/mesh-namespace';
import type { PlatformModel } from '../../platform/model';

/** A namespace that something else makes and guards. */
export class PlainNamespace extends Construct implements IMeshNamespace {
  /** The one of this name in the chart: what several canaries share exists once. */
  static of(scope: Construct, name: string, platform: PlatformModel): PlainNamespace {
    const chart = Chart.of(scope);
    const id = `plain-namespace-${name}`;
    return (chart.node.tryFindChild(id) as PlainNamespace | undefined) ?? new PlainNamespace(chart, id, name, platform);
  }

  readonly mtlsMode = 'STRICT';

  private constructor(
    scope: Construct,
    id: string,
    readonly name: string,
    readonly platform: PlatformModel,
  ) {
    super(scope, id);
  }

  ensure<T extends IConstruct>(id: string, make: (scope: Construct) => T): T {
    return (this.node.tryFindChild(id) as T | undefined) ?? make(this);
  }

  /** What its workloads may ask for is known to whoever guards it. */
  claim(): void {}
}
