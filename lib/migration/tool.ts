import type { Problems } from '../kernel/errors';
import { fitOptions } from '../kernel/shape';
import { FLYWAY, type FlywayProps, flyway } from './flyway';
import { LIQUIBASE, type LiquibaseProps, liquibase } from './liquibase';
import type { ToolModel } from './tool-model';

/** The program that migrates. */
export class MigrationTool {
  /**
   * Flyway: `migrate` in the Job, `validate` in the gate.
   * https://documentation.red-gate.com/flyway
   */
  static flyway(props: FlywayProps): MigrationTool {
    const fitting = fitOptions('MigrationTool.flyway', props, FLYWAY);
    return new MigrationTool((problems) => flyway(fitting, problems));
  }

  /**
   * Liquibase: `update` in the Job, `status` in the gate.
   * https://docs.liquibase.com
   */
  static liquibase(props: LiquibaseProps): MigrationTool {
    const fitting = fitOptions('MigrationTool.liquibase', props, LIQUIBASE);
    return new MigrationTool((problems) => liquibase(fitting, problems));
  }

  private constructor(
    /** Adds what is wrong with it, and fills in the defaults. */
    readonly resolve: (problems: Problems) => ToolModel,
  ) {}
}
