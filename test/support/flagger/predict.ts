import { isDeepStrictEqual } from 'node:util';
import { groupOf, idOf, Unsupported, type KubeObject } from '../reachability/objects';
import { strategyOf, type Canary, type CanaryPhase } from './canary';
import type { Weights } from './istio-routes';
import { endingsOf, rehearse, type Ending, type Snapshot } from './rehearsal';
import { neverRestarted, restarted } from './revisions';
import type { FlaggerOptions } from './scheduler';

/** A state that a release passes through, or can end in. */
export interface Phase {
  /** Unlike any other of the same Canary: `progressing, canary 25 %`. */
  readonly name: string;
  readonly status: CanaryPhase;
  /** Undefined before there is a VirtualService, and where Flagger moves no traffic. */
  readonly weights: Weights | undefined;
}

export interface State {
  readonly phase: Phase;
  /** Every object of the cluster. */
  readonly objects: readonly KubeObject[];
}

export interface PredictOptions extends FlaggerOptions {
  /**
   * The manifests that were applied before: what the primary runs until the promotion. Without the Canary among them, they
   * are what the release takes over from. @default - the same manifests
   */
  readonly previous?: readonly KubeObject[];
}

export function canariesOf(objects: readonly KubeObject[]): Canary[] {
  return objects.filter((object): object is Canary => object.kind === 'Canary' && groupOf(object) === 'flagger.app');
}

/**
 * The states of a release of this Canary, in order. While Flagger waits for an approval nothing changes: the objects are
 * those of the phase before.
 */
export function phasesOf(objects: readonly KubeObject[], canary: Canary, options: PredictOptions = {}): Phase[] {
  return statesOf(objects, canary, options).map(({ phase }) => phase);
}

/** Every object of the cluster in the phase. Canaries other than the one that is meant are at rest. */
export function predict(
  objects: readonly KubeObject[],
  { canary, phase, ...options }: PredictOptions & { readonly canary: Canary; readonly phase: string },
): KubeObject[] {
  const states = statesOf(objects, canary, options);
  const state = states.find((one) => one.phase.name === phase);
  if (state === undefined) {
    throw new Error(`${idOf(canary)} has no phase '${phase}'; it has ${states.map((one) => one.phase.name).join('; ')}`);
  }
  return [...state.objects];
}

/** Every object of the cluster while no release goes on. */
export function atRest(
  objects: readonly KubeObject[],
  canaries: readonly Canary[] = canariesOf(objects),
  options: FlaggerOptions = {},
): KubeObject[] {
  return canaries.reduce<KubeObject[]>(
    (world, canary) => [...rehearse(world, world, canary, 'initialized', options).ticks.at(-1)!.objects],
    [...objects],
  );
}

/** All phases with their objects: of the release that ends well, and then how else it can end. */
export function statesOf(objects: readonly KubeObject[], canary: Canary, options: PredictOptions = {}): State[] {
  const { previous: given = [], ...flagger } = options;
  const previous = canariesOf(given).some((one) => idOf(one) === idOf(canary)) ? given : undefined;
  const resting = (world: readonly KubeObject[]): KubeObject[] => {
    const others = canariesOf(world).filter((one) => idOf(one) !== idOf(canary));
    return atRest(world, others, flagger);
  };
  const after = resting(objects);
  const before = previous === undefined ? restarted(after, canary, 'before') : resting(previous);
  const states: State[] = [];
  for (const ending of endingsOf(canary)) {
    const { ticks, stalled } = rehearse(before, after, canary, ending, flagger);
    if (stalled) {
      throw new Unsupported(
        `${idOf(canary)}: a release gets nowhere; it stays ${ticks.at(-1)?.canary.status?.phase ?? 'as it is'}`,
      );
    }
    // However it ends, it begins as the first one does.
    for (const tick of ticks.filter((one) => ending === 'succeeded' || one.canary.status?.phase === 'Failed')) {
      add(states, tick, ending);
    }
  }
  return previous === undefined ? states.map((state) => ({ ...state, objects: state.objects.map(neverRestarted) })) : states;
}

/** A state that looks like the one before is no new one; one of the same name that looks different is. */
function add(states: State[], { canary, weights, objects }: Snapshot, ending: Ending): void {
  const status = canary.status?.phase ?? 'Initializing';
  const described = describe(canary, status, weights, ending);
  const last = states.at(-1);
  const withoutStatus = (of: readonly KubeObject[]): KubeObject[] => of.filter(({ kind }) => kind !== 'Canary');
  const same = last !== undefined && isDeepStrictEqual(withoutStatus(last.objects), withoutStatus(objects));
  if (same && last.phase.name.startsWith(described)) {
    return;
  }
  let name = described;
  while (states.some(({ phase }) => phase.name === name)) {
    name += ', next tick';
  }
  states.push({ phase: { name, status, weights }, objects });
}

function describe(canary: Canary, status: CanaryPhase, weights: Weights | undefined, ending: Ending): string {
  const moving = ['Progressing', 'Promoting', 'Failed'].includes(status) && weights !== undefined;
  const whom = moving && strategyOf(canary) === 'a/b' ? ' of those who match' : '';
  return [
    status === 'Failed' && ending === 'promotion failed' ? ending : status.toLowerCase(),
    ...(moving ? [`canary ${weights.canary} %${whom}`] : []),
    ...(weights?.mirrored ? ['mirrored'] : []),
  ].join(', ');
}
