import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { fileIn, filesOf, uploadsOf } from '../../../shared/domain/files.js';
import { placeId } from '../../../shared/domain/registry/place.js';
import { Finding } from '../../../shared/domain/review/finding.js';
import { goldenId } from '../../../shared/domain/review/golden.js';
import { minus } from '../../../shared/domain/time.js';
import { anAccount, NOW, opaqueId } from '../../fixtures/registry.js';
import { aGoldenItem } from '../../fixtures/golden.js';
import { ANSWER, aRequest } from '../../fixtures/requests.js';
import { aFindingIn } from '../../fixtures/review.js';
import { anAccountScan } from '../../fixtures/scanning.js';
import { aWorld, somebody } from './world.js';

const sari = somebody('person', { supervisor: somebody('supervisor').id });
const boss = somebody('supervisor');
const analyst = somebody('first', { roles: ['analyst'] });
const other = somebody('other');

const referred = aFindingIn('referred');
const hidden = Finding.parse({ ...aFindingIn('indicated'), id: opaqueId('hidden') });
const dangerous = Finding.parse({
  ...aFindingIn('clarifying'),
  id: opaqueId('dangerous'),
  parts: [{ field: 'body', text: '=HYPERLINK("https://x.example","coblos")' }],
});

const asked = aRequest({ answer: ANSWER });
const LETTER = `${'ab'.repeat(32)}.txt`;

const aCase = async () => {
  const world = await aWorld();
  await world.onRecord(sari, boss, analyst, other);
  await world.accounts.save(anAccount());
  await world.scans.save(
    anAccountScan({
      coverage: [
        { reason: 'seen', since: minus(NOW, { days: 9 }), until: minus(NOW, { days: 2 }) },
        { reason: 'private', since: minus(NOW, { days: 2 }), until: null },
      ],
      window: [{ post: 'a'.repeat(16), version: 'b'.repeat(16), handedAt: minus(NOW, { days: 3 }) }],
    }),
  );
  for (const finding of [referred, hidden, dangerous]) await world.findings.create(finding);
  await world.requests.save(asked);
  const at = minus(NOW, { days: 1 });
  await world.mailings.claim({ kind: 'invitation', recipient: sari.id, occasion: 'account', items: [] }, at);
  const items = [
    { finding: referred.id, telling: 'referred' },
    { finding: opaqueId('of somebody else'), telling: 'referred' },
  ];
  await world.mailings.claim({ kind: 'digest', recipient: boss.id, occasion: '2026-11-22', items }, at);
  await world.mailings.claim({ kind: 'digest', recipient: other.id, occasion: '2026-11-22', items: [] }, at);
  await world.accounts.claimPlace(placeId(anAccount()), { account: anAccount().id, claimedAt: at }, null);
  await world.files.put(fileIn(uploadsOf(sari.id), LETTER), {
    bytes: Buffer.from('Surat tugas dinas'),
    type: 'text/plain',
  });
  return world;
};

const Me = z.object({
  findings: z.array(z.object({ id: z.string() })),
  looks: z.array(z.object({ finding: z.string(), looks: z.array(z.object({ by: z.string() })) })),
  requests: z.array(z.object({ number: z.string() })),
});
const Copy = z.object({
  files: z.array(z.object({ name: z.string(), bytes: z.number(), link: z.string() })),
});

describe('my data', () => {
  it('says who looked at each finding and when, by what they are', async () => {
    const world = await aCase();
    await world.call(`GET /findings/${referred.id}`, { as: boss });
    await world.call('GET /me/digest', { as: boss });
    const answer = await (await world.call('GET /me', { as: sari })).text();
    const { looks, findings, requests } = Me.parse(JSON.parse(answer));
    expect(looks.find(({ finding }) => finding === referred.id)?.looks).toMatchObject([
      { by: 'supervisor' },
      { by: 'supervisor' },
    ]);
    expect(findings.map(({ id }) => id).sort()).toEqual([referred.id, dangerous.id].sort());
    expect(requests).toHaveLength(1);
    for (const secret of [boss.id, ANSWER.by, hidden.id, sari.employeeNumber])
      expect(answer).not.toContain(secret);
  });

  it('is of the caller alone', async () => {
    const world = await aCase();
    expect(await (await world.call('GET /me', { as: other })).json()).toMatchObject({
      accounts: [],
      findings: [],
      looks: [],
      requests: [],
    });
  });
});

/** Where the stand-in for the bucket keeps what a link hands out. */
const contentOf = async (world: Awaited<ReturnType<typeof aWorld>>, link: string): Promise<string> => {
  const name = new URL(link).pathname.split('/').at(-1) ?? '';
  const folder = link.includes('/uploads/') ? uploadsOf(sari.id) : filesOf({ person: sari.id });
  const bytes = await world.files.read(fileIn(folder, name));
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes ?? new Uint8Array());
};

describe('a copy of my data', () => {
  const taken = async () => {
    const world = await aCase();
    const answer = await world.call('POST /me/exports', { as: sari });
    expect(answer.status).toBe(201);
    const { files } = Copy.parse(await answer.json());
    const texts = await Promise.all(
      files.map(async ({ name, link }) => [name, await contentOf(world, link)] as const),
    );
    return { world, files, text: new Map(texts) };
  };

  it('is whole as JSON: all that a search of every table finds of the holder, and nothing of others', async () => {
    const { text } = await taken();
    const copy = text.get('my-data.json') ?? '';
    // A full search: whatever the tables hold of the person, their accounts and what was found on them.
    const theirs = [
      sari.name,
      sari.email ?? '',
      sari.unit,
      anAccount().handle,
      anAccount().confirmation?.at ?? '',
      ...[referred, dangerous].flatMap((finding) => [
        finding.id,
        finding.postedAt,
        finding.foundAt,
        ...finding.parts.map((part) => JSON.stringify(part.text)),
        ...finding.indication.provisions,
        ...finding.history.filter(({ act }) => act !== 'note').map(({ at }) => at),
        ...Object.values(finding.contents).map((content) => content.text),
      ]),
      asked.words,
      asked.number,
      ANSWER.words,
      'private',
    ];
    for (const found of theirs) expect(copy).toContain(found);
    for (const secret of [boss.id, analyst.id, ANSWER.by, hidden.id, sari.employeeNumber])
      expect([...text.values()].join()).not.toContain(secret);
  });

  it('has the mails that were to go out, to the holder and about them, and none of others', async () => {
    const { text } = await taken();
    const at = minus(NOW, { days: 1 });
    const { mails } = z
      .object({ mails: z.array(z.unknown()) })
      .parse(JSON.parse(text.get('my-data.json') ?? ''));
    const mail = { at, state: 'claimed', fate: null };
    expect(mails).toEqual([
      { ...mail, kind: 'invitation', to: 'you', about: [] },
      {
        ...mail,
        kind: 'digest',
        to: 'your superior',
        about: [{ finding: referred.id, telling: 'referred' }],
      },
    ]);
  });

  it('has what is waiting to be named, what is claimed, and of the marks how many there are', async () => {
    const { text } = await taken();
    const copy: unknown = JSON.parse(text.get('my-data.json') ?? '');
    expect(copy).toMatchObject({
      subject: sari.subject,
      uploads: [{ file: LETTER, bytes: 17 }],
      registrations: [
        {
          identity: anAccount().identity,
          claimedAt: [minus(NOW, { days: 1 })],
          marks: { posts: 1, read: [minus(NOW, { days: 3 })] },
        },
      ],
    });
    expect(text.get('abababab-upload.txt')).toBe('Surat tugas dinas');
    expect([...text.values()].join()).not.toContain('a'.repeat(16));
  });

  it('has of an analyst which invented items they had, and nothing of the one that waits', async () => {
    const world = await aCase();
    const [answered, open] = [aGoldenItem(), aGoldenItem({ text: 'Ayo pilih nomor 1!' })];
    const drills = (item: typeof open, state: 'indicated' | 'dismissed') => ({
      analyst: analyst.id,
      current: { item, finding: Finding.parse({ ...aFindingIn('indicated'), state }) },
      shown: [answered, open].map((one, index) => ({ item: goldenId(one), at: NOW, answered: index === 0 })),
      revision: 0,
    });
    await world.golden.saveDrills(drills(open, 'indicated'));
    const copyOf = async (): Promise<unknown> => {
      const { files } = Copy.parse(await (await world.call('POST /me/exports', { as: analyst })).json());
      const link = files.find(({ name }) => name === 'my-data.json')?.link ?? '';
      const key = fileIn(filesOf({ person: analyst.id }), new URL(link).pathname.split('/').at(-1) ?? '');
      return JSON.parse(Buffer.from((await world.files.read(key)) ?? []).toString());
    };
    expect(await copyOf()).toMatchObject({
      drills: { shown: [{ item: goldenId(answered), answered: true }], last: null },
    });
    await world.golden.saveDrills({ ...drills(answered, 'dismissed'), revision: 1 });
    expect(await copyOf()).toMatchObject({
      drills: { last: { item: goldenId(answered), text: answered.text, state: 'dismissed' } },
    });
  });

  it('is a table for each kind as CSV, in which nothing runs', async () => {
    const { text, files } = await taken();
    expect(files.map(({ name }) => name).sort()).toEqual(
      ['accounts', 'files', 'findings', 'history', 'looks', 'mails', 'requests', 'scans']
        .map((name) => `${name}.csv`)
        .concat('my-data.json', 'abababab-upload.txt')
        .sort(),
    );
    const rows = (name: string) =>
      z.array(z.array(z.string())).parse(parse(text.get(name) ?? '', { bom: true }));
    expect(rows('findings.csv')).toHaveLength(3);
    expect(rows('scans.csv')).toHaveLength(3);
    expect(rows('findings.csv').flat()).toContain(`'=HYPERLINK("https://x.example","coblos")`);
    for (const [, content] of text) expect(content).not.toMatch(/(^|,|\n)"?[=+@]/);
  });

  it('is a look like any other and on record, and its links are short', async () => {
    const { world, files } = await taken();
    const kinds = world.record.entries.map((entry) => (entry.kind === 'act' ? entry.act : entry.kind));
    expect(kinds.sort()).toEqual(['data-exported', 'read', 'read']);
    for (const { link, bytes } of files) {
      expect(link).toContain('seconds=900');
      expect(bytes).toBeGreaterThan(10);
    }
  });

  it('is not taken without end', async () => {
    const world = await aCase();
    const states = [];
    for (let time = 0; time < 12; time += 1)
      states.push((await world.call('POST /me/exports', { as: other })).status);
    expect(states.slice(9)).toEqual([201, 429, 429]);
  });
});
