import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { main } from '../../../cli/main.js';
import { exportPart, Part } from '../../../functions/serve-api/export-part.js';
import { memoryFileStore } from '../../../shared/adapters/memory-file-store.js';
import { sealDays } from '../../../functions/keep-time/seal-days.js';
import { anAccount, NOW, opaqueId } from '../../fixtures/registry.js';
import { FileKey } from '../../../shared/domain/files.js';
import { FindingId } from '../../../shared/domain/ids.js';
import { aFindingIn } from '../../fixtures/review.js';
import { aToken, aWorld, somebody } from './world.js';
import { minus, plus } from '../../../shared/domain/time.js';

const Page = z.object({ items: z.array(z.unknown()), next: z.string().nullable() });

const auditor = somebody('auditor', { roles: ['auditor'] });
const officer = somebody('officer', { roles: ['officer'] });
const holder = somebody('person');

const anOffice = async () => {
  const world = await aWorld();
  await world.onRecord(auditor, officer, holder, somebody('first', { roles: ['analyst'] }));
  await world.accounts.save(anAccount());
  await world.findings.create(aFindingIn('dismissed'));
  await world.record.append({
    kind: 'read',
    at: minus(NOW, { days: 2 }),
    person: holder.id,
    finding: aFindingIn('dismissed').id,
  });
  await sealDays({
    ...world,
    seals: world.deps.seals,
    now: () => NOW,
    report: () => undefined,
  })();
  return world;
};

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'netral-record-'));
  spoiled = undefined;
});

/** What a link hands out in place of what was promised. */
let spoiled: ((bytes: Buffer) => ConstructorParameters<typeof Response>[0]) | undefined;

/** The command as somebody at a terminal runs it, on this API. */
const netral = async (
  world: Awaited<ReturnType<typeof aWorld>> | null,
  as: typeof auditor,
  ...line: string[]
) => {
  let [out, err] = ['', ''];
  const token = await aToken({ sub: as.subject ?? '', roles: as.roles });
  const code = await main(['--url', 'https://netral.sukamaju.example', '--token', token, ...line], {
    out: (text) => (out += text),
    err: (text) => (err += text),
    env: {},
    folder,
    fetch: async (input, init) => {
      if (world === null) throw new Error('The network is not to be used');
      const url = new URL(input instanceof Request ? input.url : input);
      if (url.host !== 'files.example') return world.app.request(`${url.pathname}${url.search}`, init);
      const bytes = await world.files.read(FileKey.parse(url.pathname.slice(1)));
      return new Response(spoiled === undefined ? bytes?.slice() : spoiled(Buffer.from(bytes ?? [])));
    },
    colours: false,
  });
  return { code, out, err };
};

describe('the record', () => {
  it('is exported by an auditor, put on record, and verified with no access to the system', async () => {
    const world = await anOffice();
    const file = join(folder, 'record.jsonl');
    expect(await netral(world, auditor, 'record', 'export', file)).toMatchObject({ code: 0, err: '' });
    expect(world.record.entries.at(-1)).toMatchObject({
      kind: 'act',
      act: 'record-read',
      person: auditor.id,
    });
    const seals = (await netral(world, auditor, 'record', 'seals')).out.trim().split('\n');
    expect(seals).toHaveLength(2);

    const whole = await netral(null, auditor, 'record', 'verify', file, '--anchor', ...seals);
    expect(whole).toMatchObject({ code: 0, err: '' });
    expect(whole.out).toContain('2 sealed days, 2026-11-21 to 2026-11-22');
    expect(whole.out).toContain('2 seals compared');
    expect((await netral(null, auditor, 'record', 'verify', file)).out).toContain(
      'made anew from end to end',
    );

    const text = await readFile(file, 'utf8');
    expect(text).not.toContain('Sari');
    expect(text).not.toContain('coblos');
    const forged = join(folder, 'forged.jsonl');
    await writeFile(forged, text.replace('"kind":"read"', '"kind":"act"'));
    const refused = await netral(null, auditor, 'record', 'verify', forged);
    expect(refused.code).toBe(1);
    expect(refused.err).toContain('does not hold');
  });

  it('is not exported over a file, verified from nowhere, or compared with what is no seal', async () => {
    const world = await anOffice();
    const file = join(folder, 'record.jsonl');
    await writeFile(file, 'mine');
    expect((await netral(world, auditor, 'record', 'export', file)).err).toContain('is there already');
    expect(await readFile(file, 'utf8')).toBe('mine');
    expect((await netral(world, auditor, 'record', 'export', join(folder, 'no', 'file'))).err).toContain(
      'no folder',
    );
    expect((await netral(null, auditor, 'record', 'verify', join(folder, 'none'))).err).toContain(
      'There is no file',
    );
    expect((await netral(null, auditor, 'record', 'verify', file, '--anchor', 'x=y')).err).toContain(
      'is none',
    );
    expect(
      (await netral(null, auditor, 'record', 'verify', file, '--seals', join(folder, 'none'))).code,
    ).toBe(1);
    expect(
      (await netral(world, auditor, 'record', 'export', join(folder, 'new'), '--from', 'x')).err,
    ).toContain('not a day');
  });

  it.each([
    ['altered', (bytes: Buffer) => bytes.toString().replace('"kind":"read"', '"kind":"act" ')],
    ['cut short', (bytes: Buffer) => new Uint8Array(bytes.subarray(0, -10))],
    ['empty', () => ''],
  ])('is not written where a part of it comes %s', async (_, how) => {
    const world = await anOffice();
    spoiled = how;
    const file = join(folder, 'record.jsonl');
    const refused = await netral(world, auditor, 'record', 'export', file);
    expect(refused).toMatchObject({ code: 1, out: '' });
    expect(refused.err).toContain('not what was promised');
    expect(await readdir(folder)).toEqual([]);
  });

  it('comes in files by links that end, in a folder that a job empties', async () => {
    const world = await anOffice();
    const looks = world.record.entries.length;
    const to = plus(NOW, { minutes: 1 });
    const part = async (body: object) =>
      Part.parse(await (await world.call('POST /record/exports', { as: auditor, body })).json());
    const first = await part({ what: 'lines', to });
    // The reading of the record itself is on record, and so among its lines.
    expect(first).toMatchObject({
      items: looks + 1,
      next: null,
      file: { linkUntil: plus(NOW, { minutes: 5 }) },
    });
    expect(world.record.entries.length).toBe(looks + 1);
    const link = new URL(first.file?.link ?? '');
    const bytes = (await world.files.read(FileKey.parse(link.pathname.slice(1)))) ?? new Uint8Array();
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(first.file?.sha256);
    expect(link.pathname).toMatch(/^\/exports\/[0-9a-f]{32}\/lines\.jsonl$/);
    expect(link.search).toContain('seconds=300');
    expect(await world.files.eraseOld('exports', NOW)).toBe(1);
    expect(await part({ what: 'lines', from: NOW, to: NOW })).toEqual({ file: null, items: 0, next: null });
    expect(await part({ what: 'histories' })).toMatchObject({ items: 1, next: null });
    const refused = { what: 'lines', to, cursor: 'nonsense' };
    expect((await world.call('POST /record/exports', { as: auditor, body: refused })).status).toBe(400);
  });

  it.each([
    ['as many rows as a file may have', 30_000, 1, 10, [20_000, 10_000]],
    ['as many bytes as may be in memory', 60, 1_000_000, 10, [17, 17]],
    ['as much time as an answer may take', 5_000, 1, 5_000, [1_500, 1_500]],
  ])('fills a file up to %s, and goes on where it ended', async (_, rows, width, milliseconds, parts) => {
    let at = NOW;
    const files = memoryFileStore(() => at);
    const PER_PAGE = width > 1 ? 1 : 500;
    const page = (cursor: string | null) => {
      at = plus(at, { seconds: milliseconds / 1_000 });
      const from = Number(cursor ?? 0);
      const items = Array.from({ length: Math.min(PER_PAGE, rows - from) }, (_one, index) => ({
        row: from + index,
        words: 'x'.repeat(width),
      }));
      const next = from + PER_PAGE < rows ? String(from + PER_PAGE) : null;
      return Promise.resolve({ items, next });
    };
    const take = exportPart({ files, salt: () => opaqueId('chance'), now: () => at });
    const first = await take('baris.jsonl', page, null);
    const second = await take('baris.jsonl', page, first.next);
    expect([first.items, second.items]).toEqual(parts);
    expect(first.next).toBe(String(first.items));
    expect(first.file?.bytes).toBeLessThan(20 * 1024 * 1024);
  });

  it('is paged to its end', async () => {
    const world = await anOffice();
    for (let index = 0; index < 7; index += 1)
      await world.record.append({ kind: 'act', at: NOW, person: officer.id, act: 'scan-requested' });
    const to = plus(NOW, { minutes: 1 });
    const seen: unknown[] = [];
    let cursor = '';
    do {
      const answer = await world.call(`GET /record/lines?to=${to}&limit=3${cursor}`, { as: auditor });
      const { items, next } = Page.parse(await answer.json());
      seen.push(...items);
      cursor = next === null ? '' : `&cursor=${next}`;
    } while (cursor !== '');
    // One look, seven acts, and the reading of the record itself.
    expect(new Set(seen.map((line) => JSON.stringify(line))).size).toBe(9);
    expect(seen).toHaveLength(9);
    expect((await world.call(`GET /record/lines?to=${to}&cursor=nonsense`, { as: auditor })).status).toBe(
      400,
    );
  });
});

describe('an erasure', () => {
  const path = `POST /people/${holder.id}/erasure`;

  it('is ordered by an officer, withdraws the accounts at once, and is on record', async () => {
    const world = await anOffice();
    const answer = await world.call(path, { as: officer });
    expect(answer.status).toBe(202);
    expect(await answer.json()).toEqual({ subject: holder.id, by: officer.id, at: NOW });
    expect(await world.accounts.ofHolder(holder.id)).toMatchObject([{ state: 'withdrawn' }]);
    expect(world.record.entries.at(-1)).toMatchObject({
      kind: 'erasure',
      step: 'ordered',
      subject: holder.id,
    });
    expect((await netral(world, officer, 'people', 'erasures')).out).toContain(holder.id);
    const done = { kind: 'erasure', step: 'done', person: officer.id, subject: holder.id } as const;
    await world.record.append({ ...done, at: minus(NOW, { minutes: 1 }) });
    expect((await netral(world, officer, 'record', 'receipts')).out).toContain('erasure done');
  });

  it('is refused with what stands in the way, and then changes nothing', async () => {
    const world = await anOffice();
    const referred = aFindingIn('referred', { id: FindingId.parse(opaqueId('referred')) });
    await world.findings.create(referred);
    const answer = await world.call(path, { as: officer });
    expect(answer.status).toBe(409);
    expect(await answer.text()).toContain(`finding ${referred.id}`);
    expect(await world.accounts.ofHolder(holder.id)).toMatchObject([{ state: 'active' }]);
    expect(await world.deps.erasures.open(10)).toEqual([]);
    expect((await netral(world, officer, 'people', 'erase', holder.id)).err).toContain('archive schedule');
  });

  it('is not for nobody, for oneself, or for who has a role', async () => {
    const world = await anOffice();
    expect((await world.call(`POST /people/${'0'.repeat(32)}/erasure`, { as: officer })).status).toBe(404);
    expect((await world.call(`POST /people/${officer.id}/erasure`, { as: officer })).status).toBe(403);
    expect((await world.call(`POST /people/${auditor.id}/erasure`, { as: officer })).status).toBe(409);
  });
});
