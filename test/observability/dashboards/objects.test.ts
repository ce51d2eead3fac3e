import { ApiObject, Chart, Testing } from 'cdk8s';
import { Dashboards, DASHBOARDS, ObservabilityStack, ObservedService, Platform, dashboardUid } from '../../../lib';
import { handedOverTo } from '../../../lib/kube/hand-over';
import { dashboardUrl, resolveStackName } from '../../../lib/observability/links';
import { small } from '../../../lib/observability/dashboards/attach';
import { grafanaPanel } from '../../../lib/observability/dashboards/grafana-panel';
import { dashboardText } from '../../../lib/observability/dashboards/json-text';
import { lines, query } from '../../../lib/observability/dashboards/panels';
import { type Json, only } from '../../banking-service/world';
import { boards, panelsIn, stackOf, teller } from './world';

const dashboardsIn = (objects: readonly Json[], kind: string): Json[] =>
  objects.filter((one) => one.kind === kind && /-(service|release|mesh|objective|fleet)$/.test(one.metadata.name as string));

describe('O3: as ConfigMaps', () => {
  test('beside Grafana, with what its sidecar looks for, handed over to its people', () => {
    const world = teller();
    const maps = dashboardsIn(world.objects(), 'ConfigMap');
    expect(maps.map(({ metadata }) => metadata.name as string).sort()).toEqual([
      'dashboard-vault-fleet',
      'dashboard-vault-mesh',
      'dashboard-vault-objective',
      'dashboard-vault-release',
      'dashboard-vault-service',
    ]);
    for (const { metadata, data } of maps) {
      expect(metadata.namespace).toBe('grafana');
      expect(metadata.labels).toEqual({
        'app.kubernetes.io/managed-by': 'cdk8s-banking',
        'app.kubernetes.io/part-of': 'vault',
        board: 'yes',
      });
      expect(metadata.annotations).toEqual({ grafana_folder: 'vault', 'kustomize.toolkit.fluxcd.io/substitute': 'disabled' });
      // The sidecar writes a file by this name: of two alike in a folder, one would be lost.
      expect(Object.keys(data as object)).toEqual([`${(metadata.name as string).replace('dashboard-', '')}.json`]);
    }
    const objects = world.chart.node.findAll().filter((one) => ApiObject.isApiObject(one));
    expect(objects.filter((one) => one.kind === 'ConfigMap').map(handedOverTo)).toEqual(Array(5).fill('grafana'));
  });

  test('in a folder of a name', () => {
    const [first] = dashboardsIn(teller(Dashboards.configMaps({ folder: 'Retail & cards' })).objects(), 'ConfigMap');
    expect(first!.metadata.annotations.grafana_folder).toBe('Retail & cards');
  });

  test('two stacks of one name in one app are an error that names both', () => {
    const chart = new Chart(Testing.app(), 'bank');
    for (const name of ['a', 'b']) {
      const services = [ObservedService.of({ name, namespace: 'shop', objective: { availability: 99 } })];
      new ObservabilityStack(chart, `stack-${name}`, { services, platform: new Platform() });
    }
    expect(() => Testing.synth(chart)).toThrow(/dashboard-shop-service/);
  });
});

describe('O3: as GrafanaDashboards of the operator', () => {
  test('beside the services, for a Grafana elsewhere', () => {
    const objects = teller(Dashboards.grafanaOperator({ folder: 'Vault' })).objects();
    const all = dashboardsIn(objects, 'GrafanaDashboard');
    expect(all).toHaveLength(5);
    const { spec, metadata } = only(objects, 'GrafanaDashboard', 'vault-mesh');
    const { json, ...rest } = spec as { json: string };
    expect(rest).toEqual({
      instanceSelector: { matchLabels: { grafana: 'main' } },
      allowCrossNamespaceImport: true,
      folder: 'Vault',
      uid: 'vault-mesh',
    });
    expect((JSON.parse(json) as Json).uid).toBe('vault-mesh');
    expect([metadata.namespace, metadata.annotations]).toEqual([
      'vault',
      { 'kustomize.toolkit.fluxcd.io/substitute': 'disabled' },
    ]);
    expect(dashboardsIn(objects, 'ConfigMap')).toEqual([]);
  });

  test('in the namespace of Grafana itself nothing is imported from elsewhere', () => {
    const services = [ObservedService.of({ name: 'a', namespace: 'monitoring', objective: { availability: 99 } })];
    const { spec } = only(
      stackOf({ services, dashboards: Dashboards.grafanaOperator() }).objects(),
      'GrafanaDashboard',
      'monitoring-fleet',
    );
    expect(spec).not.toHaveProperty('allowCrossNamespaceImport');
  });
});

test('O3: none: nothing is written, nothing is recorded for them, and no alert names one', () => {
  const text = JSON.stringify(stackOf({ dashboards: Dashboards.none() }).objects());
  expect(text).not.toMatch(/schemaVersion|dashboard_url|service:part:info/);
  expect(JSON.stringify(stackOf().objects())).toContain('https://grafana.example.com/d/banking-objective?var-namespace=banking');
});

describe('O3: identifiers', () => {
  test('are by the name of the stack, so that two stacks of a cluster do not meet', () => {
    const names = Object.keys(boards(stackOf({ name: 'retail' }).objects())).sort();
    expect(names).toEqual(['retail-fleet', 'retail-mesh', 'retail-objective', 'retail-release', 'retail-service']);
    expect(dashboardUrl({ grafana: 'https://g.example.com', stack: 'retail' }, 'mesh', { namespace: 'a' })).toBe(
      'https://g.example.com/d/retail-mesh?var-namespace=a',
    );
  });

  test('fit into the 40 characters that Grafana takes, whatever the namespace', () => {
    const long = 'a'.repeat(62);
    const name = resolveStackName(undefined, `${long}b`);
    expect(name).toMatch(/^a{21}-[0-9a-f]{8}$/);
    expect(resolveStackName(undefined, `${long}c`)).not.toBe(name);
    expect(resolveStackName(undefined, 'a'.repeat(30))).toBe('a'.repeat(30));
    for (const dashboard of DASHBOARDS) expect(dashboardUid(name, dashboard).length).toBeLessThanOrEqual(40);
  });

  test('and numbers of panels are the same on every run', () => {
    expect(JSON.stringify(stackOf().objects())).toBe(JSON.stringify(stackOf().objects()));
  });
});

describe('O3: as Grafana reads it', () => {
  let all: Json[];
  beforeAll(() => (all = Object.values(boards(stackOf().objects()))));

  test('nothing depends on one installation, one run, or one version of a dashboard', () => {
    for (const board of all) {
      expect(board).not.toHaveProperty('id');
      expect(board).not.toHaveProperty('version');
      expect(board.schemaVersion).toBe(42);
      const sources = [...panelsIn(board), ...board.annotations.list, ...board.templating.list.slice(1)].map(
        ({ datasource }) => datasource,
      );
      for (const source of sources) expect(source).toEqual({ type: 'prometheus', uid: '$datasource' });
      expect(board.templating.list[0]).toMatchObject({ type: 'datasource', query: 'prometheus' });
    }
  });

  test('what is not known is called so, and no number of an hour ago stands for one of now', () => {
    for (const { type, fieldConfig, targets } of all.flatMap(panelsIn)) {
      expect(fieldConfig.defaults.noValue).toBe('no data');
      for (const { instant, range } of targets as Json[]) {
        expect([instant, range]).toEqual(type === 'stat' || type === 'table' ? [true, false] : [false, true]);
      }
      if (type === 'timeseries') expect(fieldConfig.defaults.custom.spanNulls).toBe(false);
    }
  });

  test('a row of the fleet opens the dashboard of its service', () => {
    const fleet = all.find(({ uid }) => uid === 'banking-fleet')!;
    const services = panelsIn(fleet).find(({ title, type }) => title === 'Services' && type === 'table')!;
    expect(services.fieldConfig.overrides[0]).toEqual({
      matcher: { id: 'byName', options: 'Service' },
      properties: [
        {
          id: 'links',
          value: [
            {
              title: 'Open its dashboard',
              url: '/d/banking-service?var-namespace=${__data.fields.Namespace}&var-service=${__data.fields.Service}&${__url_time_range}',
            },
          ],
        },
      ],
    });
    expect(services.transformations[1].options.renameByName).toMatchObject({
      namespace: 'Namespace',
      'Value #C': 'Least budget left',
    });
  });

  test('a table of one query finds its only column by the name that it has then', () => {
    const images = all.flatMap(panelsIn).find(({ title }) => title === 'Images')!;
    expect(images.transformations[1].options.renameByName).toMatchObject({ Value: 'Containers', image: 'Image' });
  });

  test('dashboards lead to one another, and to the runbooks', () => {
    for (const { links, tags } of all) {
      expect(tags).toEqual(['cdk8s-banking', 'stack banking']);
      expect((links as Json[]).map(({ type, tags: to, url }) => [type, to, url])).toEqual([
        ['dashboards', ['stack banking'], ''],
        ['link', [], 'https://git.example.com/runbooks/README.md'],
      ]);
    }
    const memory = all.flatMap(panelsIn).find(({ title }) => title === 'Memory')!;
    expect(memory.links).toEqual([
      { title: 'Runbook: MemoryNearLimit', url: 'https://git.example.com/runbooks/memory-near-limit.md', targetBlank: true },
    ]);
    const [without] = Object.values(boards(stackOf({ runbooks: undefined }).objects()));
    expect(JSON.stringify(without)).not.toMatch(/[Rr]unbook/);
  });
});

describe('O3: as a text', () => {
  const text = () =>
    dashboardsIn(stackOf().objects(), 'ConfigMap').map(({ data }) => Object.values(data as Record<string, string>)[0]!);

  test('has few lines, each of them part of one panel', () => {
    for (const one of text()) expect(one.split('\n').length).toBeLessThan(320);
    for (const one of dashboardsIn(teller().objects(), 'ConfigMap')) {
      expect(Object.values(one.data as Record<string, string>)[0]!.split('\n').length).toBeLessThan(200);
    }
  });

  test('has the templates of Grafana, and none of Helm', () => {
    const templates = text().flatMap((one) => [...one.matchAll(/\{\{(.*?)\}\}/g)].map(([, inner]) => inner!));
    expect(templates.length).toBeGreaterThan(50);
    // Helm's and Argo's begin with a dot, a space or a function.
    for (const inner of templates) expect(inner).toMatch(/^[a-z_]+$/);
  });

  test('whatever texts are in it, it is JSON of these and no other', () => {
    const hostile = '"},\n{"x": "\\u0000\u2028 $service {{ .Values.x }} </script>';
    const panel = grafanaPanel(
      { id: 7, gridPos: { h: 1, w: 1, x: 0, y: 0 }, is: lines(hostile, 'none', [query(hostile, hostile)]) },
      'x',
      {},
    );
    const read = JSON.parse(dashboardText({ title: hostile, panels: [panel, panel] })) as Json;
    expect([read.title, read.panels[1].title, read.panels[0].targets[0].expr]).toEqual([hostile, hostile, hostile]);
  });

  test('a route of an objective is in no text of a dashboard but as a value of Prometheus', () => {
    const services = [
      ObservedService.of({
        name: 'quotes',
        namespace: 'banking',
        objective: stackOf().stack.model.services.find(({ head }) => head.name === 'quotes')!.objective!,
      }),
    ];
    const routes = dashboardsIn(stackOf({ services }).objects(), 'ConfigMap').map(({ data }) => JSON.stringify(data));
    expect(routes.join()).not.toContain('/api/v1/quotes');
  });

  test('one that is too large to be applied is refused', () => {
    expect(() => small('bank/observability', 'banking-mesh', 'x'.repeat(300_000))).toThrow(
      'bank/observability: dashboard banking-mesh takes 295 KiB, and a client-side apply takes 256; ' +
        'watch the services by several stacks, each with a name of its own',
    );
  });
});
