import { Audience, type BankingServiceProps, BlueGreen, type IRelease, Release, Scaling } from '../../../lib';
import { IMAGE, type Json, World } from '../../banking-service/world';

export const NEXT = 'registry.example.com/vault/teller:4.8.0';
export const FULL = 11;

const canary = { image: NEXT };
const blue = { image: IMAGE, deployment: 'teller' };
const green = { image: NEXT };
const testers = Audience.header('x-preview', 'green');

/** Named states of releases of one service, from 3 to 13 pods, of which 11 carry everything. */
export const STATES: Readonly<Record<string, () => IRelease>> = {
  rolling: () => Release.rolling(),
  'rolling, stable named': () => Release.rolling({ subset: 'stable' }),
  'rolling, blue named': () => Release.rolling({ subset: 'blue' }),
  'weighted, no canary': () => Release.weighted({ fullLoad: FULL }),
  ...Object.fromEntries(
    [0, 10, 25, 50, 75, 100].map((weight) => [`weighted ${weight}`, () => Release.weighted({ canary, weight, fullLoad: FULL })]),
  ),
  'weighted 0, testers': () => Release.weighted({ canary, always: testers, fullLoad: FULL }),
  'A/B, no audience': () => Release.abTest({ b: { image: NEXT }, share: 20, fullLoad: FULL }),
  'A/B': () => Release.abTest({ b: { image: NEXT }, audience: testers, share: 20, fullLoad: FULL }),
  'mirrored 0': () => Release.mirrored({ shadow: { image: NEXT }, fullLoad: FULL }),
  'mirrored 30': () => Release.mirrored({ shadow: { image: NEXT }, percentage: 30, fullLoad: FULL }),
  ...Object.fromEntries(
    [
      BlueGreen.only('blue'),
      BlueGreen.staged('green'),
      BlueGreen.preview('green', testers),
      BlueGreen.partial('green', 10),
      BlueGreen.partial('green', 50, testers),
      BlueGreen.live('green'),
      BlueGreen.live('blue'),
      BlueGreen.staged('blue'),
      BlueGreen.preview('blue', testers),
      BlueGreen.only('green'),
    ].map((state) => [state.describe(), () => Release.blueGreen({ blue, green, state, fullLoad: FULL })]),
  ),
};

/** Whether the service names an image of its own. */
const named = (release: IRelease): Partial<BankingServiceProps> => (release.namesEveryImage ? { image: undefined } : {});

/** What a service renders under a release. */
export function rendered(release: IRelease, props: Partial<BankingServiceProps> = {}): Json[] {
  const world = new World();
  world.service('teller', { release, scaling: Scaling.horizontal({ min: 3, max: 13 }), ...named(release), ...props });
  return world.objects();
}
