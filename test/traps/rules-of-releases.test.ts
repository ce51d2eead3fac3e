import type { Json } from '../banking-service/world';
import { RELEASES } from '../support/rules/releases';
import { named, renderedBank, ruleTrap } from './support';

/* The design rules for releases under Flagger, each with the ways of breaking it that must be seen. */

const bank = renderedBank();
const canary = (all: Json[]): Json => named(all, 'Canary', 'payments').spec as Json;
const analysis = (all: Json[]): Json => canary(all).analysis as Json;
const scaler = (all: Json[]): Json => named(all, 'HorizontalPodAutoscaler', 'payments').spec as Json;
const called = (kind: string) => (all: Json[]) =>
  all.push({ ...structuredClone(named(all, kind, 'web')), metadata: { name: 'payments', namespace: 'banking' } });

const BREAKS: Readonly<Record<number, Readonly<Record<string, (all: Json[]) => void>>>> = {
  4: {
    'the Service': called('Service'),
    'the routes': called('VirtualService'),
    'a rule that nothing is routed by': called('DestinationRule'),
    'the primary': (all) => (named(all, 'Deployment', 'web').metadata.name = 'payments-primary'),
  },
  6: { one: (all) => (canary(all).autoscalerRef.primaryScalerReplicas.minReplicas = 1) },
  7: {
    'all requests to three pods': (all) => (scaler(all).minReplicas = 3),
    'all of them back at once': (all) => delete analysis(all).stepWeightPromotion,
  },
  9: {
    'two kinds of steps': (all) => (analysis(all).iterations = 5),
    none: (all) => delete analysis(all).stepWeights,
    'steps that fall': (all) => (analysis(all).stepWeights = [50, 25]),
    'a step of nothing': (all) => (analysis(all).stepWeights = [0, 50]),
    'more than all': (all) => (analysis(all).stepWeights = [50, 101]),
  },
  10: {
    'an audience by weight': (all) => (analysis(all).match = [{ headers: { 'x-insider': { exact: 'yes' } } }]),
    'copies and cookies': (all) => Object.assign(analysis(all), { mirror: true, sessionAffinity: { cookieName: 'track' } }),
  },
  11: {
    'query parameters': (all) => {
      analysis(all).match = [{ queryParams: { beta: { exact: '1' } } }];
      canary(all).service.match = [{ uri: { prefix: '/api' } }];
    },
  },
  13: {
    'one cookie': (all) => (analysis(all).sessionAffinity = { cookieName: 'track', secure: true, httpOnly: true }),
    'the same cookie': (all) =>
      (analysis(all).sessionAffinity = { cookieName: 'track', primaryCookieName: 'track', secure: true, httpOnly: true }),
    'a cookie for scripts': (all) =>
      (analysis(all).sessionAffinity = { cookieName: 'track', primaryCookieName: 'main', secure: true }),
  },
  14: {
    'hosts of its own': (all) => (canary(all).service.hosts = ['bank.example.com']),
    'no root': (all) => all.splice(all.indexOf(named(all, 'VirtualService', 'payments-mesh')), 1),
    'a root for the gateway alone': (all) => (named(all, 'VirtualService', 'payments-mesh').spec.gateways = ['banking/edge']),
    'nothing to delegate to': (all) => (canary(all).service.delegation = false),
  },
  15: { 'every port of the pods': (all) => (canary(all).service.portDiscovery = true) },
  16: {
    'connections of TCP': (all) => (canary(all).service.trafficPolicy.connectionPool.tcp = { maxConnections: 100 }),
    'a port of its own': (all) => (canary(all).service.trafficPolicy.portLevelSettings = []),
    'no ejection': (all) => delete canary(all).service.trafficPolicy.outlierDetection,
  },
  19: {
    'nothing is looked at': (all) => Object.assign(analysis(all), { metrics: [], webhooks: [] }),
    'no limit': (all) => (analysis(all).metrics[0].thresholdRange = {}),
    'longer than the interval': (all) => (analysis(all).metrics[0].interval = '5m'),
  },
  20: {
    'a webhook that takes the interval': (all) =>
      (analysis(all).webhooks.find(({ type }: Json) => type === 'rollout').timeout = '1m'),
  },
  22: {
    'a minute': (all) => (canary(all).progressDeadlineSeconds = 60),
    'half of the pods': (all) => (analysis(all).canaryReadyThreshold = 50),
  },
  23: {
    'an outage when it is deleted': (all) => (canary(all).revertOnDeletion = false),
    'released unseen': (all) => (canary(all).skipAnalysis = true),
  },
};

test('each rule is broken in some way', () => {
  expect(Object.keys(BREAKS).map(Number)).toEqual(RELEASES.map(({ number }) => number));
});

for (const rule of RELEASES) ruleTrap(rule, bank, BREAKS[rule.number]!);
