import { Hono, type Context, type ErrorHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { HTTPException } from 'hono/http-exception';
import { methodNotAllowed } from 'hono/method-not-allowed';
import { secureHeaders } from 'hono/secure-headers';
import { BadCursorError } from '../../shared/errors.js';
import { once } from '../../shared/once.js';
import type { ApiDeps, ApiEnv, Routes } from './api.js';
import { authorise, operationOf } from './authorise.js';
import { GROUPS, type GroupDeps, type RouteGroup } from './groups.js';
import { problemDocument, ProblemError, problemResponse } from './problem.js';
import type { Problem } from './problem-document.js';

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

const nothing = (): Promise<void> => Promise.resolve();

/** What a group answers to one of its operations: its checks throw what they do not let through, and what comes last answers. */
const answerOf = async (
  group: Routes,
  method: string,
  path: string,
  c: Context<ApiEnv>,
): Promise<Response> => {
  for (const route of group.routes)
    if (route.method === method && route.path === path) {
      const answer: unknown = await route.handler(c, nothing);
      if (answer instanceof Response) return answer;
    }
  throw new Error(`${method} ${path} is served by no route of its group`);
};

/**
 * The API as one application; Lambda and Node serve the same one. What stands before all routes goes by the tables of access
 * and of groups; a group is read with the first request that was let through to it.
 */
export const buildApp = (deps: ApiDeps, groups: readonly RouteGroup[] = GROUPS) => {
  const app = new Hono<ApiEnv>();
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
  const served = groups.map(({ serves, read }) => ({
    serves,
    routes: once(async () => (await read())(given)),
  }));
  const given: GroupDeps = { ...deps, groups: () => Promise.all(served.map(({ routes }) => routes())) };
  for (const { serves, routes } of served)
    for (const operation of serves) {
      const [method = '', template = ''] = operation.split(' ');
      const path = template.replaceAll(/{(\w+)}/g, ':$1');
      app.on(method, path, async (c) => answerOf(await routes(), method, path, c));
    }
  return app;
};
