import { type ConfigError, Subject } from '../../lib';
import { Problems } from '../../lib/kernel/errors';
import { deployerRules, readerRules } from '../../lib/zero-trust/resources/roles';

const LOOK = 'get list watch';
const APPLY = 'create delete get list patch update watch';

/** What may be done with which resources, a line each, as an auditor would read it. */
const lines = (rules: readonly { apiGroups?: string[]; resources?: string[]; verbs: string[] }[]) =>
  rules.map(
    ({ apiGroups, resources, verbs }) =>
      `${apiGroups!.map((group) => group || 'core').join()}/${resources!.join()}: ${verbs.join(' ')}`,
  );

test('a reader sees what runs, and its logs', () => {
  expect(lines(readerRules())).toEqual([
    `core/events,pods,services: ${LOOK}`,
    'core/pods/log: get',
    `apps/deployments,replicasets: ${LOOK}`,
    `autoscaling/horizontalpodautoscalers: ${LOOK}`,
    `batch/jobs: ${LOOK}`,
    `flagger.app/canaries: ${LOOK}`,
    `policy/poddisruptionbudgets: ${LOOK}`,
  ]);
});

test('a deployer applies services, and sees their pods: no secrets, no roles, no quota, no mode of mTLS', () => {
  expect(lines(deployerRules())).toEqual([
    `core/configmaps,serviceaccounts,services: ${APPLY}`,
    `core/events,pods: ${LOOK}`,
    'core/pods/log: get',
    `apps/deployments: ${APPLY}`,
    `apps/replicasets: ${LOOK}`,
    `autoscaling/horizontalpodautoscalers: ${APPLY}`,
    `batch/jobs: ${APPLY}`,
    `flagger.app/alertproviders,canaries,metrictemplates: ${APPLY}`,
    `grafana.integreatly.org/grafanadashboards: ${APPLY}`,
    `keda.sh/scaledobjects: ${APPLY}`,
    `monitoring.coreos.com/alertmanagerconfigs,podmonitors,prometheusrules,servicemonitors: ${APPLY}`,
    `networking.istio.io/destinationrules,gateways,serviceentries,sidecars,virtualservices: ${APPLY}`,
    `networking.k8s.io/ingresses,networkpolicies: ${APPLY}`,
    `policy/poddisruptionbudgets: ${APPLY}`,
    `security.istio.io/authorizationpolicies: ${APPLY}`,
    `telemetry.istio.io/telemetries: ${APPLY}`,
  ]);
});

/** What is wrong with a subject. */
function wrong(subject: Subject): string[] {
  const problems = new Problems('x');
  subject.validate(problems, 'readers');
  try {
    problems.throwIfAny();
    return [];
  } catch (e) {
    return (e as ConfigError).problems.map(({ where, what }) => `${where}: ${what}`);
  }
}

test('a subject is somebody', () => {
  const good = [Subject.group('tellers'), Subject.user('ann@example.com'), Subject.serviceAccount('ci', 'robot.v2')];
  expect(good.flatMap(wrong)).toEqual([]);
  for (const name of [' tellers', 'tellers ', '', undefined]) {
    expect(wrong(Subject.group(name as string))).toEqual([
      `x.readers: ${name === undefined ? 'nothing' : `"${name}"`} is not the name of a group; write it as the identity provider does, without blanks around it`,
    ]);
  }
  for (const name of ['system:authenticated', 'system:unauthenticated', 'system:serviceaccounts']) {
    expect(wrong(Subject.user(name))).toEqual([`x.readers: "${name}" is everybody; name a group of people`]);
  }
  expect(wrong(Subject.user(' ann'))[0]).toMatch(/is not the name of a user;/);
  for (const name of ['*', 'team-*']) {
    expect(wrong(Subject.group(name))).toEqual([
      `x.readers: "${name}" has a wildcard, which RBAC takes literally; name one subject`,
    ]);
  }
  const name = (text: string) =>
    `x.readers: "${text}" is not a name that Kubernetes takes; use up to 253 lower-case letters, digits, "-" and ".", starting and ending with a letter or digit`;
  expect(wrong(Subject.serviceAccount('CI', 'Robot'))).toEqual([name('Robot'), name('CI')]);
});
