import { Dashboards, ObservabilityStack, type ObservabilityStackProps, ObservedService, Platform } from 'cdk8s-banking';
import { type Site, type WrongInput, js } from '../wrong-input';

const stack = (props: Partial<ObservabilityStackProps>) => (site: Site) =>
  new ObservabilityStack(site.chart, 'observability', {
    services: [ObservedService.of({ name: 'quotes', namespace: 'markets' })],
    objective: { availability: 99.9 },
    platform: new Platform(),
    ...props,
  });

/** How dashboards are called, and how they come to Grafana. */
export const dashboards: readonly WrongInput[] = [
  {
    kind: 'dashboards.folder',
    what: 'a folder that would be another place on the disk of Grafana',
    build: () => Dashboards.configMaps({ folder: '../../etc' }),
    message: 'Dashboards.configMaps.folder: "../../etc" is no folder; use up to 63 letters, digits and " _.&-" between them',
  },
  {
    kind: 'dashboards.folder',
    what: 'a folder within a folder',
    build: () => Dashboards.grafanaOperator({ folder: 'bank/retail' }),
    message:
      'Dashboards.grafanaOperator.folder: "bank/retail" is no folder; use up to 63 letters, digits and " _.&-" between them',
  },
  {
    kind: 'dashboards.kind',
    what: 'dashboards by their name',
    build: stack({ dashboards: js('none') }),
    message: 'observability.dashboards: "none" must be made with Dashboards.configMaps(), .grafanaOperator() or .none()',
  },
  {
    kind: 'dashboards.name',
    what: 'a name of a stack that makes identifiers longer than Grafana takes',
    build: stack({ name: 'the-retail-bank-of-the-north-west' }),
    message:
      'observability.name: "the-retail-bank-of-the-north-west" is not a name that Kubernetes takes; ' +
      'use 1 to 30 lower-case letters, digits and "-", starting with a letter and not ending with "-"',
  },
  {
    kind: 'dashboards.name',
    what: 'a name of a stack that would end its address',
    build: stack({ name: 'retail?orgId=1' }),
    message:
      'observability.name: "retail?orgId=1" is not a name that Kubernetes takes; ' +
      'use 1 to 30 lower-case letters, digits and "-", starting with a letter and not ending with "-"',
  },
];
