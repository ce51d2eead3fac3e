import { Duration } from 'cdk8s';
import { Audience, Release } from '../../../lib';
import { FACTS } from '../facts';
import { linesOf } from '../said';

/* What a canary of a service may say, each limit from both sides; the service has 3 to 20 pods that start within 73 s. */

const said = (props: object) => linesOf((problems) => Release.canary(props).validate(problems, FACTS));

test('an audience is told by headers that no route asks for; other headers of routes are no matter', () => {
  const abTest = { audience: Audience.customerGroup('premium'), iterations: 2 };
  const [route] = FACTS.traffic.routes;
  const asking = (...names: string[]) => {
    const headers = Object.fromEntries(names.map((name) => [name, 'a']));
    const traffic = { ...FACTS.traffic, routes: [{ ...route!, condition: { path: '/', headers } }] };
    return linesOf((problems) => Release.canary({ abTest }).validate(problems, { ...FACTS, traffic }));
  };
  expect(asking('x-desk')).toEqual([]);
  expect(asking('x-desk', 'x-customer-group')).toEqual([
    'teller.release.abTest: header x-customer-group tells the audience, and the route "/ x-desk=a x-customer-group=a" too; Istio would drop one of the two: tell the audience by another header',
  ]);
});

test.each<[string, object, string[]]>([
  ['a second above what a pod may take to start', { progressDeadline: Duration.seconds(74) }, []],
  [
    'as long as a pod may take to start',
    { progressDeadline: Duration.seconds(73) },
    [
      'teller.release.progressDeadline: 73 s ends before a pod may be up, and Flagger would roll back; use a whole number above 73 s',
    ],
  ],
  [
    'half a second above',
    { progressDeadline: Duration.millis(73_500) },
    [
      'teller.release.progressDeadline: 73.5 s ends before a pod may be up, and Flagger would roll back; use a whole number above 73 s',
    ],
  ],
  ['pods for the primary', { primaryScaler: { min: 3, max: 3 } }, []],
  [
    'fewer pods than the service',
    { primaryScaler: { min: 2 } },
    ['teller.release.primaryScaler: min 2 is below the 3 that the service has at least, and the primary serves; use 3 or more'],
  ],
  [
    'half pods',
    { primaryScaler: { min: 3.5, max: 4.5 } },
    [
      'teller.release.primaryScaler: min 3.5 must be a whole number of pods',
      'teller.release.primaryScaler: max 4.5 must be a whole number of pods',
    ],
  ],
  [
    'half a pod at least, of few',
    { primaryScaler: { min: 2.5 } },
    ['teller.release.primaryScaler: min 2.5 must be a whole number of pods'],
  ],
  [
    'half a pod at most',
    { primaryScaler: { max: 4.5 } },
    ['teller.release.primaryScaler: max 4.5 must be a whole number of pods'],
  ],
  [
    'the wrong way round',
    { primaryScaler: { min: 9, max: 8 } },
    ['teller.release.primaryScaler: min 9 is above max 8; swap them, or raise max'],
  ],
  [
    'queries without KEDA',
    { primaryScaler: { queries: { a: 'b' } } },
    [
      'teller.release.primaryScaler: queries belong to triggers of KEDA, and the service has none; use Scaling.keda, or leave them out',
    ],
  ],
  ['a cookie for a second', { sessionAffinity: { maxAge: Duration.seconds(1) } }, []],
  [
    'a cookie for no time',
    { sessionAffinity: { maxAge: Duration.seconds(0) } },
    ['teller.release.sessionAffinity.maxAge: 0 s must be a whole number of seconds from 1 on'],
  ],
  [
    'a cookie for half a second more',
    { sessionAffinity: { maxAge: Duration.millis(1500) } },
    ['teller.release.sessionAffinity.maxAge: 1.5 s must be a whole number of seconds from 1 on'],
  ],
  ['a cookie below a path', { sessionAffinity: { path: '/a/b' } }, []],
  [
    'a cookie of a path without a slash',
    { sessionAffinity: { path: 'a/b' } },
    ['teller.release.sessionAffinity.path: "a/b" must start with "/" and have neither blanks nor semicolons'],
  ],
  [
    'a cookie of a path with a semicolon',
    { sessionAffinity: { path: '/a;b' } },
    ['teller.release.sessionAffinity.path: "/a;b" must start with "/" and have neither blanks nor semicolons'],
  ],
  [
    'a cookie of a host with a port',
    { sessionAffinity: { domain: 'a.example.com:80' } },
    [
      'teller.release.sessionAffinity.domain: "a.example.com:80" is not a host name; write it like "bank.example.com", in lower case, without scheme, port or path',
    ],
  ],
  [
    'one cookie for both',
    { sessionAffinity: { cookieName: 'a', primaryCookieName: 'a' } },
    [
      'teller.release.sessionAffinity.primaryCookieName: "a" is the cookie of the new version too, and Flagger refuses that; give each version its own',
    ],
  ],
  [
    'a cookie with a blank',
    { sessionAffinity: { cookieName: 'a b' } },
    [
      'teller.release.sessionAffinity.cookieName: "a b" is no name of a cookie that Flagger can look for; use up to 64 letters, digits, "-" and "_"',
    ],
  ],
  [
    'a webhook of nobody',
    { webhooks: [{ name: 'a', type: 'rollout', timeoutSeconds: 5 }] },
    [
      'Release.canary.webhooks[0]: {"name":"a","type":"rollout","timeoutSeconds":5} must be made with Webhook.loadTest(…) or one of its sisters',
    ],
  ],
  [
    'a webhook without a name',
    { webhooks: [{ type: 'rollout', timeoutSeconds: 5, validate() {}, bind() {} }] },
    [
      'Release.canary.webhooks[0]: {"type":"rollout","timeoutSeconds":5} must be made with Webhook.loadTest(…) or one of its sisters',
    ],
  ],
  [
    'a webhook of an unknown kind',
    { webhooks: [{ name: 'a', type: 'before', timeoutSeconds: 5, validate() {}, bind() {} }] },
    [
      'Release.canary.webhooks[0]: {"name":"a","type":"before","timeoutSeconds":5} must be made with Webhook.loadTest(…) or one of its sisters',
    ],
  ],
  [
    'a webhook without a time',
    { webhooks: [{ name: 'a', type: 'rollout', validate() {}, bind() {} }] },
    ['Release.canary.webhooks[0]: {"name":"a","type":"rollout"} must be made with Webhook.loadTest(…) or one of its sisters'],
  ],
  [
    'an objective',
    {
      objective: { analysis: { successRate: 99, latencies: [{ percentile: 99, limit: Duration.millis(300) }], derivation: [] } },
    },
    [],
  ],
  ['an objective of latencies alone', { objective: { analysis: { latencies: [], derivation: [] } } }, []],
  [
    'an objective that is none',
    { objective: {} },
    ['Release.canary.objective: {} must be an objective, like Objective.of({ … })'],
  ],
  [
    'an objective that is nothing',
    { objective: null },
    ['Release.canary.objective: null must be an objective, like Objective.of({ … }); leave it out'],
  ],
  [
    'an objective of a number',
    { objective: { analysis: 99 } },
    ['Release.canary.objective: {"analysis":99} must be an objective, like Objective.of({ … })'],
  ],
  [
    'an objective of null',
    { objective: { analysis: null } },
    ['Release.canary.objective: {"analysis":null} must be an objective, like Objective.of({ … })'],
  ],
  [
    'an objective of a text',
    { objective: { analysis: { successRate: '99', latencies: [] } } },
    ['Release.canary.objective: {"analysis":{"successRate":"99","latencies":[]}} must be an objective, like Objective.of({ … })'],
  ],
  [
    'an objective without latencies',
    { objective: { analysis: { successRate: 99 } } },
    ['Release.canary.objective: {"analysis":{"successRate":99}} must be an objective, like Objective.of({ … })'],
  ],
  [
    'an objective without a percentile',
    { objective: { analysis: { latencies: [{ limit: Duration.millis(300) }] } } },
    [
      'Release.canary.objective: {"analysis":{"latencies":[{"limit":{"amount":300,"unit":{"label":"millis","in… must be an objective, like Objective.of({ … })',
    ],
  ],
  [
    'an objective without a limit',
    { objective: { analysis: { latencies: [{ percentile: 99 }] } } },
    ['Release.canary.objective: {"analysis":{"latencies":[{"percentile":99}]}} must be an objective, like Objective.of({ … })'],
  ],
  [
    'an objective with a hole',
    { objective: { analysis: { latencies: [undefined] } } },
    ['Release.canary.objective: {"analysis":{"latencies":[null]}} must be an objective, like Objective.of({ … })'],
  ],
])('under Flagger: %s', (_what, given, problems) => {
  expect(said(given)).toEqual(problems);
});
