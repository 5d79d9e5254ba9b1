import { createRoute } from '@hono/zod-openapi';
import * as z from 'zod';
import { FindingId } from '../../shared/domain/ids.js';
import { html, routes, type ApiDeps } from './api.js';
import { consolePage, withoutConsole } from './console-page.js';

const page = <Path extends string>(path: Path, summary: string) =>
  createRoute({ method: 'get', path, summary, responses: { 200: html('The console') } });

const finding = createRoute({
  ...page(
    '/open/findings/{id}',
    'The console at one finding; the same page for every finding, whether it exists or not',
  ),
  request: { params: z.strictObject({ id: FindingId }) },
});
const others = [
  page('/open/mine', 'The console at what is on record of oneself'),
  page('/open/review', 'The console at the review desk'),
  page('/open/signed-in', 'Where the issuer sends people back to'),
] as const;

/** One page for all: what it shows, its script asks of the API as whoever has signed in. */
export const consoleRoutes = ({
  agency,
  publicUrl,
  signIn,
  console,
  files,
  report,
}: Pick<ApiDeps, 'agency' | 'publicUrl' | 'signIn' | 'console' | 'files' | 'report'>) => {
  const app = routes();
  const answer = async (): Promise<Response> => {
    const known = await agency.read();
    const officer = known?.gates.officer ?? null;
    // Whoever sets the agency up signs in here too, before there is one.
    const timeZone = known?.timeZone ?? 'Asia/Jakarta';
    try {
      const settings = { ...(await signIn()), publicUrl, timeZone, officer };
      return consolePage(settings, { script: await console(), filesOrigin: await files.origin() });
    } catch (error) {
      report('console-without-issuer', { pages: 1, error: error instanceof Error ? error.name : 'unknown' });
      return withoutConsole(officer);
    }
  };
  app.openapi(finding, answer);
  for (const route of others) app.openapi(route, answer);
  return app;
};
