import { App, Chart, Lazy, Testing, YamlOutputType } from 'cdk8s';
import { Deployment, k8s } from 'cdk8s-plus-28';
import { define, defineObject, GitOpsApp, transform } from '../../lib/kube';
import { head, problemsOf } from './fixtures';

const chart = (): Chart => Testing.chart();

describe('defineObject', () => {
  test('renders apiVersion, kind, metadata, then the body, sorted and without undefined', () => {
    const c = chart();
    const object = defineObject(
      c,
      'x',
      {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: 'x', namespace: 'bank', labels: { b: '2', a: '1', c: undefined } },
      },
      { immutable: true, data: { z: '1', a: undefined, b: '2' }, list: [1, undefined, 2], gone: null },
    );
    expect(JSON.stringify(object.toJson())).toBe(
      '{"apiVersion":"v1","kind":"ConfigMap","metadata":{"labels":{"a":"1","b":"2"},"name":"x","namespace":"bank"},' +
        '"data":{"b":"2","z":"1"},"immutable":true,"list":[1,2]}',
    );
  });

  test('a late body, late labels and late annotations are asked once a rendering, and afresh in each', () => {
    const c = chart();
    const edges: string[] = [];
    let asked = 0;
    const object = defineObject(
      c,
      'x',
      { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'x', annotations: () => ({ n: String(edges.length) }) } },
      () => ({ data: { edges: edges.join(), asked: String(++asked) } }),
    );
    edges.push('a');
    expect(object.toJson()).toMatchObject({ metadata: { annotations: { n: '1' } }, data: { edges: 'a', asked: '1' } });
    edges.push('b');
    expect(object.toJson()).toMatchObject({ metadata: { annotations: { n: '2' } }, data: { edges: 'a,b', asked: '2' } });
  });

  test('union classes and Lazy values become what they hold', () => {
    const c = chart();
    const object = defineObject(c, 'x', head('Thing', 'x'), {
      spec: { port: k8s.IntOrString.fromNumber(8443), late: Lazy.any({ produce: () => k8s.Quantity.fromString('1Gi') }) },
    });
    expect(object.toJson().spec).toEqual({ port: 8443, late: '1Gi' });
  });

  test("a label that the user adds afterwards wins, and the chart's own stay", () => {
    const c = new Chart(new App(), 'c', { labels: { team: 'x' } });
    const object = defineObject(
      c,
      'x',
      { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'x', labels: () => ({ a: '1', b: '1' }) } },
      {},
    );
    object.metadata.addLabel('b', '2');
    expect(object.toJson().metadata.labels).toEqual({ a: '1', b: '2', team: 'x' });
  });

  test.each([
    [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: '' } }, /^metadata\.name is ""/],
    [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: {} }, /^metadata\.name is nothing/],
    [{ apiVersion: 'v1', kind: '', metadata: { name: 'x' } }, /^kind is ""/],
  ])('%j is refused', (bad, message) => {
    const c = chart();
    expect(problemsOf(() => defineObject(c, 'x', bad as never, {}))).toEqual([
      { where: 'test/x', what: expect.stringMatching(message) },
    ]);
  });

  test('what is no JSON is refused with its path', () => {
    const c = chart();
    defineObject(c, 'x', head('Thing', 'x'), () => ({ spec: { when: new Date(0) } }));
    const [problem] = problemsOf(() => Testing.synth(c));
    expect(problem).toEqual({ where: 'test/x (Thing x)', what: expect.stringContaining('/spec/when is an instance of Date') });
  });
});

describe('define', () => {
  test('takes typed props and writes wire names', () => {
    const object = define(chart(), 'x', k8s.KubeService, { name: 'x' }, () => ({
      spec: { clusterIp: 'None', ports: [{ port: 80, targetPort: k8s.IntOrString.fromString('http') }] },
    }));
    expect(object.toJson()).toEqual({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'x' },
      spec: { clusterIP: 'None', ports: [{ port: 80, targetPort: 'http' }] },
    });
  });

  test('trap: a plain number, which the class would erase, is an error', () => {
    const c = chart();
    define(
      c,
      'x',
      k8s.KubeNetworkPolicy,
      { name: 'x' },
      { spec: { podSelector: {}, ingress: [{ ports: [{ port: 8443 as never }] }] } },
    );
    expect(problemsOf(() => Testing.synth(c))[0]!.what).toContain('drops /spec/ingress/0/ports/0/port');
  });
});

describe('transform', () => {
  test('finishes a cdk8s-plus object without being filtered, in order, and before overrides', () => {
    const c = chart();
    const deployment = new Deployment(c, 'd', { metadata: { name: 'd' }, select: false, containers: [{ image: 'x' }] });
    const [object] = deployment.node.children as never as [Parameters<typeof transform>[0]];
    transform(object, (json) => {
      const { template } = json.spec as { template: { metadata?: object; spec: Record<string, unknown> } };
      delete template.metadata;
      template.spec.newField = 1;
      return json;
    });
    transform(object, (json) => {
      const { template } = json.spec as { template: { spec: { newField: number } } };
      template.spec.newField += 1;
      return json;
    });
    expect(object.toJson().spec.template.metadata).toBeUndefined();
    expect(object.toJson().spec.template.spec.newField).toBe(2);
    expect(object.toJson()).toEqual(object.toJson());
  });

  test('may not rename', () => {
    const c = chart();
    const object = defineObject(c, 'x', head('ConfigMap', 'x'), {});
    transform(object, (json) => ({ ...json, metadata: { name: 'y' } }));
    expect(problemsOf(() => object.toJson())[0]!.what).toContain('changes metadata.name from "x" to "y"');
  });
});

test('lib/kube loads without cdk8s-plus-28', () => {
  jest.isolateModules(() => {
    jest.doMock('cdk8s-plus-28', () => {
      throw new Error('loaded');
    });
    expect(() => require('../../lib/kube')).not.toThrow();
  });
  expect(new GitOpsApp().yamlOutputType).toBe(YamlOutputType.FILE_PER_CHART);
});
