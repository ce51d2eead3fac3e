/** What is attacked, by which tests, and what has to hold. */
export interface Attack {
  readonly name: string;
  readonly tests: string;
  readonly holds: string;
}

export const ATTACKS: readonly Attack[] = [
  {
    name: 'systems',
    tests: 'test/properties/systems.test.ts',
    holds:
      'random services, edges, gateways and releases: every object fits the strict schemas, no design rule is broken, and of all calls between all tracks those that were declared are open, all others closed',
  },
  {
    name: 'order',
    tests: 'test/properties/systems.test.ts',
    holds: 'edges declared the other way round give the same manifests',
  },
  {
    name: 'mistakes',
    tests: 'test/properties/mistakes.test.ts',
    holds: 'mistakes in a random system are one ConfigError that names all of them, and nothing is written',
  },
  {
    name: 'wrong inputs',
    tests: 'test/wrong-inputs/wrong-inputs.test.ts',
    holds: 'each has exactly its message, and nothing is written',
  },
  {
    name: 'wrong kinds',
    tests: 'test/wrong-inputs/javascript.test.ts',
    holds: 'a value of another kind in each prop, as JavaScript can give it, is taken or is a ConfigError, never a TypeError',
  },
  {
    name: 'texts in props',
    tests: 'test/wrong-inputs/text-in-place.test.ts',
    holds:
      'a hostile text in each string of each prop is refused, or stays a text: around it, no object, PromQL, JSON or script changes its form',
  },
  {
    name: 'free texts',
    tests: 'test/wrong-inputs/hostile-text.test.ts',
    holds: 'where any text may stand, it arrives as it was given, and nowhere else',
  },
  {
    name: 'yaml',
    tests: 'test/kube/yaml.test.ts',
    holds: 'three readers, of YAML 1.1 and 1.2, find the objects that were meant',
  },
  {
    name: 'cel',
    tests: 'test/observability/telemetry/cel-package.test.ts',
    holds: 'filters in CEL: what another parser refuses is refused, what is well formed is taken',
  },
  {
    name: 'faults',
    tests: 'test/kube/write-faults/write-faults.test.ts',
    holds: 'a disk that is full or refuses, a run that is killed, two at once: the old output is whole, or the new one is',
  },
];
