import type { Problem } from '../../kernel/errors';
import type { IConstruct } from 'constructs';
import type { Edge, Placed } from './gather';
import { compareObjects } from './kind-order';
import { MinHeap } from './min-heap';

/** Objects in the order in which they are written, and the cycles that prevent one. */
export interface Ordered {
  readonly objects: readonly Placed[];
  readonly problems: readonly Problem[];
}

/**
 * Sorts objects by kind, namespace and name; an object that was declared to depend on another comes after it, and is
 * moved no further than that. Kahn's algorithm: linear, but for the sort itself.
 *
 * A dependency between two constructs means all objects below them. To write out each pair would be quadratic, so every
 * construct has a gate that opens before its first object and one that opens behind its last.
 *
 * @param edges declared dependencies, of charts that have objects here
 */
export function order(objects: readonly Placed[], edges: readonly Edge[]): Ordered {
  const sorted = [...objects].sort((a, b) => compareObjects(a.json, b.json));
  if (edges.length === 0) return { objects: sorted, problems: [] };
  const graph = new Graph();
  sorted.forEach((placed, rank) => graph.addObject(placed, rank));
  for (const edge of edges) graph.addEdge(edge, sorted);
  const { ranks, cycle } = graph.sort();
  if (cycle.length === 0) return { objects: ranks.map((r) => sorted[r]!), problems: [] };
  const where = cycle[0]!;
  const what = `depends on itself: ${[...cycle, where].join(' => ')}; remove one of these dependencies`;
  return { objects: sorted, problems: [{ where, what }] };
}

interface Vertex {
  readonly path: string;
  /** The place of the object in the plain order; undefined for a gate. */
  readonly rank?: number;
  readonly next: Vertex[];
  readonly before: Vertex[];
}

interface Gates {
  readonly opening: Vertex;
  readonly closing: Vertex;
}

class Graph {
  private readonly vertices: Vertex[] = [];
  private readonly gates = new Map<IConstruct, Gates>();
  private readonly objects: Vertex[] = [];

  addObject({ object, chart }: Placed, rank: number): void {
    const vertex = this.vertex(object.node.path, rank);
    this.objects.push(vertex);
    const { opening, closing } = this.gatesOf(object, chart);
    link(opening, vertex);
    link(vertex, closing);
  }

  addEdge({ source, target, charts }: Edge, sorted: readonly Placed[]): void {
    const from = this.gates.get(target);
    const to = this.gates.get(source);
    if (!from || !to) return;
    // Gates of a construct enclose those within it, so between the two of them only the remaining objects can be linked.
    const rest = (outer: IConstruct, chart: IConstruct, inner: IConstruct): Vertex[] =>
      this.objects.filter(
        (_, i) => sorted[i]!.chart === chart && within(sorted[i]!.object, outer) && !within(sorted[i]!.object, inner),
      );
    if (source !== target && within(target, source)) {
      rest(source, charts.source, target).forEach((v) => link(from.closing, v));
    } else if (source !== target && within(source, target)) {
      rest(target, charts.target, source).forEach((v) => link(v, to.opening));
    } else link(from.closing, to.opening);
  }

  /** Takes, of all objects that may come next, the first in the plain order. */
  sort(): { ranks: number[]; cycle: string[] } {
    const waits = new Map(this.vertices.map((v) => [v, v.before.length]));
    const ready = new MinHeap();
    const open = this.vertices.filter((v) => v.before.length === 0);
    const ranks: number[] = [];
    for (;;) {
      for (let v = open.pop(); v; v = open.pop()) {
        if (v.rank === undefined) this.pass(v, waits, open);
        else ready.push(v.rank);
      }
      if (ready.size === 0) break;
      const rank = ready.pop();
      ranks.push(rank);
      this.pass(this.objects[rank]!, waits, open);
    }
    return { ranks, cycle: ranks.length === this.objects.length ? [] : cycle(this.vertices, waits) };
  }

  private pass(vertex: Vertex, waits: Map<Vertex, number>, open: Vertex[]): void {
    for (const next of vertex.next) {
      const left = waits.get(next)! - 1;
      waits.set(next, left);
      if (left === 0) open.push(next);
    }
  }

  private gatesOf(construct: IConstruct, chart: IConstruct): Gates {
    const found = this.gates.get(construct);
    if (found) return found;
    const { path } = construct.node;
    const gates = { opening: this.vertex(path), closing: this.vertex(path) };
    this.gates.set(construct, gates);
    link(gates.opening, gates.closing);
    if (construct !== chart && construct.node.scope) {
      const outer = this.gatesOf(construct.node.scope, chart);
      link(outer.opening, gates.opening);
      link(gates.closing, outer.closing);
    }
    return gates;
  }

  private vertex(path: string, rank?: number): Vertex {
    const vertex: Vertex = { path, rank, next: [], before: [] };
    this.vertices.push(vertex);
    return vertex;
  }
}

function link(from: Vertex, to: Vertex): void {
  from.next.push(to);
  to.before.push(from);
}

function within(construct: IConstruct, outer: IConstruct): boolean {
  for (let at: IConstruct | undefined = construct; at; at = at.node.scope) if (at === outer) return true;
  return false;
}

/** The construct paths on one cycle, each depending on the next: walks back from a vertex that never became free. */
function cycle(vertices: readonly Vertex[], waits: ReadonlyMap<Vertex, number>): string[] {
  const stuck = (v: Vertex): boolean => waits.get(v)! > 0;
  const seen = new Map<Vertex, number>();
  const walk: Vertex[] = [];
  let at = vertices.find(stuck)!;
  while (!seen.has(at)) {
    seen.set(at, walk.length);
    walk.push(at);
    at = at.before.find(stuck)!;
  }
  const paths = walk.slice(seen.get(at)).map((v) => v.path);
  const distinct = paths.filter((p, i) => p !== paths[i - 1]);
  return distinct.length > 1 && distinct[0] === distinct[distinct.length - 1] ? distinct.slice(0, -1) : distinct;
}
