import { App } from 'cdk8s';
import { Environment, GitOpsApp, type Manifest } from 'cdk8s-banking';
import { bank } from '../../apps/bank/bank';
import { environments } from '../../apps/bank/environments';
import * as yaml from '../support/yaml';

/** The objects that a bank below this app says, by what they are. */
function objectsOf(app: App, name: string): Map<string, Manifest> {
  const environment = environments.find((one) => one.name === name)!;
  bank(new Environment(app, environment.name, { stage: environment.stage }), environment);
  const all = yaml.objectsOf(app.synthYaml(), '1.1') as Manifest[];
  const byIdentity = new Map(all.map((o) => [[o.apiVersion, o.kind, o.metadata.namespace ?? '', o.metadata.name].join(' '), o]));
  expect(byIdentity.size).toBe(all.length);
  return byIdentity;
}

describe('the bank below a plain cdk8s App', () => {
  test.each(environments.map(({ name }) => name))('says the same objects as below a GitOpsApp: %s', (name) => {
    const plain = objectsOf(new App(), name);
    const ours = objectsOf(new GitOpsApp(), name);
    expect(ours.size).toBeGreaterThan(50);
    expect([...plain.keys()].sort()).toEqual([...ours.keys()].sort());
    for (const [identity, object] of ours) expect(plain.get(identity)).toEqual(object);
  });
});
