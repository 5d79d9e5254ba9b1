import { UNFILTERED } from '../../../shared/ports.js';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { buildApp } from '../../../functions/serve-api/app.js';
import { compiledOf } from '../../../functions/serve-api/compiled-packs.js';
import { FindingId } from '../../../shared/domain/ids.js';
import type { Person } from '../../../shared/domain/registry/person.js';
import type { Finding } from '../../../shared/domain/review/finding.js';
import type { GoldenItem } from '../../../shared/domain/review/golden.js';
import { Quality } from '../../../shared/domain/statistics/quality.js';
import { Indication } from '../../../shared/domain/screening/verdict.js';
import { monthOf } from '../../../shared/domain/statistics/counts.js';
import { minus, plus, type Duration } from '../../../shared/domain/time.js';
import { aFinding } from '../../fixtures/finding.js';
import { aGoldenItem, aGoldenSet } from '../../fixtures/golden.js';
import { somePacks } from '../../fixtures/packs.js';
import { anAccount, anAgency, NOW, opaqueId } from '../../fixtures/registry.js';
import { aWorld, callerOf, readTokens, somebody } from './world.js';

const chief = somebody('chief', { roles: ['supervisor'] });
const holder = somebody('person', { supervisor: chief.id });
const [first, second, third] = ['first', 'second', 'third'].map((name) =>
  somebody(name, { roles: ['analyst'], unit: 'BKPSDM' }),
);
const officer = somebody('officer', { roles: ['officer'] });
const administrator = somebody('administrator', { roles: ['administrator'] });
const both = somebody('both', { roles: ['officer', 'analyst'] });
const words = 'Alasan yang cukup panjang.';
const dismissal = { kind: 'dismiss', reason: 'neutral-information', words };
const question = { kind: 'clarify', reason: 'call-to-vote', words };
const packs = somePacks();
// Compiled once, before any test's time runs.
compiledOf(packs);

const real = aFinding({ foundAt: minus(NOW, { days: 1 }), stateSince: minus(NOW, { days: 1 }) });
const others = ['one', 'two', 'three'].map((name) => aFinding({ id: FindingId.parse(opaqueId(name)) }));

const View = z.looseObject({
  id: z.string(),
  revision: z.number(),
  state: z.string(),
  parts: z.array(z.object({ field: z.string(), text: z.string() })),
  golden: z.object({ expected: z.string(), agreed: z.boolean(), because: z.string() }).nullable().optional(),
});
const Next = z.object({ finding: View.nullable() });

/** A team with real items, and a set whose items come always, never, or half of the time. */
const aTeam = async (items: readonly GoldenItem[] = [aGoldenItem()], goldenPercent = 50, chance = '0') => {
  const { review } = anAgency();
  // Everything is in the sample of second looks, or one could not see that an open item is not.
  const world = await aWorld({ review: { ...review, goldenPercent, secondLookPercent: 100 } });
  await world.onRecord(chief, holder, first!, second!, third!, officer, administrator, both);
  await world.accounts.save(anAccount());
  if (items.length > 0) await world.golden.saveSet(aGoldenSet(items));
  let at = NOW;
  let salts = 0;
  const app = buildApp({
    ...world.deps,
    now: () => at,
    tokens: readTokens(),
    // The last digits make each a different one; the first eight say whether an item comes.
    salt: () => `${chance.repeat(24)}${String((salts += 1)).padStart(8, '0')}`,
    packs: {
      active: () => Promise.resolve(packs),
      whole: () => Promise.resolve(packs),
      candidate: () => Promise.resolve(null),
    },
  });
  const ask = callerOf(app);
  const call = (
    operation: string,
    as: Person,
    body?: unknown,
    headers: Readonly<Record<string, string>> = {},
  ) => ask(operation, { as, body, headers });
  const next = async (as: Person) => Next.parse(await (await call('POST /findings/next', as)).json()).finding;
  const decide = async (as: Person, id: string, body: unknown, headers = {}) =>
    View.parse(await (await call(`POST /findings/${id}/decisions`, as, body, headers)).json());
  const put = (as: Person, given: readonly unknown[], version = '"1"') =>
    call('PUT /golden', as, { items: given }, { 'if-match': version });
  const create = async (...findings: readonly Finding[]): Promise<void> => {
    for (const finding of findings) await world.findings.create(finding);
  };
  const listed = async (as: Person, query = '') => {
    const answer: unknown = await (await call(`GET /findings${query}`, as)).json();
    return z
      .object({ items: z.array(z.object({ id: z.string() })), next: z.string().nullable() })
      .parse(answer);
  };
  const quality = async (asked = '') =>
    Quality.parse(await (await call(`GET /quality${asked}`, officer)).json());
  const pass = (time: Duration): void => {
    at = plus(at, time);
  };
  return { ...world, call, next, decide, put, create, listed, quality, pass };
};

const keysOf = (body: string): string[] => Object.keys(z.looseObject({}).parse(JSON.parse(body)));

/** What an answer is like, without what makes two items two. */
const likeness = async (response: Response) => {
  const text = await response.text();
  return {
    status: response.status,
    headers: [...response.headers.keys()].sort(),
    tag: response.headers.get('etag'),
    body: text
      .replaceAll(/[0-9a-f]{32}/g, 'ID')
      .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'TIME')
      .replaceAll(/"hash":"[^"]*"/g, 'HASH'),
  };
};

describe('an invented item', () => {
  it('comes before a real one, as old as it, and only where there is one', async () => {
    const { next, create } = await aTeam();
    expect(await next(first!)).toBeNull();
    await create(real);
    const item = await next(first!);
    expect(item?.parts).toEqual([{ field: 'body', text: aGoldenItem().text }]);
    const age = Date.parse(real.postedAt) - Date.parse(String(item?.['postedAt']));
    expect(age).toBeGreaterThan(0);
    expect(age).toBeLessThanOrEqual(12 * 3_600_000);
    expect(await next(first!)).toMatchObject({ id: item?.id });
  });

  it.each([
    ['chance says so', 5, 'f'],
    ['the agency wants none', 0, '0'],
  ])('does not come where %s', async (_, percent, chance) => {
    const { next, create } = await aTeam([aGoldenItem()], percent, chance);
    await create(real);
    expect(await next(first!)).toMatchObject({ id: real.id });
  });

  it('does not come while its contest is not on', async () => {
    const { next, create } = await aTeam();
    await create({ ...real, postedAt: minus(real.postedAt, { days: 1_000 }) });
    expect(await next(first!)).toMatchObject({ id: real.id });
  });

  it('comes once to each analyst, and not to whoever wrote its answer', async () => {
    const { next, decide, create, golden } = await aTeam();
    await golden.saveSet(aGoldenSet([aGoldenItem()], { by: second!.id, revision: 1 }));
    await create(real, ...others);
    const item = await next(first!);
    await decide(first!, item!.id, question);
    expect(await next(first!)).toMatchObject({ id: real.id });
    expect((await next(second!))?.id).not.toBe(real.id);
    expect(others.map(({ id }) => String(id))).toContain((await next(second!))?.id);
    expect((await next(third!))?.parts).toEqual(item?.parts);
  });

  it('comes only while its contest is in use and the screening would indicate it', async () => {
    const { next, create } = await aTeam([
      aGoldenItem({ text: 'Selamat pagi, Sukamaju.' }),
      aGoldenItem({ contest: aFinding().indication.contest, text: 'Rapat pukul delapan.' }),
    ]);
    await create(real);
    expect(await next(first!)).toMatchObject({ id: real.id });
  });

  it('cannot be told from a real one by anything that an analyst can do before deciding', async () => {
    // The same words, once posted and once invented.
    const text = aGoldenItem().text;
    const { next, create, call } = await aTeam();
    await create(real);
    const item = await next(first!);
    const twin = { ...real, parts: [{ field: 'body' as const, text }] };
    const indication = Indication.parse(item!['indication']);
    const other = await aTeam([], 0);
    await other.create({ ...twin, indication });
    await other.next(first!);
    const [invented, posted] = [item!.id, real.id];
    const steps: readonly (readonly [string, unknown?, Record<string, string>?])[] = [
      ['GET /findings/ID'],
      ['PUT /findings/ID/lease'],
      ['POST /findings/ID/notes', { words: 'Catatan untuk tim.' }],
      ['POST /findings/ID/notes', { words: 'Catatan untuk tim.' }, { 'if-match': '"0"' }],
      ['POST /findings/ID/decisions', dismissal, { 'if-match': '"9"' }],
      ['POST /findings/ID/decisions', { ...dismissal, words: 'pendek' }],
      ['POST /findings/ID/decisions', { kind: 'refer', reason: 'call-to-vote', words }],
      ['DELETE /findings/ID/lease'],
      ['DELETE /findings/ID/lease'],
      ['PUT /findings/ID/lease'],
      ['POST /findings/ID/holds', { reason: 'advice', workingDays: 1, words }],
      ['GET /findings/ID'],
      ['GET /findings'],
      ['GET /findings?state=indicated&network=feed&limit=1'],
      ['GET /findings?state=dismissed'],
      [`GET /findings/ID/files/${'ab'.repeat(32)}.png`],
      ['POST /findings/ID/acknowledgement'],
      ['POST /findings/ID/evidence'],
      ['POST /findings/ID/second-look', { verdict: 'pursue', words }],
      ['POST /me/findings/ID/answers', { answer: 'deleted', words: '' }],
      ['POST /me/findings/ID/objections', { words }],
      ['POST /findings/ID/recusals', { words }],
      ['GET /findings/ID'],
      ['PUT /findings/ID/lease'],
    ];
    for (const [operation, body, headers = {}] of steps) {
      const [one, two] = await Promise.all([
        call(operation.replace('ID', invented), first!, body, headers),
        other.call(operation.replace('ID', posted), first!, body, headers),
      ]);
      const [mine, theirs] = [await likeness(one), await likeness(two)];
      // A list here has the real one beside it; that there is one more line is all the difference.
      if (operation.startsWith('GET /findings?') || operation === 'GET /findings') {
        expect(mine.status, operation).toBe(theirs.status);
        expect(keysOf(mine.body), operation).toEqual(keysOf(theirs.body));
      } else expect(mine, operation).toEqual(theirs);
    }
  });

  it('stands in the list in its place, on whichever page that is, and in nobody else’s', async () => {
    const { next, create, listed } = await aTeam();
    await create(real, ...others);
    const item = await next(first!);
    const seen: string[] = [];
    let query = '?limit=1';
    for (let pages = 0; pages < 10; pages += 1) {
      const { items, next: more } = await listed(first!, query);
      seen.push(...items.map(({ id }) => id));
      if (more === null) break;
      query = `?limit=1&cursor=${encodeURIComponent(more)}`;
    }
    expect(seen).toHaveLength(5);
    expect(new Set(seen).size).toBe(5);
    // Just older than the real one beside which it was put.
    expect(seen.slice(-2)).toEqual([real.id, item?.id]);
    expect((await listed(first!, '?network=mastodon')).items).toEqual([]);
    expect((await listed(first!, '?provision=KE-1')).items).toEqual([]);
    expect((await listed(second!)).items.map(({ id }) => id)).not.toContain(item?.id);
  });

  it('is nothing for anybody else, and for nobody a finding', async () => {
    const { next, create, call, findings, record, counts, decide } = await aTeam();
    await create(real);
    const item = await next(first!);
    for (const as of [second!, officer, administrator, holder, chief])
      expect((await call(`GET /findings/${item!.id}`, as)).status).toBe(404);
    const before = await counts.read([]);
    await call(`POST /findings/${item!.id}/notes`, first!, { words: 'Catatan.' });
    await decide(first!, item!.id, question);
    const page = await findings.list({
      ...UNFILTERED,
      limit: 100,
      cursor: null,
    });
    expect(page.items.map(({ id }) => id)).toEqual([real.id]);
    expect(await findings.untold('holder', 100)).toEqual([]);
    expect(record.entries).toEqual([]);
    expect(before).toEqual([]);
    const statistics: unknown = await (await call('GET /statistics', officer)).json();
    expect(statistics).toMatchObject({
      events: {},
      provisions: [],
      units: { groups: [] },
    });
  });
});

describe('an answer to an invented item', () => {
  it.each([
    [question, 'pursue', true, 'clarifying'],
    [dismissal, 'pursue', false, 'dismissed'],
    [dismissal, 'dismiss', true, 'dismissed'],
    [question, 'dismiss', false, 'clarifying'],
  ] as const)('%s where %s was expected is told at once', async (body, expected, agreed, state) => {
    const { next, decide, create, call } = await aTeam([aGoldenItem({ expected })]);
    await create(real);
    const item = await next(first!);
    const told = { view: 'blind', state, golden: { expected, agreed, because: aGoldenItem().because } };
    expect(await decide(first!, item!.id, body, { 'if-match': '"0"' })).toMatchObject(told);
    // And stays to be read, by whoever answered alone, until the next one.
    expect(await (await call(`GET /findings/${item!.id}`, first!)).json()).toMatchObject(told);
    expect((await call(`GET /findings/${item!.id}`, second!)).status).toBe(404);
  });

  it('is counted once, however often it is sent', async () => {
    const { next, decide, create, counts, call, decide: again } = await aTeam();
    await create(real);
    const item = await next(first!);
    const headers = { 'idempotency-key': 'kunci-satu-dua' };
    const one = await decide(first!, item!.id, question, headers);
    expect(await again(first!, item!.id, question, headers)).toEqual(one);
    expect((await call(`POST /findings/${item!.id}/decisions`, first!, dismissal)).status).toBe(409);
    const rows = await counts.read([monthOf(NOW)]);
    expect(rows.filter(({ dimension }) => dimension === 'golden')).toEqual(
      expect.arrayContaining([{ dimension: 'golden', value: 'team', events: { 'golden-agreed': 1 } }]),
    );
    expect(rows.every(({ dimension }) => dimension === 'golden')).toBe(true);
  });

  it('leaves of an analyst which items they had, and of the last one the answer without its words', async () => {
    const { next, decide, create, golden } = await aTeam();
    await create(real);
    await decide(first!, (await next(first!))!.id, dismissal);
    const drills = await golden.drillsOf(first!.id);
    expect(drills?.shown).toMatchObject([{ answered: true, at: NOW }]);
    expect(JSON.stringify(drills)).not.toContain(words);
  });

  it('is no answer where an analyst stands aside', async () => {
    const { next, create, call, counts } = await aTeam();
    await create(real);
    const item = await next(first!);
    expect((await call(`POST /findings/${item!.id}/recusals`, first!, { words })).status).toBe(204);
    expect(await counts.read([monthOf(NOW)])).toEqual([]);
    expect(await next(first!)).toMatchObject({ id: real.id });
  });
});

describe('how the team answers invented items', () => {
  const items = Array.from({ length: 6 }, (_, index) =>
    aGoldenItem({ text: `Mari kita coblos nomor ${index + 1}!` }),
  );

  it('is told once three people have answered five together, as a share of the team, whatever months are asked for', async () => {
    const { next, decide, create, quality } = await aTeam(items);
    await create(real, ...others);
    const answers: [Person, unknown][] = [
      [first!, question],
      [first!, question],
      [first!, question],
      [second!, question],
      [second!, dismissal],
    ];
    for (const [as, body] of answers) await decide(as, (await next(as))!.id, body);
    // Five answers, but of two people: each could work out the other's.
    expect((await quality()).golden).toBeNull();
    await decide(third!, (await next(third!))!.id, dismissal);
    const { golden } = await quality();
    expect(golden).toMatchObject({ value: 4 / 6, n: 6 });
    expect((await quality('?from=2028-01&to=2028-01')).golden).toEqual(golden);
  });

  it('is not told of fewer than five answers', async () => {
    const { next, decide, create, quality } = await aTeam(items);
    await create(real, ...others);
    for (const as of [first!, second!, third!]) await decide(as, (await next(as))!.id, question);
    expect((await quality()).golden).toBeNull();
  });
});

describe('the set of invented items', () => {
  it('is for officers and administrators who are no analysts', async () => {
    const { call, put } = await aTeam();
    for (const as of [officer, administrator]) expect((await call('GET /golden', as)).status).toBe(200);
    for (const as of [first!, both, holder, chief]) {
      expect((await call('GET /golden', as)).status).toBe(403);
      expect((await put(as, [])).status).toBe(403);
    }
  });

  it('is replaced on the version that was seen, and that is on record', async () => {
    const { call, put, golden, record } = await aTeam();
    expect((await call('GET /golden', officer)).headers.get('etag')).toBe('"1"');
    expect((await call('PUT /golden', officer, { items: [] })).status).toBe(428);
    expect((await put(officer, [], '"0"')).status).toBe(412);
    const other = aGoldenItem({ text: 'Ayo pilih nomor 1!' });
    expect((await put(officer, [other])).headers.get('etag')).toBe('"2"');
    expect(await golden.set()).toMatchObject({ items: [other], by: officer.id, revision: 1 });
    expect(record.entries).toMatchObject([{ kind: 'act', act: 'golden-changed', person: officer.id }]);
  });

  it('takes no text that no analyst could get, and says which', async () => {
    const { put, golden } = await aTeam([]);
    const answer = await put(
      officer,
      [aGoldenItem(), aGoldenItem({ text: 'Selamat pagi.' }), { ...aGoldenItem(), contest: 'pilkada-lain' }],
      '"0"',
    );
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({
      errors: [{ at: 'json.items.1.text' }, { at: 'json.items.2.contest' }],
    });
    expect((await put(officer, [aGoldenItem(), aGoldenItem()], '"0"')).status).toBe(400);
    expect(await golden.set()).toBeNull();
  });
});
