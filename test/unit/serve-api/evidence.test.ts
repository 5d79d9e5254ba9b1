import { createHash } from 'node:crypto';
import { strFromU8, unzipSync } from 'fflate';
import { parse, type DefaultTreeAdapterTypes } from 'parse5';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { fileIn, FileKey, filesOf, KeptFile } from '../../../shared/domain/files.js';
import type { Person } from '../../../shared/domain/registry/person.js';
import { Evidence } from '../../../shared/domain/review/evidence.js';
import type { Finding, FindingState } from '../../../shared/domain/review/finding.js';
import { commitmentTo, firstBreak } from '../../../shared/domain/review/history.js';
import { personActs } from '../../../shared/domain/review/transition.js';
import { aFinding } from '../../fixtures/finding.js';
import { anAccount, NOW } from '../../fixtures/registry.js';
import { ACTS, aFindingIn, anAnalyst, around, moved, theHolder } from '../../fixtures/review.js';
import { aWorld, somebody } from './world.js';

const deputy = somebody('deputy');
const chief = somebody('supervisor', { roles: ['supervisor'], actedBy: deputy.id });
const holder = somebody('person', { supervisor: chief.id, name: 'Sari <b>Lestari</b>' });
const analyst = somebody('fourth', { roles: ['analyst'] });
const officer = somebody('officer', { roles: ['officer'] });
const Handout = z.object({ sha256: z.string(), link: z.string(), bytes: z.number() });
const path = `/findings/${aFinding().id}/evidence`;

const aCase = async (finding: Finding) => {
  const world = await aWorld();
  await world.onRecord(deputy, chief, holder, analyst, officer);
  await world.accounts.save(anAccount());
  await world.findings.create(finding);
  const ask = (as: Person) => world.call(`POST ${path}`, { as });
  const opened = async (as: Person) => {
    const answer = await ask(as);
    expect(answer.status).toBe(201);
    const { sha256, link } = Handout.parse(await answer.json());
    const key = FileKey.parse(new URL(link).pathname.slice(1));
    const bytes = (await world.files.read(key)) ?? new Uint8Array();
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(sha256);
    return { bytes, files: unzipSync(bytes), sha256 };
  };
  return { ...world, ask, opened };
};

const text = (files: Record<string, Uint8Array>, name: string): string =>
  strFromU8(files[name] ?? new Uint8Array());

const elementsOf = (node: DefaultTreeAdapterTypes.Node): string[] => [
  node.nodeName,
  ...('attrs' in node ? node.attrs.map(({ name, value }) => `${name}=${value}`) : []),
  ...('childNodes' in node
    ? node.childNodes.filter(({ nodeName }) => nodeName !== '#text').flatMap(elementsOf)
    : []),
];

describe('the evidence pack', () => {
  it('holds a page, the same for programs, and the hashes of both', async () => {
    const { opened } = await aCase(aFindingIn('referred'));
    const { files } = await opened(deputy);
    expect(Object.keys(files).sort()).toEqual(['SHA256SUMS', 'bukti.html', 'bukti.json']);
    const sums = text(files, 'SHA256SUMS').trim().split('\n');
    expect(sums).toEqual(
      ['bukti.html', 'bukti.json'].map(
        (name) => `${createHash('sha256').update(files[name]!).digest('hex')}  ${name}`,
      ),
    );
    const page = text(files, 'bukti.html');
    for (const told of ['23 November 2026, 12.00 WIB', 'Dinas Pendidikan', aFinding().uri, 'bukan putusan'])
      expect(page).toContain(told);
  });

  it('can be checked: the chain holds, and the words that are told are those of the commitments', async () => {
    const { opened } = await aCase(aFindingIn('confirmed'));
    const { chain, contents, finding } = Evidence.parse(
      JSON.parse(text((await opened(deputy)).files, 'bukti.json')),
    );
    expect(firstBreak({ id: finding.id, history: chain })).toBeNull();
    const numbers = Object.keys(contents);
    expect(numbers.length).toBeGreaterThan(2);
    for (const number of numbers)
      expect(commitmentTo(contents[number]!)).toBe(chain[Number(number)]?.commitment);
    const told = numbers.map((number) => chain[Number(number)]?.act);
    expect(told).not.toContain('clarify');
  });

  it('is the same bytes for the holder as for the superior, and on record for each', async () => {
    const { opened, record } = await aCase(aFindingIn('referred'));
    const [one, other] = [await opened(deputy), await opened(holder)];
    expect(other.sha256).toBe(one.sha256);
    expect(record.entries).toEqual(
      [deputy, holder].map(({ id }) => ({
        kind: 'evidence',
        at: NOW,
        person: id,
        finding: aFinding().id,
        hash: one.sha256,
      })),
    );
  });

  it.each([
    ['an analyst', analyst],
    ['the officer', officer],
  ])('is not there for %s', async (_who, as) => {
    const { ask, record } = await aCase(aFindingIn('referred'));
    expect((await ask(as)).status).toBe(404);
    expect(record.entries).toEqual([]);
  });

  it.each([
    'indicated',
    'clarifying',
    'deciding',
    'dismissed',
    'withdrawn',
  ] as const satisfies FindingState[])('is not made of what is %s', async (state) => {
    const { ask, record } = await aCase(aFindingIn(state));
    for (const as of [deputy, holder]) expect([404, 409]).toContain((await ask(as)).status);
    expect(record.entries).toEqual([]);
  });

  it('says of a file that is no longer there that it is not, and holds the rest', async () => {
    const [kept, gone] = ['ab', 'cd'].map((digits) =>
      KeptFile.parse({ file: `${digits.repeat(32)}.png`, bytes: 4, name: `${digits}.png` }),
    );
    const asked = aFindingIn('clarifying', {
      submitted: true,
      capture: { kept: gone!, at: NOW, by: analyst.id, as: 'analyst' },
    });
    const heard = moved(personActs(asked, { ...ACTS.answer, files: [kept!] }, theHolder, around()));
    const referred = moved(personActs(heard, ACTS.refer, anAnalyst('second'), around()));
    const { opened, files: store, reports } = await aCase(referred);
    await store.put(fileIn(filesOf({ finding: referred.id }), kept!.file), {
      bytes: Buffer.from('\x89PNG', 'latin1'),
      type: 'image/png',
    });
    const { files } = await opened(deputy);
    expect(Object.keys(files)).toContain(`berkas/${kept!.file}`);
    expect(Object.keys(files)).not.toContain(`berkas/${gone!.file}`);
    const { missing, finding } = Evidence.parse(JSON.parse(text(files, 'bukti.json')));
    expect(missing).toEqual([gone!.file]);
    expect(finding.capture?.file).toBe(gone!.file);
    expect(text(files, 'bukti.html')).toContain(`${gone!.file} (berkas ini tidak ada lagi pada sistem)`);
    expect(text(files, 'bukti.html')).toContain(`berkas/${kept!.file}`);
    expect(text(files, 'SHA256SUMS')).not.toContain(gone!.file);
    expect(reports).toContainEqual({
      event: 'evidence-files-missing',
      facts: { files: 1, finding: referred.id },
    });
  });

  it('stays one page whatever people have written', async () => {
    const written = (words: string): Finding => {
      const parts = [{ field: 'body' as const, text: words }];
      const asked = aFindingIn('clarifying', { parts, context: { relation: 'quote', text: words } });
      const heard = moved(personActs(asked, { ...ACTS.answer, words }, theHolder, around()));
      return moved(
        personActs(heard, { ...ACTS.refer, words: `${words}.........` }, anAnalyst('second'), around()),
      );
    };
    const elements = async (words: string): Promise<string[]> =>
      elementsOf(parse(text((await (await aCase(written(words))).opened(deputy)).files, 'bukti.html')));
    const plain = await elements('kata biasa');
    for (const hostile of [
      '</p><script>alert(1)</script>',
      '"><img src=x onerror=alert(1)>',
      '</style></html><!--',
      ']]><svg/onload=1>',
      '&lt;b&gt; &#x3c;i&#x3e;',
      '\u0000\u202e<a href="javascript:1">',
    ])
      expect(await elements(hostile), hostile).toEqual(plain);
    expect(plain.join(' ')).not.toMatch(/script|href=|src=/);
  });
});
