import { describe, expect, it } from 'vitest';
import { notifyHolders } from '../../../functions/notify-holders/notify-holders.js';
import { sendDigests } from '../../../functions/send-digests/send-digests.js';
import { EmployeeNumber } from '../../../shared/domain/registry/employee-number.js';
import { Finding } from '../../../shared/domain/review/finding.js';
import { encodings } from '../../fixtures/encodings.js';
import { anAccount, NOW, opaqueId } from '../../fixtures/registry.js';
import { aFindingIn } from '../../fixtures/review.js';
import { aWorld as aJobWorld, somebody as aColleague } from '../../fixtures/world.js';
import { aWorld as anApi, somebody } from '../serve-api/world.js';

/** A person whom nothing else in the world is like. */
const CANARY = {
  name: 'Kenari Emaswangi',
  email: 'kenari.emaswangi@sukamaju.example',
  number: '198007152008012047',
  handle: 'https://kenari-emaswangi.example/feed.xml',
  words: 'kenariemaswangi mengajak coblos nomor 2',
} as const;
type Secret = keyof typeof CANARY;
const IDENTITY: readonly Secret[] = ['name', 'email', 'number', 'handle'];

const foundIn = (sink: unknown, secrets: readonly Secret[]): readonly Secret[] => {
  const text = typeof sink === 'string' ? sink : JSON.stringify(sink);
  return secrets.filter((secret) => encodings(CANARY[secret]).some((form) => text.includes(form)));
};
const EVERYTHING: readonly Secret[] = [...IDENTITY, 'words'];

const canary = somebody('person', {
  name: CANARY.name,
  email: CANARY.email,
  employeeNumber: EmployeeNumber.parse(CANARY.number),
  supervisor: somebody('supervisor').id,
});
const account = anAccount({ handle: CANARY.handle });
const finding = (state: 'indicated' | 'clarifying' | 'referred', name: string) =>
  Finding.parse({
    ...aFindingIn(state),
    id: opaqueId(name),
    parts: [{ field: 'body', text: CANARY.words }],
    uri: `${CANARY.handle}#1`,
    url: null,
  });

describe('a canary person', () => {
  it('is found in ten encodings where it is', () => {
    for (const form of encodings(CANARY.name)) expect(foundIn(`x ${form} y`, ['name'])).toEqual(['name']);
    expect(foundIn('nobody', EVERYTHING)).toEqual([]);
  });

  it('leaves nothing of themself in what operators see, whatever they do through the API', async () => {
    const world = await anApi();
    const [boss, analyst] = [somebody('supervisor'), somebody('fifth', { roles: ['analyst'] })];
    const [officer, admin, auditor] = (['officer', 'administrator', 'auditor'] as const).map((role) =>
      somebody(role, { roles: [role] }),
    );
    if (officer === undefined || admin === undefined || auditor === undefined) throw new Error('Nobody');
    await world.onRecord(canary, boss, analyst, officer, admin, auditor);
    await world.accounts.save(account);
    for (const state of ['indicated', 'clarifying', 'referred'] as const)
      await world.findings.create(finding(state, state));

    const words = `${CANARY.words} oleh ${CANARY.name}, ${CANARY.email}`;
    // What a holder writes in an answer is for the analyst to read, so there they write no name.
    const calls = [
      ['POST /me/self-check', { text: words }],
      ['POST /me/requests', { kind: 'complaint', words }],
      ['POST /me/requests', { kind: words, words }],
      [`POST /me/findings/${opaqueId('clarifying')}/answers`, { answer: 'explanation', words: CANARY.words }],
      [`POST /me/findings/${opaqueId('referred')}/objections`, { words: CANARY.words }],
      [`POST /me/findings/${opaqueId('nowhere')}/objections`, { words: CANARY.words }],
      ['POST /me/exports', {}],
    ] as const;
    for (const [operation, body] of calls) await world.call(operation, { as: canary, body });
    await world.call('GET /me', { as: canary });

    // What others get of them: an analyst no identity, an auditor nothing at all, nobody the whole number.
    const seen = async (as: typeof boss, path: string) => (await world.call(`GET ${path}`, { as })).text();
    for (const path of [
      '/findings',
      ...['indicated', 'clarifying', 'referred'].map((id) => `/findings/${opaqueId(id)}`),
    ])
      expect(foundIn(await seen(analyst, path), IDENTITY), path).toEqual([]);
    // The words themselves are what an analyst is there to read.
    expect(foundIn(await seen(analyst, `/findings/${opaqueId('indicated')}`), EVERYTHING)).toEqual(['words']);
    for (const path of ['/coverage', '/packs/health'])
      expect(foundIn(await seen(auditor, path), EVERYTHING), path).toEqual([]);
    for (const [as, path] of [
      [officer, '/requests'],
      [admin, '/accounts'],
      [boss, `/findings/${opaqueId('referred')}`],
      [canary, '/me'],
    ] as const)
      expect(foundIn(await seen(as, path), ['number']), path).toEqual([]);

    for (const change of ['pause', 'resume', 'withdraw'])
      expect((await world.call(`POST /accounts/${account.id}/${change}`, { as: canary })).status).toBe(200);
    expect(foundIn(world.reports, EVERYTHING)).toEqual([]);
    expect(foundIn(world.record.entries, EVERYTHING)).toEqual([]);
  });

  it('stands in mails only as far as each reader may know, and in no report of a job', async () => {
    const person = aColleague('person', { ...canary, supervisor: opaqueId('supervisor') });
    const people = [person, aColleague('supervisor'), aColleague('analyst', { roles: ['analyst'] })];
    const findings = (['indicated', 'clarifying', 'referred'] as const).map((state) => finding(state, state));
    const world = await aJobWorld({ people, accounts: [account], findings });
    await notifyHolders(world)();
    await sendDigests(world)(NOW);
    expect(world.mailer.sent.length).toBeGreaterThanOrEqual(4);
    for (const { mail } of world.mailer.sent) {
      const { to, ...letter } = mail;
      const may: readonly Secret[] =
        to === CANARY.email
          ? ['name', 'handle', 'words', 'email']
          : to.startsWith('supervisor')
            ? ['name']
            : [];
      expect(
        foundIn(letter, EVERYTHING).filter((secret) => !may.includes(secret)),
        to,
      ).toEqual([]);
    }
    expect(foundIn(world.reports, EVERYTHING)).toEqual([]);
  });
});
