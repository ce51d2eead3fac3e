import type { PlatformProps } from './props';
import { type PlatformModel, resolvePlatform } from './model';
import { prerequisites } from './prerequisites';

/**
 * The cluster that manifests are written for: versions, namespaces, selectors and addresses that they rely on.
 *
 * ```ts
 * const platform = new Platform({ kubernetes: '1.34', dns: { nodeLocal: '169.254.20.10' } });
 * console.log(platform.prerequisites().join('\n'));
 * ```
 */
export class Platform {
  /** The resolved, frozen values. */
  readonly model: PlatformModel;

  /** @throws ConfigError that lists every problem of the props. */
  constructor(props: PlatformProps = {}) {
    this.model = resolvePlatform(props);
  }

  /** What must be true of the cluster before the manifests are applied, a sentence each. */
  prerequisites(): string[] {
    return prerequisites(this.model);
  }

  /** What upstream does not support about this combination of versions. Empty when there is nothing to say. */
  warnings(): readonly string[] {
    return this.model.warnings;
  }
}
