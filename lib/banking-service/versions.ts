import { type Problems, show } from '../kernel/errors';
import { isLabelValue } from '../kernel/labels';
import type { IRelease, TrackVersion } from '../release/release';
import { type ConfigurationModel, resolveConfiguration } from './configuration';
import { parseImage, versionOf } from './image';
import type { BankingServiceProps } from './props';

/** What a track runs. */
export interface VersionModel {
  readonly image: string;
  /** Version label of its pods. */
  readonly version: string;
  readonly configuration: ConfigurationModel;
}

/** What the tracks of a service run. */
export interface VersionsModel {
  /** What its tracks run, unless their release names something else. Undefined where the release names the image of each track. */
  readonly runs?: VersionModel;
  /** What the release names, resolved. */
  readonly versions: ReadonlyMap<TrackVersion, VersionModel>;
  /** What all versions share. */
  readonly configuration: ConfigurationModel;
}

/** What the service runs itself, and what its release names. */
export function resolveVersions(
  service: string,
  props: BankingServiceProps,
  release: IRelease,
  problems: Problems,
): VersionsModel {
  const { configuration = {} } = props;
  const resolve = (
    { image: text, version: given }: Partial<TrackVersion>,
    part: string,
    own: ConfigurationModel,
  ): VersionModel => {
    const at = (prop: string) => (part === '' ? prop : `${part}.${prop}`);
    const image = problems.take(() => parseImage(text as string), undefined, at('image'));
    const version = given ?? (image ? versionOf(image) : 'unknown');
    problems.check(
      version !== '' && isLabelValue(version),
      `${show(version)} is not a label value; use 1 to 63 letters, digits, "-", "_" and "."`,
      at('version'),
    );
    return { image: text!, version, configuration: own };
  };
  const shared = resolveConfiguration(service, configuration, problems);
  const named = (release.versions ?? []).map(({ part, runs }): [TrackVersion, VersionModel] => {
    const variables = { ...configuration.variables, ...runs.variables };
    const own = runs.variables ? resolveConfiguration(service, { ...configuration, variables }, problems, part) : shared;
    return [runs, resolve(runs, part, own)];
  });
  if (release.namesEveryImage) {
    for (const prop of ['image', 'version'] as const) {
      problems.check(
        props[prop] === undefined,
        `${show(props[prop])} is said here, and the release names what each track runs; leave it out`,
        prop,
      );
    }
    return { versions: new Map(named), configuration: shared };
  }
  return { runs: resolve(props, '', shared), versions: new Map(named), configuration: shared };
}
