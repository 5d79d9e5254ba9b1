import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAdaptorServer } from '@hono/node-server';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { consoleScript } from '../../console/bundle.js';
import { buildApp } from '../../functions/serve-api/app.js';
import { AUDIENCE, CLIENT, startIssuer } from '../../local/issuer.js';
import { FILES_BUCKET, startObjects } from '../../local/services.js';
import { oidcIssuer } from '../../shared/adapters/oidc-issuer.js';
import { oidcTokens } from '../../shared/adapters/oidc-tokens.js';
import { lazyS3Files } from '../../shared/adapters/lazy-s3-files.js';
import { systemClock } from '../../shared/adapters/system-clock.js';
import { aFinding } from '../fixtures/finding.js';
import { aGoldenItem, aGoldenSet } from '../fixtures/golden.js';
import { anAccount, anAgency } from '../fixtures/registry.js';
import { aFindingIn } from '../fixtures/review.js';
import { aWorld, somebody } from '../unit/serve-api/world.js';
import { freePorts } from './free-ports.js';
import { startBrowser } from './browser.js';

const chief = somebody('chief', { name: 'Kepala Dinas', roles: ['supervisor'] });
const holder = somebody('person', { name: 'Sari Wulandari', supervisor: chief.id });
const first = somebody('first', { roles: ['analyst'] });
const second = somebody('second', { roles: ['analyst'] });
const stranger = somebody('stranger');
const people = [chief, holder, first, second, stranger];

const WORDS = 'Alasan yang ditulis untuk contoh ini.';
/** A post can say anything; on the page it is words. */
const HOSTILE = '<img src=x onerror="document.title=1"><script>document.title=1</script>';
const finding = aFinding();
const AT = `/open/findings/${finding.id}`;

const portOf = (server: { address: () => AddressInfo | string | null }): number => {
  const bound = server.address();
  if (bound === null || typeof bound === 'string') throw new Error('Not listening on a port');
  return bound.port;
};

const browser: Browser | null = await startBrowser();

describe.runIf(browser !== null)('the console in a browser', () => {
  let url = '';
  let stop = async (): Promise<void> => {};
  let world: Awaited<ReturnType<typeof aWorld>>;

  beforeAll(async () => {
    const ports = await freePorts();
    const issuer = await startIssuer(ports, `http://127.0.0.1:${ports + 1}`, (username) => {
      const person = people.find(({ subject }) => subject === username);
      return person === undefined
        ? undefined
        : { username, name: person.name, email: person.email ?? '', roles: person.roles };
    });
    const about = oidcIssuer(issuer.issuer);
    const folder = await mkdtemp(join(tmpdir(), 'netral-console-'));
    const objects = await startObjects(folder);
    vi.stubEnv('AWS_ENDPOINT_URL_S3', `http://127.0.0.1:${portOf(objects)}`);
    vi.stubEnv('AWS_REGION', 'ap-southeast-3');
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'S3RVER');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'S3RVER');
    const files = lazyS3Files(FILES_BUCKET, process.env);
    const script = consoleScript();
    const server = createAdaptorServer({
      fetch: (request) =>
        buildApp({
          ...world.deps,
          publicUrl: url,
          files,
          tokens: oidcTokens(
            { issuer: issuer.issuer, audience: AUDIENCE, rolesClaim: 'roles', now: systemClock },
            about,
          ),
          signIn: async () => ({
            issuer: issuer.issuer,
            authorizationEndpoint: (await about()).authorization_endpoint,
            tokenEndpoint: (await about()).token_endpoint,
            clientId: CLIENT,
            scopes: 'openid',
            audience: AUDIENCE,
            rolesClaim: 'roles',
          }),
          console: () => Promise.resolve(script),
        }).fetch(request),
    }).listen(ports + 1, '127.0.0.1');
    await once(server, 'listening');
    url = `http://127.0.0.1:${portOf(server)}`;
    stop = async () => {
      vi.unstubAllEnvs();
      server.close();
      objects.closeAllConnections();
      objects.close();
      await issuer.stop();
      await rm(folder, { recursive: true });
    };
  });

  afterAll(async () => {
    await stop();
    await browser?.close();
  });

  beforeEach(async () => {
    world = await aWorld();
    await world.onRecord(...people);
    await world.accounts.save(anAccount());
    await world.findings.create({
      ...finding,
      parts: [...finding.parts, { field: 'alt-text', text: HOSTILE }],
    });
  });

  /** A page on which this person has signed in, at an address of the console. */
  const signedIn = async (who: string, path: string): Promise<Page> => {
    const context = await browser!.newContext({ viewport: { width: 390, height: 844 } });
    const page = await context.newPage();
    page.setDefaultTimeout(20_000);
    await page.goto(`${url}${path}`);
    expect(await page.locator('blockquote').count()).toBe(0);
    await page.getByRole('button', { name: 'Masuk dengan akun dinas' }).click();
    await page.fill('input[name=login]', who);
    await page.fill('input[name=password]', 'any');
    await page.click('button[type=submit]');
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.waitForURL(`${url}${path}`);
    await page.locator('main h1, main [role=alert]').first().waitFor();
    return page;
  };
  const textOf = (page: Page): Promise<string> => page.locator('main').innerText();

  const decide = async (who: string, decision: string): Promise<string> => {
    const page = await signedIn(who, '/open/review');
    const seen = await textOf(page);
    await page.check(`input[value=${decision}]`);
    await page.selectOption('select[name=reason] >> nth=0', 'call-to-vote');
    await page.locator('textarea[name=words]').first().fill(WORDS);
    await page.getByRole('button', { name: 'Putuskan' }).click();
    await page.getByText('Tidak ada yang menunggu Anda.').waitFor();
    await page.context().close();
    return seen;
  };

  it('takes a matter from the first look to the superior’s, each person in their own words', async () => {
    const blind = await decide('first', 'clarify');
    expect(blind).toContain('Anda membaca tanpa mengetahui milik siapa');
    for (const hidden of [holder.name, anAccount().handle, finding.url ?? 'none'])
      expect(blind).not.toContain(hidden);

    const answering = await signedIn('person', AT);
    await answering.selectOption('select[name=answer]', 'accident');
    await answering.locator('textarea[name=words]').fill('Terbawa suasana, tidak disengaja.');
    const attached = { name: 'bukti.txt', mimeType: 'text/plain', buffer: Buffer.from('Saya sedang cuti.') };
    await answering.setInputFiles('input[name=files]', attached);
    await answering.getByRole('button', { name: 'Kirim jawaban' }).click();
    await answering.getByText('Menunggu simpulan peninjau kedua').waitFor();
    expect(await answering.getByRole('status').innerText()).toContain('Jawaban Anda sudah kami terima.');
    const [download] = await Promise.all([
      answering.waitForEvent('download'),
      answering.getByRole('button', { name: 'Unduh bukti.txt' }).click(),
    ]);
    expect(await readFile(await download.path(), 'utf8')).toBe('Saya sedang cuti.');

    const informed = await decide('second', 'refer');
    expect(informed).toContain('Terbawa suasana, tidak disengaja.');
    expect(informed).toContain('Unduh bukti.txt');
    expect(informed).not.toContain(holder.name);

    const superior = await signedIn('chief', AT);
    expect(await textOf(superior)).toContain('Sari Wulandari');
    await superior.getByRole('button', { name: 'Saya sudah membacanya' }).click();
    await superior.getByText('Atasan telah membaca').waitFor();
    expect(await superior.getByRole('button', { name: 'Saya sudah membacanya' }).count()).toBe(0);

    await answering.reload();
    await answering.locator('textarea[name=words]').fill('Saya keberatan: itu kutipan berita.');
    await answering.getByRole('button', { name: 'Kirim keberatan' }).click();
    await answering.getByText('Keberatan sedang diperiksa').waitFor();
    expect((await world.findings.byId(finding.id))?.history.map(({ act }) => act)).toEqual([
      'indicate',
      'clarify',
      'answer',
      'refer',
      'acknowledge',
      'object',
    ]);
  });

  it('says in the reader’s language what of an objection cannot be sent, and sends none of it', async () => {
    await world.findings.save({ ...aFindingIn('referred'), revision: 1 });
    const page = await signedIn('person', AT);
    const file = (name: string, text: string) => ({ name, mimeType: '', buffer: Buffer.from(text) });
    const refused = async (words: string, files: readonly ReturnType<typeof file>[], says: string) => {
      await page.locator('textarea[name=words]').fill(words);
      await page.setInputFiles('input[name=files]', files);
      await page.getByRole('button', { name: 'Kirim keberatan' }).click();
      await page.getByRole('alert').filter({ hasText: says }).waitFor();
    };
    const six = Array.from({ length: 6 }, (_, number) => file(`${number}.txt`, 'x'));
    await refused(' '.repeat(12), [], 'Tulislah sekurang-kurangnya sepuluh huruf.');
    await refused(WORDS, [file('surat.docx', 'x')], 'Lampiran “surat.docx” tidak dapat diterima');
    await refused(WORDS, [file('kosong.pdf', '')], 'Lampiran “kosong.pdf” tidak dapat diterima');
    await refused(WORDS, [file('bukan.pdf', 'x')], 'isinya bukan yang disebut namanya');
    await refused(WORDS, six, 'Paling banyak lima lampiran; Anda memilih 6.');
    expect((await world.findings.byId(finding.id))?.state).toBe('referred');
  });

  it('hands whoever sets the agency up a token for the command, before there is an agency', async () => {
    world = await aWorld(null);
    const page = await signedIn('stranger', '/open/mine');
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.getByText('Untuk perintah netral').click();
    await page.getByRole('button', { name: 'Salin tanda masuk' }).click();
    await page.getByText('Tersalin.').waitFor();
    const token = await page.evaluate<string>('navigator.clipboard.readText()');
    const me = await fetch(`${url}/me`, { headers: { authorization: `Bearer ${token}` } });
    expect(await me.json()).toMatchObject({ type: 'urn:netral:problem:not-on-record' });
  });

  it('shows the token where the browser keeps it from the clipboard, and hands out none that has ended', async () => {
    const page = await signedIn('person', '/open/mine');
    await page.evaluate(
      "navigator.clipboard.writeText = () => Promise.reject(new DOMException('', 'NotAllowedError'))",
    );
    await page.getByText('Untuk perintah netral').click();
    await page.getByRole('button', { name: 'Salin tanda masuk' }).click();
    const field = page.getByLabel('Peramban tidak mengizinkan penyalinan');
    expect(await field.inputValue()).toBe(await page.evaluate("sessionStorage.getItem('netral.token')"));
    await field.focus();
    expect(await page.evaluate('getSelection().toString()')).toBe(await field.inputValue());

    await page.evaluate('sessionStorage.clear()');
    await page.getByRole('button', { name: 'Salin tanda masuk' }).click();
    await page.getByRole('alert').filter({ hasText: 'Waktu masuk Anda telah habis.' }).waitFor();
    expect(await field.count()).toBe(0);
  });

  it('tells whoever answered an invented item what it was, and then goes on to the real one', async () => {
    await world.golden.saveSet(aGoldenSet());
    const page = await signedIn('first', '/open/review');
    const seen = await textOf(page);
    expect(seen).toContain(aGoldenItem().text);
    expect(seen).not.toContain('butir latihan');
    await page.check('input[value=dismiss]');
    await page.selectOption('select[name=reason] >> nth=0', 'neutral-information');
    await page.locator('textarea[name=words]').first().fill(WORDS);
    await page.getByRole('button', { name: 'Putuskan' }).click();
    await page.getByText('Ini butir latihan, bukan unggahan siapa pun.').waitFor();
    const told = await textOf(page);
    expect(told).toContain('Jawaban Anda berbeda.');
    expect(told).toContain(aGoldenItem().because);
    await page.getByRole('button', { name: 'Lanjut' }).click();
    await page.getByText(HOSTILE).waitFor();
    expect((await world.findings.byId(finding.id))?.state).toBe('indicated');
  });

  it('shows what a post says as words, whatever it says', async () => {
    const page = await signedIn('first', '/open/review');
    expect(await textOf(page)).toContain(HOSTILE);
    expect(await page.locator('main img').count()).toBe(0);
    expect(await page.title()).toBe('Netral');
  });

  it('has nothing for somebody whom a finding does not concern, nor for one that does not exist', async () => {
    const page = await signedIn('stranger', AT);
    const other = await textOf(page);
    expect(other).toContain('Tidak ada apa-apa di sini');
    await page.goto(`${url}/open/findings/${'0'.repeat(32)}`);
    await page.locator('main [role=alert]').waitFor();
    expect(await textOf(page)).toBe(other);
  });

  it('keeps what was written when the API refuses it', async () => {
    const page = await signedIn('first', '/open/review');
    await page.check('input[value=clarify]');
    await page.selectOption('select[name=reason] >> nth=0', 'call-to-vote');
    await page.locator('textarea[name=words]').first().fill(WORDS);
    // Meanwhile the item is freed for others and taken by one of them.
    const kept = await world.findings.byId(finding.id);
    await world.findings.save({
      ...kept!,
      desk: { ...kept!.desk, away: [first.id], lease: null },
      revision: kept!.revision + 1,
    });
    await page.getByRole('button', { name: 'Putuskan' }).click();
    await page.locator('main [role=alert]').waitFor();
    expect(await page.locator('textarea[name=words]').first().inputValue()).toBe(WORDS);
    expect((await world.findings.byId(finding.id))?.state).toBe('indicated');
  });

  it('lets holders pause what is registered, and read it in English', async () => {
    const page = await signedIn('person', '/open/mine');
    await page.getByRole('button', { name: 'Jeda' }).click();
    await page.getByText('Dijeda').first().waitFor();
    expect((await world.accounts.byIds([anAccount().id]))[0]?.state).toBe('paused');
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByRole('heading', { name: 'My data' }).waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
  });

  it('registers an account under the notice, says what is wrong with one, and gives the code that proves it', async () => {
    const page = await signedIn('person', '/open/mine');
    await page.getByText('Daftarkan akun').click();
    expect(await textOf(page)).toContain(anAgency().gates.notice?.text.id);
    await page.locator('select[name=network]').waitFor();
    // Only what is read here: on another network nobody could look for the code.
    expect(await page.locator('select[name=network] option').allInnerTexts()).toEqual([
      '—',
      'Blog atau situs (umpan RSS, Atom, atau JSON)',
      'Mastodon dan sejenisnya',
    ]);
    await page.selectOption('select[name=network]', 'feed');
    await page.fill('input[name=handle]', 'bukan alamat');
    const register = page.getByRole('button', { name: 'Ini akun saya' });
    await register.click();
    await page.getByText('Isian ini tidak dapat diterima').waitFor();
    await page.fill('input[name=handle]', 'https://tulisan.example/sari/feed.xml');
    await register.click();
    await page.getByText('Buktikan bahwa akun ini milik Anda').waitFor();
    const accounts = await world.accounts.ofHolder(holder.id);
    expect(accounts.map(({ handle, proof }) => [handle, proof?.kind])).toContainEqual([
      'https://tulisan.example/sari/feed.xml',
      'asked',
    ]);
  });

  it('shows holders what is theirs although the networks and the provisions cannot be asked for', async () => {
    const page = await signedIn('person', '/open/mine');
    await page.route('**/networks', (route) => route.abort());
    await page.route('**/packs/code', (route) => route.abort());
    await page.reload();
    await page.getByRole('heading', { name: 'Data saya' }).waitFor();
    expect(await textOf(page)).toContain(anAccount().handle);
    await page.getByText('Daftarkan akun').click();
    await page.getByRole('alert').waitFor();
    await page.unroute('**/networks');
    await page.getByText('Daftarkan akun').click();
    await page.getByText('Daftarkan akun').click();
    await page.locator('select[name=network]').waitFor();
  });

  it('asks to sign in again once the tab forgets, and shows nothing before', async () => {
    const page = await signedIn('person', '/open/mine');
    await page.getByRole('button', { name: 'Keluar' }).click();
    await page.getByRole('heading', { name: 'Masuk' }).waitFor();
    expect(await textOf(page)).not.toContain('Sari Wulandari');
  });

  it('keeps what was written when the sign-in ended meanwhile, and says so', async () => {
    await world.findings.save({ ...aFindingIn('referred'), revision: 1 });
    const page = await signedIn('person', AT);
    await page.locator('textarea[name=words]').fill(WORDS);
    await page.evaluate('sessionStorage.clear()');
    await page.getByRole('button', { name: 'Kirim keberatan' }).click();
    await page.getByRole('alert').filter({ hasText: 'Waktu masuk Anda telah habis.' }).waitFor();
    expect(await page.locator('textarea[name=words]').inputValue()).toBe(WORDS);
  });

  it('does not take an answer of the issuer that nobody here waits for', async () => {
    const page = await browser!.newPage();
    await page.goto(`${url}/open/signed-in?code=stolen&state=forged`);
    await page.getByText('Anda belum masuk').waitFor();
    expect(await page.evaluate('sessionStorage.length')).toBe(0);
  });
});
