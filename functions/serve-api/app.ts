import type { ErrorHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { HTTPException } from 'hono/http-exception';
import { methodNotAllowed } from 'hono/method-not-allowed';
import { secureHeaders } from 'hono/secure-headers';
import { BadCursorError } from '../../shared/errors.js';
import { accountRoutes } from './account-routes.js';
import { agencyRoutes } from './agency-routes.js';
import { routes, type ApiDeps, type ApiEnv } from './api.js';
import { authorise, operationOf } from './authorise.js';
import { deskRoutes } from './desk-routes.js';
import { consoleRoutes } from './console-routes.js';
import { coverageRoutes } from './coverage-routes.js';
import { describe, type ApiDescription } from './description.js';
import { descriptionRoutes } from './description-routes.js';
import { digestRoutes } from './digest-routes.js';
import { exportRoutes } from './export-routes.js';
import { evidenceRoutes } from './evidence-routes.js';
import { fileRoutes } from './file-routes.js';
import { findingRoutes } from './finding-routes.js';
import { erasureRoutes } from './erasure-routes.js';
import { goldenRoutes } from './golden-routes.js';
import { invitationRoutes } from './invitation-routes.js';
import { legalHoldRoutes } from './legal-hold-routes.js';
import { meRoutes } from './me-routes.js';
import { networkStatusRoutes } from './network-status-routes.js';
import { networkRoutes } from './network-routes.js';
import { openRoutes } from './open-routes.js';
import { packRoutes } from './pack-routes.js';
import { peopleRoutes } from './people-routes.js';
import { problemDocument, ProblemError, problemResponse, type Problem } from './problem.js';
import { recordRoutes } from './record-routes.js';
import { qualityRoutes } from './quality-routes.js';
import { ownRegistrationRoutes } from './own-registration-routes.js';
import { registryRoutes } from './registry-routes.js';
import { requestRoutes } from './request-routes.js';
import { statisticsRoutes } from './statistics-routes.js';
import { selfCheckRoutes } from './self-check-routes.js';
import { submissionRoutes } from './submission-routes.js';
import { uploadRoutes } from './upload-routes.js';

const LARGEST_BODY = 1024 * 1024;

/** Faults that the framework names by status alone. */
const FRAMEWORK: ReadonlyMap<number, Problem> = new Map([
  [400, problemDocument('bad-request', { detail: 'The body cannot be read as what it says it is.' })],
  [415, problemDocument('media-type')],
]);

const problemOf = (error: Error): Problem | null => {
  if (error instanceof ProblemError) return error.problem;
  if (error instanceof BadCursorError) return problemDocument('bad-cursor');
  return error instanceof HTTPException ? (FRAMEWORK.get(error.status) ?? null) : null;
};

/** The one place that turns errors into answers. What was not foreseen is reported and says nothing of the inside. */
const answerTo =
  ({ report }: Pick<ApiDeps, 'report'>): ErrorHandler<ApiEnv> =>
  (error, c) => {
    const known = problemOf(error);
    if (known !== null) return problemResponse(known);
    report('request-failed', { requests: 1, operation: operationOf(c) ?? 'unknown', error: error.name });
    return problemResponse(problemDocument('internal'));
  };

/** The API as one application; Lambda and Node serve the same one. */
export const buildApp = (deps: ApiDeps) => {
  const app = routes();
  app.onError(answerTo(deps));
  app.notFound(() => problemResponse(problemDocument('not-found')));
  app.use(secureHeaders({ xFrameOptions: 'DENY' }));
  app.use(async (c, next) => {
    await next();
    c.header('cache-control', 'no-store');
  });
  app.use(
    methodNotAllowed({
      app,
      onMethodNotAllowed: (_c, methods) => {
        const response = problemResponse(problemDocument('method-not-allowed'));
        response.headers.set('allow', methods.join(', '));
        return response;
      },
    }),
  );
  app.use(authorise(deps));
  app.use(
    bodyLimit({
      maxSize: LARGEST_BODY,
      onError: () => {
        throw new ProblemError('too-large');
      },
    }),
  );
  for (const group of [
    agencyRoutes(deps),
    networkRoutes(deps),
    peopleRoutes(deps),
    registryRoutes(deps),
    ownRegistrationRoutes(deps),
    accountRoutes(deps),
    invitationRoutes(deps),
    coverageRoutes(deps),
    findingRoutes(deps),
    fileRoutes(deps),
    uploadRoutes(deps),
    deskRoutes(deps),
    networkStatusRoutes(deps),
    legalHoldRoutes(deps),
    submissionRoutes(deps),
    recordRoutes(deps),
    erasureRoutes(deps),
    evidenceRoutes(deps),
    meRoutes(deps),
    digestRoutes(deps),
    packRoutes(deps),
    statisticsRoutes(deps),
    qualityRoutes(deps),
    goldenRoutes(deps),
    openRoutes(deps),
    consoleRoutes(deps),
    selfCheckRoutes(deps),
    exportRoutes(deps),
    requestRoutes(deps),
  ])
    app.route('/', group);
  // Worked out for whoever first asks for it: it takes longer than all else of a start.
  let description: ApiDescription | null = null;
  app.route(
    '/',
    descriptionRoutes(() => (description ??= describe(app, deps.publicUrl))),
  );
  return app;
};
