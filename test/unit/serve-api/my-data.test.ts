import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { fileIn, filesOf } from '../../../shared/domain/files.js';
import { Finding } from '../../../shared/domain/review/finding.js';
import { minus } from '../../../shared/domain/time.js';
import { anAccount, NOW, opaqueId } from '../../fixtures/registry.js';
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
    }),
  );
  for (const finding of [referred, hidden, dangerous]) await world.findings.create(finding);
  await world.requests.save(asked);
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
  const bytes = await world.files.read(fileIn(filesOf({ person: sari.id }), name));
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

  it('is a table for each kind as CSV, in which nothing runs', async () => {
    const { text, files } = await taken();
    expect(files.map(({ name }) => name).sort()).toEqual(
      ['accounts', 'files', 'findings', 'history', 'looks', 'requests', 'scans']
        .map((name) => `${name}.csv`)
        .concat('my-data.json')
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
