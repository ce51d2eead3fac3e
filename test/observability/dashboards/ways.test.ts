import { Dashboards, type ObservabilityStackProps, ObservedService, Platform } from '../../../lib';
import { notesOn } from '../../../lib/kube';
import { small } from '../../../lib/observability/dashboards/attach';
import { dashboardPrerequisites } from '../../../lib/observability/dashboards/notes';
import { resolveStack } from '../../../lib/observability/model';
import { type Json, only } from '../../banking-service/world';
import { stackOf } from './world';

/* O3: how dashboards come to Grafana, and what that needs. */

const grafana = {
  namespace: 'watch',
  dashboardLabels: { board: 'yes', tier: 'gold' },
  instanceSelector: { grafana: 'main', tier: 'gold' },
};
const props = (dashboards?: Dashboards): ObservabilityStackProps => ({
  services: ['shop', 'bank'].map((namespace) => ObservedService.of({ name: 'a', namespace, objective: { availability: 99 } })),
  platform: new Platform({ grafana }),
  dashboards,
});
const INTERVAL =
  "Grafana's data source of type prometheus is told the interval of the scrapes, by which the dashboards choose the window of a rate.";

describe('what must be there', () => {
  test.each([
    [
      'as ConfigMaps',
      'configMaps',
      'Grafana\'s sidecar loads ConfigMaps with the label board=yes, tier=gold in namespace watch, and takes their folder, "shop", from the annotation grafana_folder.',
    ],
    [
      'as GrafanaDashboards',
      'grafanaOperator',
      'The Grafana operator watches namespace shop, and a Grafana in namespace watch has the label grafana=main, tier=gold.',
    ],
  ] as const)('%s', (_, way, loads) => {
    expect(dashboardPrerequisites(resolveStack('stack', props(Dashboards[way]())))).toEqual([loads, INTERVAL]);
    const noted = notesOn(stackOf(props(Dashboards[way]())).stack).map(({ text }) => text);
    expect(noted).toEqual(expect.arrayContaining([loads, INTERVAL]));
  });

  test('in a folder of a name', () => {
    const [loads] = dashboardPrerequisites(resolveStack('stack', props(Dashboards.configMaps({ folder: 'Retail & cards' }))));
    expect(loads).toContain('takes their folder, "Retail & cards", from');
  });

  test('nothing, where there are none', () => {
    expect(dashboardPrerequisites(resolveStack('stack', props(Dashboards.none())))).toEqual([]);
  });
});

test('a GrafanaDashboard says whose it is, and is in the folder of the stack', () => {
  const { metadata, spec } = only(stackOf(props(Dashboards.grafanaOperator())).objects(), 'GrafanaDashboard', 'shop-release');
  expect(metadata).toEqual({
    name: 'shop-release',
    namespace: 'shop',
    labels: { 'app.kubernetes.io/managed-by': 'cdk8s-banking', 'app.kubernetes.io/part-of': 'shop' },
    annotations: { 'kustomize.toolkit.fluxcd.io/substitute': 'disabled' },
  });
  const { json, ...rest } = spec as Json;
  expect(rest).toEqual({
    instanceSelector: { matchLabels: { grafana: 'main', tier: 'gold' } },
    allowCrossNamespaceImport: true,
    folder: 'shop',
    uid: 'shop-release',
  });
  expect((JSON.parse(json as string) as Json).title).toBe('shop: release');
});

describe('a folder', () => {
  const REFUSED = 'use up to 63 letters, digits and " _.&-" between them';

  test.each(['a', '9', 'Zahlungen Österreich', 'a _.&-b', 'x'.repeat(63)])('%s is one', (folder) => {
    expect(Dashboards.configMaps({ folder }).model).toEqual({ kind: 'configMaps', folder });
  });

  test.each(['', ' a', 'a ', '.a', 'a/b', 'a\n', 'x'.repeat(64)])('%j is none', (folder) => {
    expect(() => Dashboards.grafanaOperator({ folder })).toThrow(
      new Error(`Dashboards.grafanaOperator.folder: ${JSON.stringify(folder)} is no folder; ${REFUSED}`),
    );
  });

  test('is that of the stack unless one is named; nobody can change what was said', () => {
    const all = [Dashboards.configMaps(), Dashboards.grafanaOperator(), Dashboards.none()];
    expect(all.map(({ model }) => model)).toEqual([{ kind: 'configMaps' }, { kind: 'grafanaOperator' }, { kind: 'none' }]);
    expect(all.flatMap((one) => [one, one.model]).every(Object.isFrozen)).toBe(true);
  });
});

describe('the text of a dashboard', () => {
  // Two quotes, and what else is in the object.
  const most = 256 * 1024 - 2048 - 2;

  test('may just fill the annotation in which a client-side apply keeps it', () => {
    expect(() => small('stack', 'uid', 'x'.repeat(most))).not.toThrow();
  });

  test.each([
    ['a character more', 'x'.repeat(most + 1), 257],
    ['a quote, which is escaped there', `${'x'.repeat(most - 1)}"`, 257],
    ['a letter of two bytes', `${'x'.repeat(most - 1)}ö`, 257],
  ])('is refused with %s', (_, text, kib) => {
    expect(() => small('stack', 'uid', text)).toThrow(
      new Error(
        `stack: dashboard uid takes ${kib} KiB, and a client-side apply takes 256; ` +
          'watch the services by several stacks, each with a name of its own',
      ),
    );
  });
});
