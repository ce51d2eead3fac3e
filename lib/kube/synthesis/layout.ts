import { YamlOutputType } from 'cdk8s';
import type { Problem } from '../../kernel/errors';
import type { Environment } from '../environment';
import { describe } from '../manifest';
import { nameProblem, objectFileName } from './file-names';
import type { Edge, Gathered, Placed } from './gather';
import { compareText } from './kind-order';
import { order } from './order';

/** One file to write, with its objects in order. */
export interface PlannedFile {
  /** The folders below the app's, then the name. */
  readonly path: readonly string[];
  readonly objects: readonly Placed[];
  /** Whose file it is: a construct path. */
  readonly owner: string;
}

export interface Layout {
  readonly files: readonly PlannedFile[];
  readonly problems: readonly Problem[];
}

export interface LayoutOptions {
  readonly type: YamlOutputType;
  readonly extension: string;
}

/** Decides which object goes to which file, and in which order. Names follow from ids alone, never from what else is there. */
export function layOut({ objects, edges, environments }: Gathered, options: LayoutOptions): Layout {
  const ordered = inOrder(objects, edges, options.type === YamlOutputType.FILE_PER_APP);
  const files = new Map<string, { path: string[]; owner: string; objects: Placed[] }>();
  for (const placed of ordered.objects) {
    const { path, owner } = placeOf(placed, options);
    // Two charts of the same id are two files of the same name here, so that the clash shows.
    const key = JSON.stringify([path, owner]);
    const file = files.get(key);
    if (file) file.objects.push(placed);
    else files.set(key, { path, owner, objects: [placed] });
  }
  const all = [...files.values()].sort((a, b) => compareText(a.path.join('/'), b.path.join('/')));
  return { files: all, problems: [...ordered.problems, ...clashes(all, environments)] };
}

/** All objects as one list: those outside of environments, then environment by environment. */
export function inOrder(objects: readonly Placed[], edges: readonly Edge[], acrossCharts: boolean): ReturnType<typeof order> {
  const groups = new Map<unknown, { name: string; objects: Placed[]; edges: Edge[] }>();
  const group = (p: Pick<Placed, 'chart' | 'environment'>): unknown => (acrossCharts ? p.environment : p.chart);
  const owners = new Map<unknown, unknown>();
  for (const placed of objects) {
    const key = group(placed);
    owners.set(placed.chart, key);
    const name = placed.environment?.name ?? '';
    const found = groups.get(key) ?? { name: acrossCharts ? name : placed.chart.node.path, objects: [], edges: [] };
    found.objects.push(placed);
    groups.set(key, found);
  }
  for (const edge of edges) {
    const { source, target } = edge.charts;
    // cdk8s renames the files of charts that depend on one another; here the order across files is left to whoever applies.
    const together = owners.has(source) && owners.has(target) && owners.get(source) === owners.get(target);
    if (together) groups.get(owners.get(source))!.edges.push(edge);
  }
  const sorted = [...groups.values()].sort((a, b) => compareText(a.name, b.name)).map((g) => order(g.objects, g.edges));
  return { objects: sorted.flatMap((s) => s.objects), problems: sorted.flatMap((s) => s.problems) };
}

function placeOf(
  { json, chart, environment, handedOverTo }: Placed,
  { type, extension }: LayoutOptions,
): { path: string[]; owner: string } {
  const folders = [environment?.name, handedOverTo].filter((f) => f !== undefined);
  const chartPath = chart.node.path;
  switch (type) {
    case YamlOutputType.FILE_PER_APP:
      return { path: [...folders, `app${extension}`], owner: environment?.node.path ?? 'app' };
    case YamlOutputType.FILE_PER_CHART:
      return { path: [...folders, `${chart.node.id}${extension}`], owner: chartPath };
    case YamlOutputType.FILE_PER_RESOURCE:
      return { path: [...folders, `${objectFileName(json)}${extension}`], owner: describe(json) };
    case YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE:
      return { path: [...folders, chart.node.id, `${objectFileName(json)}${extension}`], owner: chartPath };
  }
}

/** Unsafe names, files that would overwrite one another, and folders that would mix what belongs to different people. */
function clashes(files: readonly PlannedFile[], environments: readonly Environment[]): Problem[] {
  const problems: Problem[] = [];
  const names = new Set<string>();
  const reported = new Set<string>();
  const taken = new Map<string, { owner: string; path: string }>();
  const claim = (path: readonly string[], owner: string, where: string, advice: string): void => {
    const text = path.join('/');
    // A file system may ignore case: macOS and Windows do.
    const key = text.toLowerCase();
    const other = taken.get(key);
    if (!other) taken.set(key, { owner, path: text });
    else if (other.owner !== owner && !reported.has(`${key} ${owner}`)) {
      reported.add(`${key} ${owner}`);
      problems.push({ where, what: `${text} clashes with ${other.path} of ${other.owner}; ${advice}` });
    }
  };
  const advice = 'give the chart, the environment or the namespace another name';
  for (const environment of environments)
    claim([environment.name], `environment ${environment.name}`, environment.node.path, advice);
  for (const { path, owner, objects } of files) {
    for (const name of path) {
      const problem = names.has(name) ? undefined : nameProblem(name);
      if (problem) problems.push({ where: owner, what: problem });
      names.add(name);
    }
    const first = objects[0]!;
    folders(path, first).forEach((folder, i) => claim(path.slice(0, i + 1), folder, owner, advice));
    claim(path, `file of ${owner}`, owner, 'give one of the charts another id');
  }
  return problems;
}

/** What each folder of a path is for. One folder has one purpose. */
function folders(path: readonly string[], { environment, handedOverTo, chart }: Placed): string[] {
  const purposes = [
    environment && `environment ${environment.name}`,
    handedOverTo && `namespace ${handedOverTo}${environment ? ` in ${environment.name}` : ''}`,
    `chart ${chart.node.path}${handedOverTo ? ` for ${handedOverTo}` : ''}`,
  ];
  return purposes.filter((p): p is string => p !== undefined).slice(0, path.length - 1);
}
