import { createHash } from 'node:crypto';
import { parse } from 'parse5';
import { describe, expect, it } from 'vitest';
import { buildApp } from '../../../functions/serve-api/app.js';
import { aFindingIn } from '../../fixtures/review.js';
import { anAgency, opaqueId } from '../../fixtures/registry.js';
import { aWorld } from './world.js';

const at = (id: string) => `GET /open/findings/${id}`;

describe('the page that mails lead to', () => {
  it('is the same, byte for byte, whether the finding exists or not', async () => {
    const world = await aWorld();
    const finding = aFindingIn('referred');
    await world.findings.create(finding);
    const [there, nowhere] = [await world.call(at(finding.id)), await world.call(at(opaqueId('nowhere')))];
    expect([there.status, nowhere.status]).toEqual([200, 200]);
    expect([...there.headers]).toEqual([...nowhere.headers]);
    const page = await there.text();
    expect(page).toBe(await nowhere.text());
    expect(page).not.toContain(finding.id);
  });

  it('says in both languages how to read and answer, and that the officer can be written to', async () => {
    const page = await (await (await aWorld()).call(at(opaqueId('any')))).text();
    expect(parse(page).mode).toBe('no-quirks');
    for (const text of [
      'sama nilainya',
      'counts just the same',
      'netral findings show ID',
      'Pejabat PDP Sukamaju',
    ])
      expect(page).toContain(text);
    expect(page.indexOf('Membaca dan menjawab')).toBeLessThan(page.indexOf('How to read'));
    expect(page).toContain('name="viewport"');
    expect(page).toContain('mailto:pdp@sukamaju.example');
    expect(page).not.toMatch(/<link|<img|src=/);
  });

  it('is there before an officer is, and before the agency is', async () => {
    for (const facts of [null, { gates: { ...anAgency().gates, officer: null } }]) {
      const answer = await (await aWorld(facts)).call(at(opaqueId('any')));
      expect(answer.status).toBe(200);
      const page = await answer.text();
      expect(page).not.toContain('mailto:');
      // Whoever sets the agency up has to sign in before there is one.
      expect(page).toContain(`data-settings="`);
    }
  });

  it('runs the one script that is written in it, which may ask the API, the issuer and the files and nobody else', async () => {
    const answer = await (await aWorld()).call(at(opaqueId('any')));
    const script = /<script>(.*)<\/script>/.exec(await answer.text())?.[1] ?? '';
    const hash = createHash('sha256').update(script).digest('base64');
    expect(script).toBe("'the console'");
    expect(answer.headers.get('content-security-policy')).toContain(`default-src 'none'; style-src 'sha256-`);
    expect(answer.headers.get('content-security-policy')).toContain(
      `script-src 'sha256-${hash}'; connect-src 'self' https://tokens.example https://files.example;`,
    );
  });

  it('says how else to answer while the issuer does not, and reports it', async () => {
    const world = await aWorld();
    const app = buildApp({ ...world.deps, signIn: () => Promise.reject(new TypeError('fetch failed')) });
    const page = await app.request(`/open/findings/${opaqueId('any')}`);
    expect(page.status).toBe(200);
    expect(await page.text()).toContain('mailto:pdp@sukamaju.example');
    expect(world.reports.map(({ event }) => event)).toEqual(['console-without-issuer']);
  });

  it('refuses what cannot be an id', async () => {
    expect((await (await aWorld()).call(at('x'))).status).toBe(400);
  });
});
