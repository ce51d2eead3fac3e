import { Chart } from 'cdk8s';
import { Construct, type IConstruct } from 'constructs';
import { Problems, show } from '../kernel/errors';
import { dnsLabel } from '../kernel/names';

/** How much depends on an environment. Production is never weaker than staging: the app compares the two. */
export enum Stage {
  DEVELOPMENT = 'development',
  STAGING = 'staging',
  PRODUCTION = 'production',
}

export interface EnvironmentProps {
  /** What this environment is for. The app compares each production environment with each staging one. */
  readonly stage: Stage;
}

const MARK = Symbol.for('cdk8s-banking.Environment');

/**
 * One cluster, or one part of it, that an app is written for. It stands between the app and its charts, and all that
 * is below it is written to the folder of its name.
 *
 * Two environments may hold the same objects: they go to different clusters, so this is no collision.
 */
export class Environment extends Construct {
  /** The environment that a construct belongs to, or undefined when it stands in none. */
  static of(construct: IConstruct): Environment | undefined {
    for (let at: IConstruct | undefined = construct; at; at = at.node.scope) {
      if (Environment.isEnvironment(at)) return at;
    }
    return undefined;
  }

  /** Whether a value is an Environment, also one of another copy of this library. */
  static isEnvironment(value: unknown): value is Environment {
    return value !== null && typeof value === 'object' && MARK in value;
  }

  readonly stage: Stage;

  /**
   * @param scope the app, or a construct below it; never a chart or another environment
   * @param name the construct id and the name of the folder: a DNS label, such as `production`
   * @throws ConfigError when the name is no folder name, or the scope is a chart or an environment
   */
  constructor(
    scope: Construct,
    readonly name: string,
    props: EnvironmentProps,
  ) {
    const problems = new Problems(`environment ${name}`);
    if (typeof props !== 'object' || props === null) {
      problems.add(`the props are ${show(props)}; give { stage: Stage.PRODUCTION }`);
      problems.throwIfAny();
    }
    problems.take(() => dnsLabel(name), name);
    const stages = Object.values(Stage);
    problems.check(stages.includes(props.stage), `stage ${String(props.stage)} is unknown; use one of ${stages.join(', ')}`);
    const outer = [...scope.node.scopes].find((s) => Environment.isEnvironment(s) || Chart.isChart(s));
    if (outer) {
      const kind = Chart.isChart(outer) ? 'chart' : 'environment';
      problems.add(`it stands in the ${kind} ${outer.node.path}; put it directly below the app, and the charts below it`);
    }
    problems.throwIfAny();
    super(scope, name);
    this.stage = props.stage;
    Object.defineProperty(this, MARK, { value: true });
  }
}
