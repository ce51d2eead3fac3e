import { ApiObject, type Chart } from 'cdk8s';
import { GitOpsApp, type Section } from 'cdk8s-banking';
import type { Construct } from 'constructs';

/** Builds the chart of one pattern. */
export type Pattern = (scope: Construct) => Chart;

/**
 * Writes of each pattern only what it is about. All of it is built and checked, as in any app: what is left out stands in the
 * output of the bank.
 */
export class Excerpts extends GitOpsApp {
  private readonly shown = new Map<string, readonly string[]>();

  /**
   * @param shows kinds, or objects as `Kind/name`, or as `Kind/name-*` where the end of the name is a hash
   * @throws Error when one of them is not in the chart: an excerpt that lost its subject would go unnoticed
   */
  add(pattern: Pattern, shows: readonly string[]): this {
    const chart = pattern(this);
    const known = new Set(
      chart.node
        .findAll()
        .filter((one) => ApiObject.isApiObject(one))
        .flatMap(names),
    );
    const missing = shows.filter(
      (one) => ![...known].some((name) => means(one, name)) && !/^(Gates|Mesh configuration|Releases)\//.test(one),
    );
    if (missing.length > 0)
      throw new Error(`${chart.node.id} has no ${missing.join(', ')}; it has ${[...known].sort().join(', ')}`);
    this.shown.set(chart.node.path, shows);
    return this;
  }

  /** A plan of every service of every pattern would be longer than all that the patterns are about. */
  protected override selectsSection({ heading, title }: Section): boolean {
    return [...this.shown.values()].some((shows) => shows.includes(`${heading}/${title}`));
  }

  protected override selects(object: ApiObject): boolean {
    const shows = this.shown.get(object.chart.node.path) ?? [];
    return names(object).some((name) => shows.some((one) => means(one, name)));
  }
}

const means = (shown: string, name: string): boolean =>
  shown.endsWith('*') ? name.startsWith(shown.slice(0, -1)) : name === shown;

function names({ kind, name }: ApiObject): string[] {
  return [kind, `${kind}/${name}`];
}
