import type { Duration } from 'cdk8s';
import { BankingService } from '../banking-service/banking-service';
import { Problems, called, show } from '../kernel/errors';
import { dnsLabel } from '../kernel/names';
import { uniqueBy } from '../kernel/order';
import { DURATION, LITERAL, PARSED, TEXT, type Shapes, either, fitProps, listOf, madeBy, needed, propsOf } from '../kernel/shape';
import type { PlatformModel } from '../platform/model';
import type { Platform } from '../platform/platform';
import type { AlertContext } from './alerts/alert';
import type { ObservedBackup } from './alerts/namespace';
import { Dashboards, type DashboardsModel } from './dashboards/dashboards';
import { type Links, baseUrl, resolveStackName } from './links';
import { Monitors, type MonitorsModel } from './monitors/monitors';
import { blindObjectives, monitorProblems } from './monitors/problems';
import type { Severity } from './objective/burn-rates';
import type { Objective, ObjectiveProps } from './objective/objective';
import type { ObservedModel } from './observed-model';
import { OBJECTIVE, ObservedService, PLATFORM, asObjective } from './observed-service';
import { type RoutingModel, resolveRouting } from './routing/model';
import { ALERT_ROUTING, type AlertRoutingProps } from './routing/props';
import { type TelemetryModel, resolveTelemetry } from './telemetry/model';
import { TELEMETRY, type TelemetryProps } from './telemetry/props';

/** A backup that is missed when it does not come. */
export interface BackupProps {
  /** Name of Velero's Schedule. */
  readonly schedule: string;
  /** How old the last good one may be: the time between two, and some hours for it to be made. */
  readonly maxAge: Duration;
}

export interface ObservabilityStackProps {
  /** What is watched. */
  readonly services: readonly (BankingService | ObservedService)[];
  /** What is promised of every service that has no promise of its own. @default - each service that answers requests has one */
  readonly objective?: Objective | ObjectiveProps;
  /** @default - that of the first service that knows its own */
  readonly platform?: Platform;
  /**
   * What its dashboards are called by, at most 30 characters: no two stacks of a cluster may have the same.
   * @default - the namespace of the first service
   */
  readonly name?: string;
  /** Address of the folder of the runbooks; that of an alert is `<runbooks>/<alert>.md`. @default - alerts name no runbook */
  readonly runbooks?: string;
  /** Address of Grafana, for links to dashboards. @default - alerts name no dashboard */
  readonly grafana?: string;
  /** What the label `severity` says, by which Alertmanager tells who is woken. @default { page: 'page', ticket: 'ticket' } */
  readonly severities?: { readonly page?: string; readonly ticket?: string };
  /** Who is told of alerts, and when. @default - whom Alertmanager's own configuration says */
  readonly alerting?: AlertRoutingProps;
  /** How the dashboards come to Grafana. @default Dashboards.configMaps() */
  readonly dashboards?: Dashboards;
  /** How Prometheus finds the pods of the services. @default Monitors.podMonitors() */
  readonly monitors?: Monitors;
  /** What the proxies tell of single requests: access logs and traces. @default - what failed or was slow, and 10 % of the traces */
  readonly telemetry?: TelemetryProps;
  /** Namespaces whose Certificates must be renewed. @default - those of the services and of the ingress gateway */
  readonly certificates?: readonly string[];
  /** Backups that must come. @default - none */
  readonly backups?: readonly BackupProps[];
}

const PROPS: Shapes<ObservabilityStackProps> = {
  services: listOf(
    either(madeBy(BankingService, 'new BankingService(chart, id, { … })'), madeBy(ObservedService, 'ObservedService.of({ … })')),
  ),
  objective: OBJECTIVE,
  platform: PLATFORM,
  runbooks: TEXT,
  grafana: TEXT,
  severities: propsOf({ page: TEXT, ticket: TEXT }),
  alerting: ALERT_ROUTING,
  name: PARSED,
  dashboards: madeBy(Dashboards, 'Dashboards.configMaps(), .grafanaOperator() or .none()'),
  monitors: madeBy(Monitors, 'Monitors.podMonitors(), .serviceMonitors(), .annotations() or .none()'),
  telemetry: TELEMETRY,
  certificates: listOf(LITERAL),
  backups: listOf(propsOf<BackupProps>({ schedule: LITERAL, maxAge: DURATION })),
};

/** The props with every default filled in. Frozen. */
export interface StackModel {
  /** What its dashboards are called by. */
  readonly name: string;
  readonly dashboards: DashboardsModel;
  readonly services: readonly ObservedService[];
  /** The objective of each service that has one, by namespace and name. */
  readonly objectives: ReadonlyMap<string, Objective>;
  readonly platform: PlatformModel;
  /** Where the services live, in the order in which they are named. */
  readonly namespaces: readonly string[];
  readonly context: AlertContext;
  /** Undefined: it is said elsewhere. */
  readonly alerting?: RoutingModel;
  readonly monitors: MonitorsModel;
  readonly telemetry: TelemetryModel;
  readonly certificates: readonly string[];
  readonly backups: readonly ObservedBackup[];
}

export const keyOf = ({ namespace, name }: { readonly namespace: string; readonly name: string }): string =>
  `${namespace}/${name}`;

/** Validates the props and fills in the defaults. @throws ConfigError that lists every problem. */
export function resolveStack(id: string, given: ObservabilityStackProps): StackModel {
  const problems = new Problems(called('stack', id));
  const props = fitProps(given, PROPS, problems);
  needed(props.services ?? given.services, PROPS.services, problems, 'services');
  problems.check(props.services?.length !== 0, 'is empty; name what is watched', 'services');
  problems.throwIfAny();

  const services = props.services.map((one) => (one instanceof ObservedService ? one : ObservedService.from(one)));
  for (const twice of services.filter((one, i) => services.findIndex((other) => keyOf(other.head) === keyOf(one.head)) !== i)) {
    problems.add(`${keyOf(twice.head)} is named twice; watch it once`, 'services');
  }
  const common = props.objective && asObjective(props.objective);
  const objectives = new Map<string, Objective>();
  for (const { head, objective } of services.filter(({ head }) => head.takesRequests)) {
    const own = objective ?? common;
    if (own) objectives.set(keyOf(head), own);
    else
      problems.add(
        `nothing is promised of ${keyOf(head)}; give the stack an objective, or ObservedService one for it`,
        'objective',
      );
  }
  const monitors = (props.monitors ?? Monitors.podMonitors()).model;
  const watched = services.map(({ head }) => ({ ...head, objective: objectives.get(keyOf(head)) }));
  monitorProblems(monitors, watched).forEach((what) => problems.add(what, 'monitors'));
  blindObjectives(monitors, watched).forEach((what) => problems.add(what, 'objective'));
  const platform = props.platform?.model ?? services.find(({ head }) => head.platform)?.head.platform;
  problems.check(platform !== undefined, 'is missing, and no service knows its own; give new Platform({ … })', 'platform');
  const name = problems.take(() => resolveStackName(props.name, services[0]!.head.namespace), 'unnamed', 'name');
  const dashboards = (props.dashboards ?? Dashboards.configMaps()).model;
  const links: Links = {
    stack: dashboards.kind === 'none' ? undefined : name,
    runbooks: props.runbooks === undefined ? undefined : problems.take(() => baseUrl(props.runbooks!), '', 'runbooks'),
    grafana: props.grafana === undefined ? undefined : problems.take(() => baseUrl(props.grafana!), '', 'grafana'),
  };
  const severities = { page: props.severities?.page ?? 'page', ticket: props.severities?.ticket ?? 'ticket' };
  severityProblems(severities, problems);
  const namespaces = uniqueBy(
    services.map(({ head }) => head.namespace),
    (one) => one,
  );
  (props.certificates ?? []).forEach((one) => problems.take(() => dnsLabel(one), '', 'certificates'));
  const backups = (props.backups ?? []).map(({ schedule, maxAge }, i) =>
    resolveBackup(schedule, maxAge, `backups[${i}]`, problems),
  );
  const alerting = props.alerting && resolveRouting(props.alerting, services, problems, 'alerting');
  const told = services.flatMap(({ head }) => {
    const home = head.platform ?? platform;
    return home ? [{ namespace: head.namespace, platform: home, objective: objectives.get(keyOf(head)) }] : [];
  });
  const telemetry = resolveTelemetry(props.telemetry ?? {}, told, problems);
  problems.throwIfAny();
  return Object.freeze({
    name,
    dashboards,
    services,
    objectives,
    platform: platform!,
    namespaces,
    context: { links, severities },
    alerting,
    monitors,
    telemetry,
    certificates: props.certificates ?? uniqueBy([...namespaces, platform!.ingressGateway.namespace], (one) => one),
    backups,
  });
}

/** The service as the rules see it, complete once everything is declared. */
export function observed({ platform, objectives }: StackModel, service: ObservedService): ObservedModel {
  return { ...service.facts(platform), objective: objectives.get(keyOf(service.head)) };
}

function severityProblems(severities: Readonly<Record<Severity, string>>, problems: Problems): void {
  for (const [key, value] of Object.entries(severities)) {
    problems.check(
      /^[a-z][a-z0-9_-]{0,31}$/.test(value),
      `${show(value)} is no severity; write a word in lower case, like "critical"`,
      `severities.${key}`,
    );
  }
  problems.check(
    severities.page !== severities.ticket,
    `${show(severities.page)} is the word for both; Alertmanager could not tell whom to wake`,
    'severities',
  );
}

function resolveBackup(schedule: string, maxAge: Duration | undefined, part: string, problems: Problems): ObservedBackup {
  problems.take(() => dnsLabel(schedule), '', `${part}.schedule`);
  const seconds = (maxAge?.toMilliseconds({ integral: false }) ?? 0) / 1000;
  problems.check(
    Number.isInteger(seconds) && seconds >= 3600,
    maxAge === undefined ? 'is missing; it must be a Duration' : `${show(seconds)} s is no age of a backup; give an hour or more`,
    `${part}.maxAge`,
  );
  return { schedule, maxAge: seconds };
}
