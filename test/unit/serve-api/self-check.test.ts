import { parseFragment, serialize } from 'parse5';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { callLimit } from '../../../functions/serve-api/call-limit.js';
import { AreaCode } from '../../../shared/domain/calendar/contest.js';
import { plus, type Instant } from '../../../shared/domain/time.js';
import { NOW } from '../../fixtures/registry.js';
import { accountIdOf, aWorld, somebody } from './world.js';

const sari = somebody('sari');
const away = somebody('jauh', { area: AreaCode.parse('98.01') });
const draft = 'Ayo coblos nomor 2 kanariwarnakuning';

const submit = (world: Awaited<ReturnType<typeof aWorld>>, text: string) =>
  world.app.request('/open/self-check', { method: 'POST', body: new URLSearchParams({ text }) });

describe('a self-check through the API', () => {
  it('tells a holder what the screening would say in their area', async () => {
    const world = await aWorld();
    await world.onRecord(sari, away);
    const here = await world.call('POST /me/self-check', { as: sari, body: { text: draft } });
    expect(here.status).toBe(200);
    expect(await here.json()).toMatchObject({ verdict: 'indicated', provisions: [{ id: 'DIS-2' }] });
    const there = await world.call('POST /me/self-check', { as: away, body: { text: draft } });
    expect(await there.json()).toMatchObject({ verdict: 'no-contest' });
  });

  it('asks for the time at which it is to be posted', async () => {
    const world = await aWorld();
    await world.onRecord(sari);
    const body = { text: draft, postedAt: '2026-09-10T12:00:00+07:00' };
    const answer = await world.call('POST /me/self-check', { as: sari, body });
    expect(await answer.json()).toMatchObject({ provisions: [{ id: 'KE-2' }] });
  });

  it('refuses an empty draft, one that is too long and fields it does not know, and repeats none of them', async () => {
    const world = await aWorld();
    await world.onRecord(sari);
    for (const body of [
      { text: ' ' },
      { text: `${draft}${'a'.repeat(10_000)}` },
      { text: 'a', network: 'feed' },
    ]) {
      const answer = await world.call('POST /me/self-check', { as: sari, body });
      expect(answer.status).toBe(400);
      expect(await answer.text()).not.toContain('kanari');
    }
  });
});

describe('the page of the self-check', () => {
  it('works without a script and without a name, Indonesian first', async () => {
    const world = await aWorld();
    const page = await (await world.call('GET /open/self-check')).text();
    expect(page).not.toMatch(/<script|<link|<img|src=|https?:/);
    expect(page.indexOf('Tempelkan')).toBeLessThan(page.indexOf('Paste'));
    const answer = await submit(world, draft);
    expect(answer.status).toBe(200);
    const result = await answer.text();
    for (const said of ['mungkin ditandai', 'DIS-2', '<mark>coblos</mark>', 'tahap kampanye', 'bukan izin'])
      expect(result).toContain(said);
  });

  it('shows a hostile draft as text', async () => {
    const hostile = 'Ayo coblos nomor 2 </textarea><script>alert(1)</script><mark onclick=x>';
    const page = await (await submit(await aWorld(), hostile)).text();
    const tree = parseFragment(page.slice(page.indexOf('<body>')));
    const shape = serialize(tree).replace(/>[^<]*</g, '><');
    expect(shape).not.toMatch(/<script|onclick/);
    expect(page).toContain('&lt;/textarea&gt;&lt;script&gt;');
  });
});

describe('that somebody checked a draft', () => {
  afterEach(() => {
    vi.restoreAllMocks();
  });

  it('is kept nowhere: not the draft, not the answer, not the person', async () => {
    const world = await aWorld();
    await world.onRecord(sari);
    const said: unknown[] = [];
    for (const stream of [process.stdout, process.stderr])
      vi.spyOn(stream, 'write').mockImplementation((text) => {
        said.push(text);
        return true;
      });
    const kept = async () =>
      JSON.stringify([
        await world.agency.read(),
        await world.people.byId(sari.id),
        await world.accounts.list({ limit: 100, cursor: null }),
        await world.findings.ofAccount(accountIdOf('any')),
        world.record.entries,
        world.reports,
        said,
      ]);
    const before = await kept();
    await world.call('POST /me/self-check', { as: sari, body: { text: draft } });
    await submit(world, draft);
    await world.call('POST /me/self-check', { as: sari, body: { text: '' } });
    expect(await kept()).toBe(before);
  });
});

describe('the limit of self-checks', () => {
  it('answers 429 with a time to wait once too many ask at once, whoever they are', async () => {
    const world = await aWorld();
    await world.onRecord(sari);
    const answers = [];
    for (let asked = 0; asked < 25; asked += 1)
      answers.push(
        await (asked % 2 === 0
          ? submit(world, draft)
          : world.call('POST /me/self-check', { as: sari, body: { text: draft } })),
      );
    expect(answers.map(({ status }) => status)).toEqual([
      ...Array<number>(20).fill(200),
      ...Array<number>(5).fill(429),
    ]);
    expect(answers.at(-1)?.headers.get('retry-after')).toBe('1');
  });

  it('lets through so many at once and so many a second after that, whatever the clock does', () => {
    let at: Instant = NOW;
    const goesOn = callLimit({ burst: 3, perSecond: 2 }, () => at);
    const passed = (calls: number) => Array.from({ length: calls }, goesOn).filter(Boolean).length;
    expect(passed(5)).toBe(3);
    at = plus(NOW, { seconds: 1 });
    expect(passed(5)).toBe(2);
    at = plus(NOW, { seconds: -60 });
    expect(passed(5)).toBe(0);
    at = plus(NOW, { days: 1 });
    expect(passed(5)).toBe(3);
  });
});
