import { together, type ApiDeps, type Routes } from '../api.js';
import { digestRoutes } from '../digest-routes.js';
import { evidenceRoutes } from '../evidence-routes.js';
import { exportRoutes } from '../export-routes.js';
import { goldenRoutes } from '../golden-routes.js';
import { legalHoldRoutes } from '../legal-hold-routes.js';
import { recordRoutes } from '../record-routes.js';
import { statisticsRoutes } from '../statistics-routes.js';
import { submissionRoutes } from '../submission-routes.js';
import { uploadRoutes } from '../upload-routes.js';

/** What is asked for now and then, and by few: it would be in the way of a start for what is asked daily. */
export const occasional = (deps: ApiDeps): Routes =>
  together([
    uploadRoutes(deps),
    submissionRoutes(deps),
    evidenceRoutes(deps),
    exportRoutes(deps),
    digestRoutes(deps),
    goldenRoutes(deps),
    legalHoldRoutes(deps),
    recordRoutes(deps),
    statisticsRoutes(deps),
  ]);
