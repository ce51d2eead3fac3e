import { Problems, show } from '../../kernel/errors';
import { type Shapes, TEXT, fitProps } from '../../kernel/shape';

export interface ConfigMapDashboardsOptions {
  /**
   * The folder that they are put in. Grafana's sidecar reads it from the annotation `grafana_folder` where its chart says
   * so: `sidecar.dashboards.folderAnnotation: grafana_folder` and `provider.foldersFromFilesStructure: true`.
   * @default - the name of the stack
   */
  readonly folder?: string;
}

export interface GrafanaOperatorOptions {
  /** The folder that they are put in; the operator makes it. @default - the name of the stack */
  readonly folder?: string;
}

const OPTIONS: Shapes<ConfigMapDashboardsOptions> = { folder: TEXT };

/** How dashboards come to Grafana. */
export interface DashboardsModel {
  readonly kind: 'configMaps' | 'grafanaOperator' | 'none';
  /** Undefined: the name of the stack. */
  readonly folder?: string;
}

/** How the dashboards of a stack come to Grafana. */
export class Dashboards {
  /**
   * As ConfigMaps that Grafana's sidecar loads, in Grafana's namespace. https://github.com/kiwigrid/k8s-sidecar
   * @throws ConfigError
   */
  static configMaps(options: ConfigMapDashboardsOptions = {}): Dashboards {
    return new Dashboards('configMaps', 'Dashboards.configMaps', options);
  }

  /**
   * As GrafanaDashboards of the Grafana operator, beside the services. https://grafana.github.io/grafana-operator
   * @throws ConfigError
   */
  static grafanaOperator(options: GrafanaOperatorOptions = {}): Dashboards {
    return new Dashboards('grafanaOperator', 'Dashboards.grafanaOperator', options);
  }

  /** None: alerts name no dashboard either. */
  static none(): Dashboards {
    return new Dashboards('none', 'Dashboards.none', {});
  }

  /** @internal */
  readonly model: DashboardsModel;

  private constructor(kind: DashboardsModel['kind'], where: string, given: ConfigMapDashboardsOptions) {
    const problems = new Problems(where);
    const { folder } = fitProps(given, OPTIONS, problems);
    // The sidecar takes it for a path.
    problems.check(
      folder === undefined || /^[\p{L}\p{N}]([\p{L}\p{N} _.&-]{0,61}[\p{L}\p{N}])?$/u.test(folder),
      () => `${show(folder)} is no folder; use up to 63 letters, digits and " _.&-" between them`,
      'folder',
    );
    problems.throwIfAny();
    this.model = Object.freeze({ kind, folder });
    Object.freeze(this);
  }
}
