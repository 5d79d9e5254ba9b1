import { together, type ApiDeps, type Routes } from '../api.js';
import { answerRoutes } from '../answer-routes.js';
import { deskRoutes } from '../desk-routes.js';
import { fileRoutes } from '../file-routes.js';
import { findingRoutes } from '../finding-routes.js';
import { qualityRoutes } from '../quality-routes.js';

/** Findings, and what analysts, holders and superiors do with them day by day. */
export const review = (deps: ApiDeps): Routes =>
  together([
    findingRoutes(deps),
    fileRoutes(deps),
    deskRoutes(deps),
    answerRoutes(deps),
    qualityRoutes(deps),
  ]);
