import type { Context, MiddlewareHandler } from 'hono';
import { matchedRoutes } from 'hono/route';
import { accessTo } from './access.js';
import type { ApiDeps, ApiEnv } from './api.js';
import { ProblemError } from './problem.js';
import { callerOf, claimsOf } from './sign-in.js';

/** `GET /findings/{id}` for whatever identifier was asked for; `null` where no route fits. */
export const operationOf = (c: Context): string | null => {
  const route = matchedRoutes(c).findLast(({ method }) => method !== 'ALL');
  return route === undefined ? null : `${route.method} ${route.path.replaceAll(/:(\w+)/g, '{$1}')}`;
};

/** Lets a request through if the table of access does. It stands before every route, so none can be forgotten. */
export const authorise =
  (deps: Pick<ApiDeps, 'tokens' | 'people'>): MiddlewareHandler<ApiEnv> =>
  async (c, next) => {
    const operation = operationOf(c);
    if (operation === null) return next();
    const access = accessTo(operation);
    if (access === null) throw new ProblemError('not-found');
    if (access.kind === 'public') return next();

    const claims = await claimsOf(c.req.header('authorization'), deps);
    if (claims === null) throw new ProblemError('not-signed-in');
    c.set('claims', claims);
    if (access.kind === 'token') {
      if (!claims.roles.includes(access.role)) throw new ProblemError('not-allowed');
      return next();
    }

    const caller = await callerOf(claims, deps);
    if (caller === null) throw new ProblemError('not-on-record');
    c.set('caller', caller);
    if (access.kind === 'roles') {
      const has = (role: (typeof access.roles)[number]): boolean => caller.roles.includes(role);
      if (!access.roles.some(has) || access.never.some(has)) throw new ProblemError('not-allowed');
    }
    return next();
  };
