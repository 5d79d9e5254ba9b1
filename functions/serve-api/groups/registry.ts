import { together, type ApiDeps, type Routes } from '../api.js';
import { accountRoutes } from '../account-routes.js';
import { agencyRoutes } from '../agency-routes.js';
import { coverageRoutes } from '../coverage-routes.js';
import { erasureRoutes } from '../erasure-routes.js';
import { networkRoutes } from '../network-routes.js';
import { networkStatusRoutes } from '../network-status-routes.js';
import { ownRegistrationRoutes } from '../own-registration-routes.js';
import { peopleRoutes } from '../people-routes.js';
import { registryRoutes } from '../registry-routes.js';

/** Who and what is on record: the agency, its people, their accounts, and how they are looked at. */
export const registry = (deps: ApiDeps): Routes =>
  together([
    agencyRoutes(deps),
    networkRoutes(deps),
    peopleRoutes(deps),
    registryRoutes(deps),
    ownRegistrationRoutes(deps),
    accountRoutes(deps),
    coverageRoutes(deps),
    networkStatusRoutes(deps),
    erasureRoutes(deps),
  ]);
