import type { WrongInput } from '../wrong-input';
import { abTests } from './ab-tests';
import { access, mtls } from './access';
import { alertChannels } from './alert-channels';
import { alertRoutes } from './alert-routing';
import { collisions, environments, overrides } from './app';
import { blueGreens } from './blue-green';
import { canaries } from './canaries';
import { canaryReleases } from './canary-releases';
import { configuration } from './configuration';
import { dashboards } from './dashboards';
import { edges } from './edges';
import { cidrs, exposure } from './exposure';
import { externalHosts } from './external-hosts';
import { gateways } from './gateways';
import { faults } from './faults';
import { health, shutdown } from './health';
import { images } from './images';
import { jobs } from './jobs';
import { loadTesters } from './load-testers';
import { metricProviders } from './metric-providers';
import { metricTemplates } from './metric-templates';
import { migrationUsers } from './migration-users';
import { migrations } from './migrations';
import { monitors } from './monitors';
import { names } from './names';
import { namespaces, quotas } from './namespaces';
import { objectives } from './objectives';
import { platforms } from './platforms';
import { availability, placement } from './placement';
import { resources, security } from './pods';
import { ports } from './ports';
import { release, scaling } from './scaling';
import { together } from './several';
import { telemetries } from './telemetry';
import { tracings } from './tracing';
import { traffics } from './traffic';
import { weights } from './weighted';
import { validations } from './validations';
import { webhooks } from './webhooks';

/** Every wrong input, by what it is about. */
export const WRONG_INPUTS: Readonly<Record<string, readonly WrongInput[]>> = {
  names,
  images,
  ports,
  health,
  shutdown,
  scaling,
  release,
  resources,
  security,
  availability,
  placement,
  configuration,
  traffics,
  faults,
  weights,
  blueGreens,
  abTests,
  exposure,
  cidrs,
  edges,
  externalHosts,
  namespaces,
  quotas,
  access,
  mtls,
  platforms,
  gateways,
  alertChannels,
  alertRoutes,
  metricProviders,
  metricTemplates,
  webhooks,
  loadTesters,
  objectives,
  telemetries,
  tracings,
  monitors,
  dashboards,
  overrides,
  collisions,
  environments,
  jobs,
  migrations,
  migrationUsers,
  validations,
  canaries,
  canaryReleases,
  together,
};
