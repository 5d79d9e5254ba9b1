import { together, type ApiDeps, type Routes } from '../api.js';
import { meRoutes } from '../me-routes.js';
import { requestRoutes } from '../request-routes.js';

/** What is on record of whoever asks, and their requests to the officer. */
export const mine = (deps: ApiDeps): Routes => together([meRoutes(deps), requestRoutes(deps)]);
