import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { main } from '../../../cli/main.js';
import { buildApp } from '../../../functions/serve-api/app.js';
import { compiledOf } from '../../../functions/serve-api/compiled-packs.js';
import { FileKey } from '../../../shared/domain/files.js';
import { FindingId } from '../../../shared/domain/ids.js';
import type { Person } from '../../../shared/domain/registry/person.js';
import type { Finding } from '../../../shared/domain/review/finding.js';
import { goldenId } from '../../../shared/domain/review/golden.js';
import { monthOf, type Count } from '../../../shared/domain/statistics/counts.js';
import { aFinding } from '../../fixtures/finding.js';
import { aGoldenItem, aGoldenSet } from '../../fixtures/golden.js';
import { somePacks } from '../../fixtures/packs.js';
import { anAccount, anAgency, employeeNumberOf, NOW, opaqueId } from '../../fixtures/registry.js';
import { aFindingIn } from '../../fixtures/review.js';
import { aToken, aWorld, somebody } from '../serve-api/world.js';

const API = 'https://netral.sukamaju.example';
const chief = somebody('supervisor', { roles: ['supervisor'] });
const holder = somebody('person', { supervisor: chief.id });
const analyst = somebody('fourth', { roles: ['analyst'], unit: 'BKPSDM' });
const officer = somebody('officer', { roles: ['officer'] });
const auditor = somebody('auditor', { roles: ['auditor'] });
const admin = somebody('admin', { roles: ['administrator'] });
const words = 'Alasan yang cukup panjang.';
const packs = somePacks();
// Compiled once, before any test's time runs.
compiledOf(packs);

/** The command against the API itself, in one process. */
const aTeam = async (...findings: readonly Finding[]) => {
  const { review } = anAgency();
  const world = await aWorld({ review: { ...review, secondLookPercent: 100, goldenPercent: 50 } });
  await world.onRecord(chief, holder, analyst, officer, auditor, admin);
  await world.accounts.save(anAccount());
  for (const finding of findings) await world.findings.create(finding);
  const whole = () => Promise.resolve(packs);
  const app = buildApp({ ...world.deps, packs: { ...world.deps.packs, active: whole, whole } });
  const folder = mkdtempSync(join(tmpdir(), 'netral-team-'));
  /** Whatever a link hands out, as it is or spoiled on the way. */
  const spoil = { how: (bytes: Uint8Array): Uint8Array => bytes };
  const sent: { readonly method: string; readonly path: string; readonly version: string | null }[] = [];
  const as = async (person: Person, ...line: readonly string[]) => {
    let [out, err] = ['', ''];
    const code = await main(['--url', API, ...line], {
      out: (text) => (out += text),
      err: (text) => (err += text),
      env: { NETRAL_TOKEN: await aToken({ sub: person.subject ?? '', roles: person.roles }) },
      folder,
      fetch: async (input, init) => {
        const url = new URL(new Request(input).url);
        if (url.host === 'files.example') {
          const bytes = await world.files.read(FileKey.parse(url.pathname.slice(1)));
          return bytes === null ? new Response('', { status: 404 }) : new Response(spoil.how(bytes).slice());
        }
        const version = new Headers(init?.headers).get('if-match');
        sent.push({ method: init?.method ?? 'GET', path: url.pathname, version });
        return app.request(`${url.pathname}${url.search}`, init);
      },
      colours: false,
    });
    return { code, out, err };
  };
  const count = (contest: Finding['indication']['contest'], counts: readonly Omit<Count, 'contest'>[]) =>
    world.counts.add(
      monthOf(NOW),
      counts.map((one) => ({ ...one, contest })),
    );
  return { ...world, folder, spoil, sent, as, count };
};

const other = aFinding({ id: FindingId.parse(opaqueId('other')) });
const { id } = aFinding();

describe('netral review', () => {
  it('takes an item, puts it off, is told that nothing waits, and takes it up again by its id', async () => {
    const { as } = await aTeam(aFinding());
    const taken = await as(analyst, 'review', 'next');
    expect(taken).toMatchObject({ code: 0, err: '' });
    expect(taken.out).toContain(`finding     ${id}`);
    expect(taken.out).toContain('yours       until');
    const held = await as(
      analyst,
      'review',
      'hold',
      id,
      '--reason',
      'advice',
      '--words',
      words,
      '--days',
      '1',
    );
    expect(held.out).toContain('put off     until');
    expect(held.out).toContain(`hold        analyst-1 (you): ${words}`);
    expect((await as(analyst, 'review', 'next')).out).toBe('Nothing waits for you.\n');
    expect((await as(analyst, 'review', 'renew', id)).out).toContain('yours       until');
    expect((await as(analyst, 'review', 'return', id)).out).toBe('It is free again.\n');
  }, 30_000);

  it('leaves a note, and stands aside for good', async () => {
    const { as } = await aTeam(aFinding());
    expect((await as(analyst, 'review', 'note', id, '--words', 'Perlu dilihat lagi.')).out).toContain(
      'Perlu dilihat lagi.',
    );
    expect((await as(analyst, 'review', 'recuse', id, '--words', words)).out).toContain('for others');
    expect((await as(analyst, 'findings', 'show', id)).err).toContain('There is nothing here');
  });

  it('shows the officer who sits on what, in ids and times alone, and frees it', async () => {
    const { as } = await aTeam(aFinding());
    await as(analyst, 'review', 'next');
    const desk = await as(officer, 'review', 'desk');
    expect(desk.out).toContain(id);
    expect(desk.out).not.toContain('coblos');
    expect((await as(officer, 'review', 'free', id, '--words', words)).out).toBe('It is free.\n');
    expect((await as(officer, 'review', 'desk')).out).not.toContain(id);
  });

  it.each([
    [
      'a number of days that is none',
      ['hold', id, '--reason', 'advice', '--words', words, '--days', 'two'],
      1,
    ],
    ['no reason', ['hold', id, '--words', words], 2],
    ['a reason of its own', ['hold', id, '--reason', 'bored', '--words', words], 2],
    ['too few words', ['recuse', id, '--words', 'x'], 1],
    ['what nobody found', ['renew', opaqueId('nowhere')], 1],
  ])('refuses %s in words, and changes nothing', async (_, line, code) => {
    const { as, findings } = await aTeam(aFinding());
    await as(analyst, 'review', 'next');
    const before = await findings.byId(id);
    const refused = await as(analyst, 'review', ...line);
    expect(refused).toMatchObject({ code, out: '' });
    expect(refused.err).not.toBe('');
    expect(await findings.byId(id)).toEqual(before);
  });

  it('tells what an invented item was, once it is answered', async () => {
    const { as, golden, findings } = await aTeam(aFinding());
    await golden.saveSet(aGoldenSet());
    const item = /finding {5}([0-9a-f]{32})/.exec((await as(analyst, 'review', 'next')).out)?.[1] ?? '';
    expect(item).not.toBe(id);
    const decision = ['--reason', 'neutral-information', '--words', words];
    const answered = await as(analyst, 'findings', 'decide', item, 'dismiss', ...decision);
    expect(answered.out).toContain('an invented item with a known answer');
    expect(answered.out).toContain('expected    pursue: you answered otherwise');
    expect(answered.out).toContain(aGoldenItem().because);
    expect((await findings.byId(id))?.state).toBe('indicated');
  });
});

describe('netral golden', () => {
  const written = (folder: string, text: string): void => {
    writeFileSync(join(folder, 'butir.yaml'), text);
  };
  const sample = readFileSync(
    join(import.meta.dirname, '../../../packs/golden/pilbup-sukamaju.yaml'),
    'utf8',
  );

  it('puts the shipped sample to use, on the version that it has seen, and shows it', async () => {
    const { as, folder, golden, sent } = await aTeam();
    written(folder, sample);
    expect(await as(officer, 'golden', 'set', 'butir.yaml')).toMatchObject({ code: 0, err: '' });
    expect((await golden.set())?.items).toHaveLength(12);
    expect(sent.at(-1)).toEqual({ method: 'PUT', path: '/golden', version: '"0"' });
    const shown = await as(officer, 'golden', 'show');
    expect(shown.out).toContain('Ayo coblos nomor 2, Candra–Dewi');
    expect(shown.out.match(/ pursue /g)).toHaveLength(6);
    expect(await as(officer, 'golden', 'set', 'butir.yaml')).toMatchObject({ code: 0 });
    expect(sent.at(-1)?.version).toBe('"1"');
  });

  it('says of a folder that a file is needed', async () => {
    const { as } = await aTeam();
    const { code, err } = await as(officer, 'golden', 'set', '.');
    expect(code).toBe(1);
    expect(err).toMatch(/^A folder was named where a file is needed.*\nCheck the names/);
  });

  it.each([
    ['is not there', null, 'There is no file'],
    ['is not YAML', 'items: [', 'is not YAML'],
    ['says something else', 'items: [{ text: x }]', 'items.0.contest'],
    [
      'has what the screening does not indicate',
      'items: [{ contest: pilbup-sukamaju, text: Selamat pagi, expected: dismiss, because: Sapaan belaka. }]',
      'items.0.text',
    ],
  ])('refuses a file that %s, and says where', async (_, text, says) => {
    const { as, folder, golden } = await aTeam();
    if (text !== null) written(folder, text);
    const refused = await as(officer, 'golden', 'set', 'butir.yaml');
    expect(refused).toMatchObject({ code: 1, out: '' });
    expect(refused.err).toContain(says);
    expect(await golden.set()).toBeNull();
  });

  it('is not for analysts', async () => {
    const { as } = await aTeam();
    expect((await as(analyst, 'golden', 'show')).err).toContain('needs another role');
    expect((await as(officer, 'golden', 'show')).out).toBe('There is none.\n');
  });
});

describe('netral statistics and even-handedness', () => {
  it('tell what happened, small groups as one', async () => {
    const { as, count } = await aTeam();
    const { contest } = aFinding().indication;
    const many = (value: string, dimension: 'unit' | 'language', times: number) =>
      Array.from({ length: times }, () => ({ dimension, value, event: 'first-dismiss' as const }));
    await count(contest, [
      { dimension: 'all', value: 'all', event: 'first-dismiss' },
      { dimension: 'provision', value: 'DIS-2', event: 'first-dismiss' },
      ...many('Dinas Pendidikan', 'unit', 7),
      ...many('Dinas Kecil', 'unit', 2),
      ...many('Dinas Mungil', 'unit', 4),
      ...many('id', 'language', 9),
      ...many('jv', 'language', 3),
      ...many('su', 'language', 3),
    ]);
    const { out, code } = await as(auditor, 'statistics');
    expect(code).toBe(0);
    expect(out).toMatch(/Dinas Pendidikan +7 +7 +0/);
    expect(out).toMatch(/2 smaller units together +6/);
    expect(out).toMatch(/^id +9 +9 +0/m);
    expect(out).toMatch(/2 smaller languages together +6/);
    for (const small of ['Dinas Kecil', 'Dinas Mungil', 'jv', 'su ']) expect(out).not.toContain(small);
    const fair = await as(auditor, 'even-handedness', '--english');
    expect(fair).toMatchObject({ code: 0, err: '' });
    expect(fair.out).toContain('indication by side');
  });

  it.each(['statistics', 'even-handedness', 'quality show'])('%s refuses what is no month', async (name) => {
    const { as, sent } = await aTeam();
    const refused = await as(auditor, ...name.split(' '), '--from', 'november');
    expect(refused).toMatchObject({ code: 1, out: '' });
    expect(refused.err).toContain('2026-11');
    expect(sent).toEqual([]);
  });
});

describe('netral quality', () => {
  it('gives an ended matter to look at again, takes what is said of it, and shows how often both agreed', async () => {
    const { as } = await aTeam(aFindingIn('dismissed'));
    const next = await as(analyst, 'quality', 'next');
    expect(next.out).toContain(`finding     ${id}`);
    expect(next.out).not.toMatch(/dismiss|person/);
    expect((await as(analyst, 'quality', 'say', id, '--verdict', 'maybe', '--words', words)).code).toBe(2);
    expect((await as(analyst, 'quality', 'say', id, '--verdict', 'dismiss', '--words', words)).out).toBe(
      'It is counted.\n',
    );
    expect((await as(analyst, 'quality', 'next')).out).toBe('No second look waits for you.\n');
    const { out } = await as(auditor, 'quality', 'show');
    expect(out).toMatch(/first pursues +1 +0/);
    expect(out).toContain('not told before three people have answered five together');
  });

  it('shows how the team answered invented items, once it may be told', async () => {
    const { as, count, golden } = await aTeam();
    const items = Array.from({ length: 5 }, (_, index) => ({
      dimension: 'golden' as const,
      value: 'team',
      event: index === 0 ? ('golden-differed' as const) : ('golden-agreed' as const),
    }));
    await count(aFinding().indication.contest, items);
    for (const name of ['first', 'second', 'third'])
      await golden.saveDrills({
        analyst: somebody(name).id,
        current: null,
        shown: [{ item: goldenId(aGoldenItem()), at: NOW, answered: true }],
        revision: 0,
      });
    const { out } = await as(auditor, 'quality', 'show');
    expect(out).toContain('invented items answered as expected, last twelve months: 80.0 %');
  });
});

describe('netral evidence', () => {
  it('saves the pack that was promised, readable by oneself alone', async () => {
    const { as, folder, record } = await aTeam(aFindingIn('referred'));
    const saved = await as(chief, 'evidence', id, '--out', 'bukti.zip');
    expect(saved).toMatchObject({ code: 0, err: '' });
    const hash = createHash('sha256')
      .update(readFileSync(join(folder, 'bukti.zip')))
      .digest('hex');
    expect(saved.out).toContain(hash);
    expect(record.entries.at(-1)).toMatchObject({ kind: 'evidence', hash });
  });

  it('saves nothing that is not what was promised, and makes none of what is nobody’s evidence', async () => {
    const { as, folder, spoil } = await aTeam(aFindingIn('referred'), {
      ...aFindingIn('dismissed'),
      id: other.id,
    });
    spoil.how = (bytes) => bytes.subarray(1);
    expect((await as(chief, 'evidence', id, '--out', 'bukti.zip')).err).toContain('not what was promised');
    expect((await as(chief, 'evidence', other.id, '--out', 'bukti.zip')).code).toBe(1);
    expect((await as(analyst, 'evidence', id, '--out', 'bukti.zip')).code).toBe(1);
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('netral findings export', () => {
  it('writes the list, as JSON rows or for a spreadsheet, and over no file', async () => {
    const { as, folder } = await aTeam(aFinding(), other, {
      ...aFindingIn('dismissed'),
      id: FindingId.parse(opaqueId('third')),
    });
    const rows = await as(analyst, 'findings', 'export', 'temuan.jsonl', '--state', 'indicated');
    expect(rows).toMatchObject({ code: 0, out: '2 findings written to temuan.jsonl.\n' });
    const text = readFileSync(join(folder, 'temuan.jsonl'), 'utf8');
    expect(text.trim().split('\n')).toHaveLength(2);
    expect(text).not.toContain('coblos');
    expect((await as(analyst, 'findings', 'export', 'temuan.csv', '--csv')).out).toContain('3 findings');
    const cells: unknown = parse(readFileSync(join(folder, 'temuan.csv'), 'utf8'), { columns: true });
    expect(cells).toHaveLength(3);
    expect(cells).toContainEqual(
      expect.objectContaining({ id: other.id, state: 'indicated', provisions: 'DIS-2' }),
    );
    expect((await as(analyst, 'findings', 'export', 'temuan.csv')).err).toContain('is there already');
  });

  it('writes nothing that is not what was promised, and is for analysts', async () => {
    const { as, folder, spoil } = await aTeam(aFinding());
    expect((await as(officer, 'findings', 'export', 'temuan.jsonl')).err).toContain('needs another role');
    spoil.how = (bytes) => bytes.subarray(0, -1);
    expect((await as(analyst, 'findings', 'export', 'temuan.jsonl')).err).toContain('not what was promised');
    expect((await as(analyst, 'findings', 'export', 'temuan.jsonl', '--from', 'kemarin')).code).toBe(1);
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('netral people', () => {
  it('finds somebody, gives them roles and names who acts for them, each on the version that it has seen', async () => {
    const { as, agency, people, sent } = await aTeam();
    const [number, person] = await employeeNumberOf(agency);
    await people.save(person);
    const [another, acting] = await employeeNumberOf(agency, '199003122015032002');
    await people.save(acting);
    expect((await as(admin, 'people', 'find', number)).out).toContain(`person    ${person.id}`);
    expect((await as(admin, 'people', 'roles', number, 'analyst', 'auditor')).out).toContain(
      'analyst, auditor',
    );
    expect(sent.at(-1)).toMatchObject({ method: 'PUT', version: '"0"' });
    expect((await as(admin, 'people', 'acting', number, '--by', another)).out).toContain(
      `acted by  ${acting.id}`,
    );
    expect(sent.at(-1)).toMatchObject({ version: '"1"' });
    expect((await as(admin, 'people', 'acting', number, '--end')).out).toContain('acted by  nobody');
    expect((await as(admin, 'people', 'roles', number)).out).toContain('roles     none');
    expect(await people.byId(person.id)).toMatchObject({ roles: [], actedBy: null, revision: 4 });
    for (const { path } of sent) expect(path).not.toContain(number);
  });

  it.each([
    ['nobody’s number', ['find', '199003122015032009'], 'Nobody on record'],
    ['a role that there is not', ['roles', '199003122015032009', 'king'], 'There is no such role'],
    ['neither who acts nor an end', ['acting', '199003122015032009'], 'Say who acts'],
  ])('refuses %s', async (_, line, says) => {
    const { as } = await aTeam();
    const refused = await as(admin, 'people', ...line);
    expect(refused).toMatchObject({ code: 1, out: '' });
    expect(refused.err).toContain(says);
  });
});
