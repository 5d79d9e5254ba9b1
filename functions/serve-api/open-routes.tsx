import { createRoute } from '@hono/zod-openapi';
import * as z from 'zod';
import { proofPages } from '../../shared/adapters/proof-pages.js';
import { profileAddress } from '../../shared/domain/registry/profile-address.js';
import { html, routes, type ApiDeps } from './api.js';
import { pageResponse } from './page.js';

const pair = createRoute({
  method: 'get',
  path: '/open/me/{token}',
  summary:
    'A page to which a profile links, and which links back to it, while its holder proves that it is theirs',
  request: { params: z.strictObject({ token: z.string().min(1).max(512) }) },
  responses: { 200: html('The page; the same for every token that is not, or no longer, good') },
});

/** It names a profile that links here itself, and nobody else: no person, no agency's reason. */
const pairPage = (profile: string | null): Response =>
  pageResponse({
    title: 'Tautan timbal balik',
    language: 'id',
    children:
      profile === null ? (
        <p>
          Halaman ini tidak berlaku (lagi). <span lang="en">This page is not, or no longer, good.</span>
        </p>
      ) : (
        <p>
          <a rel="me" href={profile}>
            {profile}
          </a>
        </p>
      ),
  });

export const openRoutes = ({
  agency,
  accounts,
  publicUrl,
}: Pick<ApiDeps, 'agency' | 'accounts' | 'publicUrl'>) => {
  const app = routes();
  app.openapi(pair, async (c) => {
    const { token } = c.req.valid('param');
    const pages = proofPages(await agency.hashKey(), publicUrl);
    const id = pages.accountOf(token);
    const [account] = id === null ? [] : await accounts.byIds([id]);
    const isGood = account !== undefined && account.state !== 'withdrawn' && pages.isFor(account, token);
    return pairPage(isGood ? profileAddress(account) : null);
  });
  return app;
};
