import type { WrongInput } from '../wrong-input';
import { access, mtls } from './access';
import { collisions, environments, overrides } from './app';
import { configuration } from './configuration';
import { edges } from './edges';
import { cidrs, exposure } from './exposure';
import { externalHosts } from './external-hosts';
import { gateways } from './gateways';
import { health, shutdown } from './health';
import { images } from './images';
import { names } from './names';
import { namespaces, quotas } from './namespaces';
import { platforms } from './platforms';
import { availability, placement } from './placement';
import { resources, security } from './pods';
import { ports } from './ports';
import { release, scaling } from './scaling';
import { together } from './several';
import { traffics } from './traffic';

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
  overrides,
  collisions,
  environments,
  together,
};
