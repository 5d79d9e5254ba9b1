import { createRoute } from '@hono/zod-openapi';
import { CodePack } from '../../shared/domain/screening/packs.js';
import { json, problems, routes, type ApiDeps } from './api.js';

/** The neutrality code as people read it; what a machine makes of it is left out. */
const Code = CodePack.omit({ acts: true });

const code = createRoute({
  method: 'get',
  path: '/packs/code',
  summary: 'The provisions that findings name, with their source and its reservation',
  responses: { 200: json(Code, 'The code in use'), ...problems },
});

export const packRoutes = ({ packs }: Pick<ApiDeps, 'packs'>) => {
  const app = routes();
  app.openapi(code, async (c) => {
    const { id, version, title, sources, reservation, provisions } = (await packs.active()).code;
    return c.json(Code.parse({ id, version, title, sources, reservation, provisions }), 200);
  });
  return app;
};
