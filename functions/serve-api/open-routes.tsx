import { createRoute } from '@hono/zod-openapi';
import * as z from 'zod';
import { proofPages } from '../../shared/adapters/proof-pages.js';
import { FindingId } from '../../shared/domain/ids.js';
import type { OfficerContact } from '../../shared/domain/registry/agency.js';
import { profileAddress } from '../../shared/domain/registry/profile-address.js';
import { html, problems, routes, type ApiDeps } from './api.js';
import { pageResponse } from './page.js';

const open = createRoute({
  method: 'get',
  path: '/open/findings/{id}',
  summary: 'How a finding is read and answered; the same page for every finding, whether it exists or not',
  request: { params: z.strictObject({ id: FindingId }) },
  responses: { 200: html('The page'), ...problems },
});

const pair = createRoute({
  method: 'get',
  path: '/open/me/{token}',
  summary:
    'A page to which a profile links, and which links back to it, while its holder proves that it is theirs',
  request: { params: z.strictObject({ token: z.string().min(1).max(512) }) },
  responses: { 200: html('The page; the same for every token that is not, or no longer, good'), ...problems },
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

const Officer = ({ name, email }: OfficerContact) => (
  <>
    {name}, <a href={`mailto:${email}`}>{email}</a>
  </>
);

/** It is made from the agency alone and never sees an id, so it cannot tell whether there is a finding. */
const howToOpen = (officer: OfficerContact | null): Response =>
  pageResponse({
    title: 'Membaca dan menjawab',
    language: 'id',
    children: (
      <>
        <p>
          Anda sampai di sini dari surel Netral. Demi kerahasiaan, halaman ini tidak memuat apa pun tentang
          perkaranya: isinya sama bagi siapa saja.
        </p>
        <h2>Cara membaca dan menjawab</h2>
        <ul>
          <li>Masuklah melalui aplikasi instansi Anda.</li>
          <li>
            Atau gunakan perintah <code>netral findings show ID</code>. ID adalah bagian terakhir alamat
            halaman ini.
          </li>
          {officer === null ? null : (
            <li>
              Atau tulislah kepada pejabat pelindungan data pribadi: <Officer {...officer} />. Jawaban melalui
              pejabat ini sama nilainya.
            </li>
          )}
        </ul>
        <div lang="en">
          <h2>How to read and answer</h2>
          <p>
            You came here from a mail of Netral. To keep the matter confidential, this page says nothing about
            it: it is the same for everybody.
          </p>
          <ul>
            <li>Sign in with your agency’s application.</li>
            <li>
              Or use the command <code>netral findings show ID</code>. The ID is the last part of this page’s
              address.
            </li>
            {officer === null ? null : (
              <li>
                Or write to the data-protection officer: <Officer {...officer} />. An answer through the
                officer counts just the same.
              </li>
            )}
          </ul>
        </div>
      </>
    ),
  });

export const openRoutes = ({
  agency,
  accounts,
  publicUrl,
}: Pick<ApiDeps, 'agency' | 'accounts' | 'publicUrl'>) => {
  const app = routes();
  app.openapi(open, async () => howToOpen((await agency.read())?.gates.officer ?? null));
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
