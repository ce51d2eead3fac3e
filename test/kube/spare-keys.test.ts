import { App, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { BankingService, Health, ZeroTrustNamespace } from '../../lib';
import { spareKeys } from '../../lib/kube/spare-keys';

const childrenOf = (scope: Construct) => (scope.node as unknown as { _children?: object })._children;

describe('children in a dictionary (docs/performance.md, peak memory)', () => {
  test('constructs keeps what is created in the scope there', () => {
    const chart = new Chart(new App(), 'ledger');
    const child = new Construct(spareKeys(chart), 'toString');
    expect(Object.getPrototypeOf(childrenOf(chart))).toBeNull();
    expect(childrenOf(chart)).toHaveProperty('toString', child);
    expect(chart.node.children).toEqual([child]);
    expect(chart.node.findChild('toString')).toBe(child);
    expect(() => new Construct(chart, 'toString')).toThrow("There is already a Construct with name 'toString'");
    expect(chart.node.tryRemoveChild('toString')).toBe(true);
    expect(chart.node.children).toEqual([]);
  });

  test('a chart of one service has such a dictionary', () => {
    const app = new App();
    const namespace = new ZeroTrustNamespace(new Chart(app, 'vault'), 'namespace', { name: 'vault' });
    const chart = new Chart(app, 'ledger');
    const service = new BankingService(chart, 'ledger', {
      namespace,
      image: 'registry.example.com/ledger:4.2.0',
      port: 8080,
      health: Health.springBootActuator(),
    });
    expect(Object.getPrototypeOf(childrenOf(chart))).toBeNull();
    expect(chart.node.children).toEqual([service]);
  });

  test('a scope that is forgotten is for the construct to miss', () => {
    expect(spareKeys(undefined as never)).toBeUndefined();
  });

  test('children that are there stay', () => {
    const chart = new Chart(new App(), 'ledger');
    const first = new Construct(chart, 'first');
    expect(spareKeys(chart)).toBe(chart);
    expect(chart.node.children).toEqual([first]);
  });
});
