import { together, type ApiDeps, type Routes } from '../api.js';
import { consoleRoutes } from '../console-routes.js';
import { invitationRoutes } from '../invitation-routes.js';
import { openRoutes } from '../open-routes.js';

/** Pages for whoever has a link. */
export const open = (deps: ApiDeps): Routes =>
  together([openRoutes(deps), consoleRoutes(deps), invitationRoutes(deps)]);
