import { createHash } from 'node:crypto';
import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { captureFiles } from '../../../functions/classify-posts/captures.js';
import type { FileName } from '../../../shared/domain/file-kinds.js';
import { fileName, type FileKindName } from '../../../shared/domain/file-kinds.js';
import { FileKey, fileIn, filesOf, uploadsOf, type FileFolder } from '../../../shared/domain/files.js';
import { FindingId } from '../../../shared/domain/ids.js';
import { placeId } from '../../../shared/domain/registry/place.js';
import type { Person } from '../../../shared/domain/registry/person.js';
import type { FindingState } from '../../../shared/domain/review/finding.js';
import { commitmentTo, firstBreak } from '../../../shared/domain/review/history.js';
import { newFinding } from '../../../shared/domain/review/new-finding.js';
import { filesOfFinding } from '../../../shared/domain/review/transition.js';
import { aFinding, anIndication } from '../../fixtures/finding.js';
import { anAccount, NOW, opaqueId } from '../../fixtures/registry.js';
import { aFindingIn } from '../../fixtures/review.js';
import { aWorld, somebody } from './world.js';

const chief = somebody('supervisor', { roles: ['supervisor'] });
const holder = somebody('person', { supervisor: chief.id });
const colleague = somebody('colleague');
const first = somebody('first', { roles: ['analyst'] });
const second = somebody('second', { roles: ['analyst'] });

const PNG = Buffer.from('\x89PNG\r\n\x1a\n and the rest of a picture', 'latin1');
const PAGE = Buffer.from('<!doctype html><script>alert(1)</script>');
const words = 'Unggahan itu bukan dari saya.';
const id = aFinding().id;
const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const named = (bytes: Uint8Array, kind: FileKindName): FileName => fileName(hashOf(bytes), kind);
const picture = named(PNG, 'png');

const aCase = async (state: FindingState = 'clarifying') => {
  const world = await aWorld();
  await world.onRecord(chief, holder, colleague, first, second);
  const account = anAccount();
  await world.accounts.claimPlace(placeId(account), { account: account.id, claimedAt: NOW }, null);
  await world.accounts.save(account);
  await world.findings.create(aFindingIn(state));
  /** As if these bytes had come by a link for a file of this name. */
  const uploaded = async (as: Person, bytes: Uint8Array = PNG, name = named(bytes, 'png')) => {
    await world.files.put(fileIn(uploadsOf(as.id), name), { bytes, type: 'image/png' });
    return name;
  };
  const answer = (as: Person, attachments: object[], headers = {}) =>
    world.call(`POST /me/findings/${id}/answers`, {
      as,
      body: { answer: 'explanation', words, attachments },
      headers,
    });
  const fetched = (as: Person, file: string = picture) =>
    world.call(`GET /findings/${id}/files/${file}`, { as });
  const names = async (folder: FileFolder) => (await world.files.list(folder)).map(({ key }) => key);
  return { ...world, uploaded, answer, fetched, names };
};

const Upload = z.object({ upload: z.string(), link: z.string(), headers: z.record(z.string(), z.string()) });
const Problem = z.object({ errors: z.array(z.object({ at: z.string(), detail: z.string() })) });
const Handout = z.object({ name: z.string(), bytes: z.number(), sha256: z.string(), link: z.string() });
const announced = { kind: 'png', bytes: PNG.length, sha256: hashOf(PNG) };

describe('a link for a file', () => {
  it('leads to a place of the caller’s own, named by the very bytes', async () => {
    const { call } = await aCase();
    const made = await call('POST /uploads', { as: holder, body: announced });
    expect(made.status).toBe(201);
    const { upload, link } = Upload.parse(await made.json());
    expect(upload).toBe(picture);
    expect(new URL(link).pathname).toBe(`/uploads/${holder.id}/${picture}`);
  });

  it.each([
    ['too large', { ...announced, bytes: 10 * 1024 * 1024 + 1 }],
    ['too large a text', { ...announced, kind: 'txt', bytes: 1024 * 1024 + 1 }],
    ['empty', { ...announced, bytes: 0 }],
    ['a page', { ...announced, kind: 'html' }],
    ['a drawing that can run', { ...announced, kind: 'svg' }],
    ['without a hash', { ...announced, sha256: 'x' }],
  ])('is not given for what is %s', async (_what, body) => {
    const { call } = await aCase();
    expect((await call('POST /uploads', { as: holder, body })).status).toBe(400);
  });

  it('is not given while ten files wait that nothing names', async () => {
    const { call, uploaded } = await aCase();
    for (let index = 0; index < 10; index += 1)
      await uploaded(holder, Buffer.concat([PNG, Buffer.of(index)]));
    expect((await call('POST /uploads', { as: holder, body: announced })).status).toBe(409);
    expect((await call('POST /uploads', { as: colleague, body: announced })).status).toBe(201);
  });
});

describe('what a holder attaches to an answer', () => {
  it('lies with the finding, is part of the chain, and no longer waits', async () => {
    const { answer, uploaded, findings, files, names } = await aCase();
    const upload = await uploaded(holder);
    expect((await answer(holder, [{ upload, name: 'surat tugas.PNG' }])).status).toBe(200);
    const finding = (await findings.byId(id))!;
    expect(filesOfFinding(finding)).toEqual([{ file: picture, bytes: PNG.length, name: 'surat tugas.PNG' }]);
    expect(await files.read(fileIn(filesOf({ finding: id }), picture))).toEqual(Uint8Array.from(PNG));
    expect(await names(uploadsOf(holder.id))).toEqual([]);
    expect(firstBreak(finding)).toBeNull();
    const { sequence, commitment } = finding.history.at(-1)!;
    const content = finding.contents[String(sequence)]!;
    expect(commitment).toBe(commitmentTo(content));
    expect(commitmentTo({ ...content, files: [] })).not.toBe(commitment);
    expect(commitmentTo({ ...content, files: [{ ...content.files[0]!, name: 'lain.png' }] })).not.toBe(
      commitment,
    );
  });

  it('is there for the second analyst, who saves it and never sees it shown, and the look is on record', async () => {
    const { answer, uploaded, fetched, record, call } = await aCase();
    await answer(holder, [{ upload: await uploaded(holder), name: 'surat' }]);
    const seen = await call(`GET /findings/${id}`, { as: second });
    expect(await seen.json()).toMatchObject({ view: 'analyst' });
    const looks = record.entries.length;
    const file = Handout.parse(await (await fetched(second)).json());
    expect(file).toMatchObject({ name: 'surat.png', bytes: PNG.length, sha256: hashOf(PNG) });
    expect(record.entries.slice(looks)).toEqual([{ kind: 'read', at: NOW, person: second.id, finding: id }]);
  });

  it.each([colleague, chief])('is not there for others while nothing is referred', async (other) => {
    const { answer, uploaded, fetched } = await aCase();
    await answer(holder, [{ upload: await uploaded(holder), name: 'surat' }]);
    expect((await fetched(other)).status).toBe(404);
    expect((await fetched(holder, named(PAGE, 'txt'))).status).toBe(404);
  });

  it('may be given with an objection too', async () => {
    const { call, uploaded, findings } = await aCase('referred');
    const upload = await uploaded(holder);
    const body = { words: 'Saya keberatan dengan simpulan itu.', attachments: [{ upload, name: 'bukti' }] };
    expect((await call(`POST /me/findings/${id}/objections`, { as: holder, body })).status).toBe(200);
    expect(filesOfFinding((await findings.byId(id))!).map(({ file }) => file)).toEqual([picture]);
  });

  it('is refused, with nothing changed, where it is not what was announced', async () => {
    const cases: readonly [string, Uint8Array, FileName, string][] = [
      ['other bytes', Buffer.concat([PNG, Buffer.of(1)]), picture, 'did not arrive'],
      ['a page under the name of a picture', PAGE, named(PAGE, 'png'), 'not of the kind'],
      [
        'a program under the name of a text',
        Buffer.of(0, 1, 2),
        named(Buffer.of(0, 1, 2), 'txt'),
        'not of the kind',
      ],
      [
        'too large',
        Buffer.alloc(1024 * 1024 + 1, 'a'),
        named(Buffer.alloc(1024 * 1024 + 1, 'a'), 'txt'),
        'larger',
      ],
    ];
    for (const [what, bytes, name, detail] of cases) {
      const { answer, uploaded, findings } = await aCase();
      const refused = await answer(holder, [{ upload: await uploaded(holder, bytes, name), name: 'x' }]);
      expect(refused.status, what).toBe(422);
      const [fault] = Problem.parse(await refused.json()).errors;
      expect(fault?.at).toBe('json.attachments.0.upload');
      expect(fault?.detail, what).toContain(detail);
      expect(await findings.byId(id)).toEqual(aFindingIn('clarifying'));
    }
  });

  it('is refused where it never came, has ended, or is somebody else’s, with one answer', async () => {
    const { answer, uploaded } = await aCase();
    const never = await (await answer(holder, [{ upload: picture, name: 'x' }])).text();
    await uploaded(colleague);
    const others = await answer(holder, [{ upload: picture, name: 'x' }]);
    expect(others.status).toBe(422);
    expect(await others.text()).toBe(never);
  });

  it.each(['../x', 'a/b', 'a\\b', 'a\u202egnp', '', 'a\nb'])('is refused under the name %j', async (name) => {
    const { answer, uploaded } = await aCase();
    expect((await answer(holder, [{ upload: await uploaded(holder), name }])).status).toBe(400);
  });

  it('cannot be put with another’s finding', async () => {
    const { answer, uploaded, names } = await aCase();
    const upload = await uploaded(second);
    expect((await answer(second, [{ upload, name: 'x' }])).status).toBe(404);
    expect(await names(filesOf({ finding: id }))).toEqual([]);
  });

  it('is taken once: a repeat of the request changes nothing, and no other finding gets it', async () => {
    const { answer, uploaded, findings, call } = await aCase();
    const attachments = [{ upload: await uploaded(holder), name: 'surat' }];
    const headers = { 'idempotency-key': 'jawaban-pertama' };
    expect((await answer(holder, attachments, headers)).status).toBe(200);
    const after = await findings.byId(id);
    expect((await answer(holder, attachments, headers)).status).toBe(200);
    expect(await findings.byId(id)).toEqual(after);
    const other = aFindingIn('clarifying', { id: FindingId.parse(opaqueId('another')) });
    await findings.create(other);
    const again = await call(`POST /me/findings/${other.id}/answers`, {
      as: holder,
      body: { answer: 'explanation', words, attachments },
    });
    expect(again.status).toBe(422);
  });

  it('cannot be more than 50 MB for one finding', async () => {
    const { answer, uploaded, findings } = await aCase();
    const size = 25 * 1024 * 1024;
    for (const [index, status] of [200, 200, 409].entries()) {
      const video = Buffer.alloc(size, index);
      video.write('ftypisom', 4, 'latin1');
      const upload = await uploaded(holder, video, named(video, 'mp4'));
      expect((await answer(holder, [{ upload, name: 'video' }])).status).toBe(status);
    }
    expect(filesOfFinding((await findings.byId(id))!)).toHaveLength(2);
  });

  it('is in the copy of the holder’s data, and in the evidence pack', async () => {
    const { call, uploaded, files } = await aCase('referred');
    const body = {
      words: 'Saya keberatan dengan simpulan itu.',
      attachments: [{ upload: await uploaded(holder), name: 'bukti' }],
    };
    await call(`POST /me/findings/${id}/objections`, { as: holder, body });
    const copy = await (await call('POST /me/exports', { as: holder })).text();
    expect(copy).toContain(`${hashOf(PNG).slice(0, 8)}-bukti.png`);
    expect(copy).toContain(`/findings/${id}/${picture}`);
    const { link } = Handout.parse(await (await call(`POST /findings/${id}/evidence`, { as: chief })).json());
    const pack = unzipSync((await files.read(FileKey.parse(new URL(link).pathname.slice(1))))!);
    expect(pack[`berkas/${picture}`]).toEqual(Uint8Array.from(PNG));
    expect(strFromU8(pack['SHA256SUMS']!)).toContain(`${hashOf(PNG)}  berkas/${picture}\n`);
    expect(strFromU8(pack['bukti.html']!)).toContain(`berkas/${picture}`);
  });
});

const POST = {
  network: 'feed',
  author: anAccount().handle,
  url: 'https://blog.sukamaju.example/tulisan-9',
  text: 'Ayo coblos nomor 2!',
  postedAt: '2026-11-23T10:00:00+07:00',
};

describe('a capture of a submission', () => {
  const submitted = async (as: Person, body: object = {}) => {
    const world = await aCase();
    const capture = await world.uploaded(as);
    const answer = await world.call('POST /submissions', { as, body: { ...POST, capture, ...body } });
    const [bundle] = world.posts.messages;
    const captures = captureFiles(world.files);
    return { ...world, answer, bundle, captures, waits: filesOf({ submission: '0'.repeat(32) }) };
  };

  it.each([
    [first, 'analyst'],
    [holder, 'holder'],
  ] as const)('waits with its hash, the time and who made it', async (person, as) => {
    const { answer, bundle, waits, names } = await submitted(person);
    expect(answer.status).toBe(202);
    const kept = { file: picture, bytes: PNG.length, name: 'tangkapan-layar.png' };
    expect(bundle?.capture).toEqual({ submission: '0'.repeat(32), kept, at: NOW, by: person.id, as });
    expect(await names(waits)).toEqual([`${waits}${picture}`]);
    expect(await names(uploadsOf(person.id))).toEqual([]);
  });

  it('is nothing that anybody gets before the first decision, and is there after it', async () => {
    const { bundle, captures, findings, call, names, waits } = await submitted(first);
    const finding = newFinding(bundle!, bundle!.posts[0]!, anIndication(), NOW);
    await findings.create(finding);
    await captures.keep(bundle!.capture!, finding);
    expect(await names(waits)).toEqual([]);
    const file = `GET /findings/${finding.id}/files/${picture}`;
    const blind = await call(`GET /findings/${finding.id}`, { as: second });
    expect(await blind.text()).not.toContain(hashOf(PNG));
    for (const as of [second, holder, first, chief]) expect((await call(file, { as })).status).toBe(404);
    const decision = { kind: 'clarify', reason: 'call-to-vote', words };
    await call(`POST /findings/${finding.id}/decisions`, { as: second, body: decision });
    const opened = await call(`GET /findings/${finding.id}`, { as: second });
    expect(await opened.json()).toMatchObject({ capture: { file: picture, by: 'analyst', at: NOW } });
    for (const as of [second, holder]) expect((await call(file, { as })).status).toBe(200);
    for (const as of [first, chief]) expect((await call(file, { as })).status).toBe(404);
  });

  it('is forgotten at once where the account may not be looked at, and nobody but the holder hears so', async () => {
    const { answer, bundle, waits, names } = await submitted(first, {
      author: 'https://orang.example/feed.xml',
    });
    expect(answer.status).toBe(202);
    expect(bundle).toBeUndefined();
    for (const folder of [waits, uploadsOf(first.id)]) expect(await names(folder)).toEqual([]);
  });

  it('must be a picture or a document', async () => {
    const { answer } = await submitted(first, { capture: named(PAGE, 'txt') });
    expect(answer.status).toBe(400);
  });
});
