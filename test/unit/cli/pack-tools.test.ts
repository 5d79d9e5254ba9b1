import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { main } from '../../../cli/main.js';
import type { Packs } from '../../../shared/domain/screening/packs.js';
import { packRefs, tallyOf, trialOf } from '../../../shared/domain/screening/shadow.js';
import { LocalDate } from '../../../shared/domain/time.js';
import { aFinding, anIndication } from '../../fixtures/finding.js';
import { somePacks } from '../../fixtures/packs.js';
import { anAccount } from '../../fixtures/registry.js';
import { aFindingIn } from '../../fixtures/review.js';
import { aToken, aWorld, somebody } from '../serve-api/world.js';

const URL_OF_API = 'https://netral.sukamaju.example';
const admin = somebody('admin', { roles: ['administrator'] });
const analyst = somebody('ana', { roles: ['analyst'] });
const packs = join(import.meta.dirname, '../../../packs');

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'netral-tools-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** The command against the API in one process. */
const aTerminal = async (candidate: Packs | null = null) => {
  const world = await aWorld({}, { candidate });
  await world.onRecord(admin, analyst, somebody('person'));
  const as = async (person: typeof admin, ...line: readonly string[]) => {
    const said = { out: '', err: '' };
    const code = await main(['--url', URL_OF_API, ...line], {
      out: (text) => {
        said.out += text;
      },
      err: (text) => {
        said.err += text;
      },
      env: { NETRAL_TOKEN: await aToken({ sub: person.subject ?? '', roles: person.roles }) },
      folder,
      fetch: async (input, init) => world.app.request(new Request(input).url.replace(URL_OF_API, ''), init),
      colours: false,
    });
    return { code, ...said };
  };
  return { ...world, as };
};

/** A copy of the project's packs with one file changed. */
const packsWith = (name: string, change: (text: string) => string): string => {
  const copy = join(folder, 'after');
  cpSync(packs, copy, { recursive: true });
  const file = join(copy, name);
  const before = readFileSync(file, 'utf8');
  const after = change(before);
  expect(after).not.toBe(before);
  writeFileSync(file, after);
  return copy;
};

const file = (...rows: readonly unknown[]): string => {
  const name = join(folder, 'texts.jsonl');
  writeFileSync(name, rows.map((row) => (typeof row === 'string' ? row : JSON.stringify(row))).join('\n'));
  return name;
};

const CONTEST = 'contests/pilbup-sukamaju.yaml';
const withNickname = (text: string): string => text.replace('Pak Gilang,', 'Pak Gilang, Mas Gigil,');

describe('netral pack replay', () => {
  it('tells what becomes indicated and what no longer is, with the texts of the file', async () => {
    const { as } = await aTerminal();
    const after = packsWith(CONTEST, withNickname);
    const texts = file(
      { id: 'new', text: 'Ayo kita dukung Mas Gigil!', label: 'support' },
      { id: 'same', text: 'Jangan lupa coblos Candra–Dewi', label: 'call', election: 'pilbup-sukamaju' },
      { id: 'quiet', text: 'Selamat pagi', label: 'none' },
      { text: 'Coblos nomor 2 ya', election: 'Pilgub Negeri Seberang' },
    );
    const { code, out, err } = await as(admin, 'pack', 'replay', packs, after, '--texts', texts);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain('4 texts, 1 of them differ.');
    expect(out).toContain('1 texts were not read: neither folder has their contest.');
    expect(out).toContain('became indicated: 1\n  new (support)  none → DIS-');
    expect(out).toContain('    | Ayo kita dukung Mas Gigil!');
    expect(out).not.toContain('Selamat pagi');
    const back = await as(admin, '--json', 'pack', 'replay', after, packs, '--texts', texts);
    expect(JSON.parse(back.out)).toMatchObject({
      rows: 4,
      unread: 1,
      changes: { indicated: 0, 'no-longer-indicated': 1, 'provisions-changed': 0, 'otherwise-changed': 0 },
      labels: [
        { label: 'support', rows: 1, indicatedBefore: 1, indicatedAfter: 0 },
        { label: 'call', rows: 1, indicatedBefore: 1, indicatedAfter: 1 },
        { label: 'none', rows: 1, indicatedBefore: 0, indicatedAfter: 0 },
        { label: null, rows: 1 },
      ],
      differences: [{ id: 'new', text: 'Ayo kita dukung Mas Gigil!', after: { kind: 'none' } }],
    });
  });

  it('reads a text by its own date', async () => {
    const { as } = await aTerminal();
    const text = 'Jangan lupa coblos Candra–Dewi';
    const after = packsWith(CONTEST, (yaml) =>
      yaml.replace("stage: prospective, from: '2029-08-27'", "stage: prospective, from: '2029-08-28'"),
    );
    const texts = file(
      { id: 'moved', text, contest: 'pilbup-sukamaju', date: '2029-08-27' },
      { id: 'stays', text, contest: 'pilbup-sukamaju', date: '2029-10-01T12:00:00+07:00' },
    );
    const { out } = await as(admin, '--json', 'pack', 'replay', packs, after, '--texts', texts);
    expect(JSON.parse(out)).toMatchObject({
      changes: { 'provisions-changed': 1 },
      differences: [{ id: 'moved', change: 'provisions-changed' }],
    });
  });

  it('of stored findings shows ids and never a text, and every look is put on record', async () => {
    const { as, accounts, findings, record } = await aTerminal();
    await accounts.save(anAccount());
    const finding = aFinding({ parts: [{ field: 'body', text: 'Jangan lupa coblos Mas Gigil' }] });
    await findings.create(finding);
    const before = packsWith(CONTEST, withNickname);
    const { code, out } = await as(analyst, 'pack', 'replay', before, packs, '--findings', '10');
    expect(code).toBe(0);
    expect(out).toContain('no longer indicated: 1');
    expect(out).toContain(`${finding.id} (indicated)`);
    expect(out).not.toContain('coblos');
    expect(record.entries).toMatchObject([{ kind: 'read', person: analyst.id, finding: finding.id }]);
  });

  it('names every line that is no labelled text, and reads none', async () => {
    const { as } = await aTerminal();
    const texts = file({ text: 'Selamat pagi' }, '{', { label: 'call' }, { text: 'x', date: 'kemarin' });
    const { code, err, out } = await as(admin, 'pack', 'replay', packs, packs, '--texts', texts);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    for (const line of ['line 2', 'line 3: text', 'line 4: date']) expect(err).toContain(line);
    expect(err).not.toContain('line 1');
  });

  it.each([
    [[packs, packs], 'There is nothing to replay.'],
    [[packs, packs, '--texts', '/nowhere.jsonl'], '/nowhere.jsonl cannot be read.'],
    [[packs, '/nowhere', '--findings', '1'], '/nowhere is not a folder of packs.'],
    [[packs, packs, '--findings', 'all'], 'is not a number of findings'],
  ])('with %s says what is wrong', async (line, words) => {
    const { as } = await aTerminal();
    const { code, err } = await as(analyst, 'pack', 'replay', ...line);
    expect(code).toBe(1);
    expect(err).toContain(words);
  });
});

describe('netral pack shadow status', () => {
  const candidate = (): Packs => {
    const set = somePacks();
    return { ...set, code: { ...set.code, version: '9.9.9' } };
  };

  it('says when no candidate is tried', async () => {
    const { as } = await aTerminal();
    expect((await as(admin, 'pack', 'shadow', 'status')).out).toContain('No candidate is tried.');
  });

  it('says when the candidate is what is in use, and when nothing was counted yet', async () => {
    const same = await aTerminal(somePacks());
    expect((await same.as(admin, 'pack', 'shadow', 'status')).out).toContain('nothing to compare');
    const fresh = await aTerminal(candidate());
    expect((await fresh.as(admin, 'pack', 'shadow', 'status')).out).toContain('No post was screened since');
  });

  it('shows what changed and how the verdicts differ', async () => {
    const { as, shadow } = await aTerminal(candidate());
    const tally = tallyOf([
      { active: { kind: 'none' }, candidate: anIndication() },
      { active: anIndication(), candidate: anIndication() },
    ]);
    await shadow.add(
      trialOf(packRefs(somePacks()), packRefs(candidate())),
      LocalDate.parse('2026-11-23'),
      tally,
    );
    const { out } = await as(admin, 'pack', 'shadow', 'status');
    expect(out).toMatch(/skb-2-2022 +\S+ +9\.9\.9/);
    expect(out).toContain('2 posts since 2026-11-23, 1 of them with the same verdict and provisions.');
    expect(out).toMatch(/none +indicated +1\n/);
    expect(out).toMatch(/DIS-2 +1 +0 +1/);
    const json = await as(admin, '--json', 'pack', 'shadow', 'status');
    expect(JSON.parse(json.out)).toMatchObject({ since: '2026-11-23', counts: { posts: 2 } });
  });

  it('is not for an analyst', async () => {
    const { as } = await aTerminal();
    expect(await as(analyst, 'pack', 'shadow', 'status')).toMatchObject({ code: 1, out: '' });
  });
});

describe('netral pack health', () => {
  it('shows what people concluded of each rule', async () => {
    const { as, findings } = await aTerminal();
    expect((await as(analyst, 'pack', 'health')).out).toContain('Nothing was concluded yet.');
    await findings.create(aFindingIn('dismissed'));
    const { out } = await as(analyst, 'pack', 'health');
    expect(out).toMatch(/act:vote +1 +0 +21 % – 100 %\n/);
    expect(out).toContain('Counted are conclusions since 2026-11-09');
    expect(JSON.parse((await as(analyst, '--json', 'pack', 'health')).out)).toMatchObject({
      rules: [{ rule: 'act:vote', dismissed: 1 }, { rule: 'target:number' }],
    });
  });
});

describe('netral pack new contest', () => {
  it('writes a pack to fill in, and overwrites nothing', async () => {
    const { as } = await aTerminal();
    const { code, out } = await as(admin, 'pack', 'new', 'contest', 'baru.yaml');
    expect(code).toBe(0);
    expect(out).toContain('baru.yaml is written.');
    expect(readFileSync(join(folder, 'baru.yaml'), 'utf8')).toBe(
      readFileSync(join(packs, 'template/contest.yaml'), 'utf8'),
    );
    const again = await as(admin, 'pack', 'new', 'contest', 'baru.yaml');
    expect(again.code).toBe(1);
    expect(again.err).toContain('It is there already');
    expect((await as(admin, 'pack', 'new', 'contest', 'nowhere/x.yaml')).err).toContain(
      'Its folder is not there',
    );
  });
});

describe('a pack that is half filled in', () => {
  it('is refused with a line for every place that waits', async () => {
    const { as } = await aTerminal();
    const copy = packsWith('contests/pilbup-sukamaju.yaml', (text) =>
      text.replace(/^area: .*$/m, 'area: ~').replace(/^timeZone: .*$/m, 'timeZone: Asia/Bekasi'),
    );
    const { code, err } = await as(admin, 'pack', 'check', copy);
    expect(code).toBe(1);
    expect(err).toContain('pilbup-sukamaju.yaml: area is not filled in.\n');
    expect(err).toContain('pilbup-sukamaju.yaml: timeZone: Invalid option');
  });
});

describe('netral pack schema', () => {
  it('prints the documentation, and schemas for an editor', async () => {
    const { as } = await aTerminal();
    const docs = readFileSync(join(packs, '../docs/packs.md'), 'utf8');
    expect((await as(admin, 'pack', 'schema')).out).toBe(docs);
    expect(JSON.parse((await as(admin, '--json', 'pack', 'schema')).out)).toMatchObject({
      contest: { type: 'object', properties: { area: { type: 'string' } } },
    });
  });
});
