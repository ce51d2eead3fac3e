import { ApiObject, Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { ConfigError, type Problem } from '../../kernel/errors';
import { Environment } from '../environment';
import { handedOverTo } from '../hand-over';
import type { Manifest } from '../manifest';
import { type Note, notesOn } from '../notes';
import { Rendering } from '../rendering';
import { type Section, sectionsOn } from '../sections';

/** One rendered object and where it belongs. */
export interface Placed {
  readonly object: ApiObject;
  readonly json: Manifest;
  readonly chart: Chart;
  readonly environment?: Environment;
  /** The foreign namespace whose owners get the object. */
  readonly handedOverTo?: string;
}

/** A note, and the environment that it is about. */
export interface PlacedNote extends Note {
  readonly environment?: Environment;
}

/** A section, and the environment that it is about. */
export interface PlacedSection extends Section {
  readonly environment?: Environment;
}

/** `source` was declared to come after `target`. */
export interface Edge {
  readonly source: IConstruct;
  readonly target: IConstruct;
  /** Where they stand. */
  readonly charts: { readonly source: Chart; readonly target: Chart };
}

/** All that an app says, read in one pass over its tree. */
export interface Gathered {
  readonly environments: readonly Environment[];
  readonly objects: readonly Placed[];
  readonly notes: readonly PlacedNote[];
  readonly sections: readonly PlacedSection[];
  readonly edges: readonly Edge[];
  readonly problems: readonly Problem[];
}

/**
 * Reads the tree once, runs every validation once, and renders every object once. cdk8s does all of that again for each
 * chart, which makes an app with a chart a service quadratic.
 */
export function gather(root: IConstruct): Gathered {
  const all = root.node.findAll();
  const problems: Problem[] = all.flatMap(validate);
  const environments: Environment[] = [];
  const objects: Placed[] = [];
  const notes: PlacedNote[] = [];
  const sections: PlacedSection[] = [];
  const charts = new Map<IConstruct, Chart>();
  const places = new Map<IConstruct, Environment>();

  // Parents come before children, so each construct finds its place in that of its scope.
  for (const construct of all) {
    const { scope } = construct.node;
    if (Environment.isEnvironment(construct)) environments.push(construct);
    if (Chart.isChart(construct)) problems.push(...chartProblems(construct));
    const environment = Environment.isEnvironment(construct) ? construct : scope && places.get(scope);
    const chart = Chart.isChart(construct) ? construct : scope && charts.get(scope);
    if (environment) places.set(construct, environment);
    if (chart) charts.set(construct, chart);
    notes.push(...notesOn(construct).map((n) => ({ environment, ...n })));
    sections.push(...sectionsOn(construct).map((s) => ({ environment, ...s })));
    if (ApiObject.isApiObject(construct) && chart) {
      const { json, problems: found } = Rendering.of(construct).render();
      problems.push(...found);
      if (json) objects.push({ object: construct, json, chart, environment, handedOverTo: handedOverTo(construct) });
    }
  }
  return { environments, objects, notes, sections, edges: edges(all, charts), problems };
}

function edges(all: readonly IConstruct[], charts: ReadonlyMap<IConstruct, Chart>): Edge[] {
  return all.flatMap((source) =>
    source.node.dependencies.flatMap((target) => {
      const [from, to] = [charts.get(source), charts.get(target)];
      return from && to ? [{ source, target, charts: { source: from, target: to } }] : [];
    }),
  );
}

function validate(construct: IConstruct): Problem[] {
  const where = construct.node.path || 'app';
  try {
    return construct.node.validate().map((what) => ({ where, what }));
  } catch (e) {
    if (e instanceof ConfigError) return [...e.problems];
    if (e instanceof RangeError && e.message.includes('call stack')) {
      const what =
        'a validation calls itself without end, as one does that calls chart.toJson(); call toJson() of each ApiObject';
      return [{ where, what }];
    }
    return [{ where, what: `a validation failed by itself: ${e instanceof Error ? (e.stack ?? e.message) : String(e)}` }];
  }
}

/** What a chart would do in its own `toJson` does not happen here, and must not be lost in silence. */
function chartProblems(chart: Chart): Problem[] {
  if (chart.toJson === Chart.prototype.toJson) return [];
  const what = 'the chart overrides toJson(), which is not called here; use Overrides.of(object) instead';
  return [{ where: chart.node.path, what }];
}
