import type { OpenAPIHono, RouteConfig } from '@hono/zod-openapi';
import { accessTo, type Access } from './access.js';
import { routes, type ApiEnv, type Routes } from './api.js';
import { Problem } from './problem-document.js';

type Description = ReturnType<OpenAPIHono<ApiEnv>['getOpenAPI31Document']>;

/** An operation of the API with who may call it. */
export interface Operation {
  readonly method: string;
  readonly path: string;
  readonly summary: string;
  readonly detail: string | null;
  readonly access: Access;
  readonly query: readonly string[];
  readonly body: boolean;
}

export interface ApiDescription {
  readonly document: Description;
  readonly operations: readonly Operation[];
}

const METHODS = ['get', 'put', 'post', 'patch', 'delete'] as const;

const isInteger = (schema: object): boolean =>
  'type' in schema &&
  (Array.isArray(schema.type) ? schema.type.includes('integer') : schema.type === 'integer');

/** Says of integers, all through a description, what zod holds them to and its generator leaves out. */
const boundIntegers = (value: unknown): void => {
  if (typeof value !== 'object' || value === null) return;
  if (isInteger(value))
    Object.assign(value, {
      ...('minimum' in value || 'exclusiveMinimum' in value ? {} : { minimum: Number.MIN_SAFE_INTEGER }),
      ...('maximum' in value ? {} : { maximum: Number.MAX_SAFE_INTEGER }),
      format: 'int64',
    });
  for (const inner of Object.values(value)) boundIntegers(inner);
};

/** Every operation may end in a problem document. */
const orProblem = (route: RouteConfig): RouteConfig => ({
  ...route,
  responses: {
    ...route.responses,
    default: {
      description: 'A problem document (RFC 9457)',
      content: { 'application/problem+json': { schema: Problem } },
    },
  },
});

/** The description of the API from the very schemas that it checks with, and from the table of access. */
export const describe = (groups: readonly Routes[], publicUrl: string): ApiDescription => {
  const app = routes();
  for (const { openAPIRegistry } of groups)
    for (const definition of openAPIRegistry.definitions)
      if (definition.type === 'route') app.openAPIRegistry.registerPath(orProblem(definition.route));
  app.openAPIRegistry.registerComponent('securitySchemes', 'token', {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
    description:
      'Of the agency’s issuer. Checked as RFC8725 asks: listed algorithms only, the issuer’s keys, `iss`, `aud` and `exp` required.',
  });
  const document = app.getOpenAPI31Document({
    openapi: '3.1.0',
    info: {
      title: 'Netral',
      version: '1',
      description:
        'Keeps an agency’s civil servants neutral in elections, fairly. Errors are problem documents (RFC 9457).',
    },
    // The agency's own people call it, over the internet.
    servers: [{ url: publicUrl, 'x-internal': false }],
    security: [{ token: [] }],
  });
  const operations: Operation[] = [];
  for (const [path, item] of Object.entries(document.paths ?? {}))
    for (const method of METHODS) {
      const operation = item[method];
      if (operation === undefined) continue;
      const access = accessTo(`${method.toUpperCase()} ${path}`);
      if (access === null) throw new Error(`Nobody may call ${method.toUpperCase()} ${path}`);
      if (access.kind === 'public') operation.security = [];
      operations.push({
        method: method.toUpperCase(),
        path,
        summary: operation.summary ?? '',
        detail: operation.description ?? null,
        access,
        query: (operation.parameters ?? []).flatMap((parameter) =>
          'in' in parameter && parameter.in === 'query' ? [parameter.name] : [],
        ),
        body: operation.requestBody !== undefined,
      });
    }
  boundIntegers(document);
  return { document, operations };
};
