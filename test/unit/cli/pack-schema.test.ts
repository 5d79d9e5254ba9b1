import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { describe, expect, it } from 'vitest';
import { describePacks } from '../../../cli/describe-packs.js';
import { ContestPack } from '../../../shared/domain/screening/rules.js';
import { compileScreener } from '../../../shared/domain/screening/screen.js';
import { Instant } from '../../../shared/domain/time.js';
import { packFaults } from '../../../shared/domain/screening/pack-faults.js';
import { anInput, samplePacks } from '../screening/sample-packs.js';

const root = join(import.meta.dirname, '../../..');
const template = readFileSync(join(root, 'packs/template/contest.yaml'), 'utf8');

/** What somebody in Sukamaju would write over each ~, by the key that it stands at. */
const ANSWERS: Readonly<Record<string, string>> = {
  id: 'pilbup-sukajadi-2029',
  'title.id': 'Pemilihan Bupati Sukajadi 2029',
  'title.en': 'Election of the regent of Sukajadi, 2029',
  area: '99.02',
  timeZone: 'Asia/Makassar',
  'sources.0': 'Keputusan KPU Kabupaten Sukajadi 12/2029',
  'contestants.0.key': 'hana-indra',
  'contestants.0.tickets.0': 'Hanawati–Indrawan',
  'contestants.0.people.0.name': 'Hanawati Suryadilaga',
  'contestants.0.people.1.name': 'Indrawan Kertapati',
};

const answerAt = (path: readonly string[]): string => {
  const [list, stage, key] = path;
  if (list !== 'stages') return ANSWERS[path.join('.')] ?? 'nothing';
  if (key === 'source') return 'Keputusan KPU Kabupaten Sukajadi 11/2029';
  return `2029-0${Number(stage) + 1}-${key === 'from' ? '01' : '28'}`;
};

const hasNumber = (path: readonly string[]): boolean => path.at(-1) === 'number';

/** The places of the template that wait to be filled in. */
const waiting = (value: unknown, path: readonly string[] = []): string[] => {
  if (value === null) return hasNumber(path) ? [] : [path.join('.')];
  if (typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, inner]) => waiting(inner, [...path, key]));
};

/** The template with all of them filled in. */
const filled = (value: unknown, path: readonly string[] = []): unknown => {
  if (value === null) return hasNumber(path) ? null : answerAt(path);
  if (Array.isArray(value)) return value.map((inner, index) => filled(inner, [...path, String(index)]));
  if (typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, filled(inner, [...path, key])]),
  );
};

describe('the documentation of the packs', () => {
  it('is what the schemas say; netral pack schema > docs/packs.md writes it anew', () => {
    expect(readFileSync(join(root, 'docs/packs.md'), 'utf8')).toBe(describePacks());
  });

  it('names every key with what it holds and what it is for', () => {
    const lines = describePacks().split('\n');
    expect(lines).toContain(
      '  - `provisions[].indicable`: `true` or `false`. Whether a machine may name it at all. The others are for people alone.',
    );
    expect(lines).toContain(
      '  - `contestants[].number`: a whole number from 1 to 99, or `null`. The ballot number, `null` until it is drawn.',
    );
  });
});

describe('the template of a contest', () => {
  it('is refused with every place that waits', () => {
    const read = ContestPack.safeParse(parse(template));
    const refused = (read.error?.issues ?? []).map(({ path }) => path.join('.'));
    expect(waiting(parse(template))).toHaveLength(9 + 7 * 3 + 1);
    expect(refused).toEqual(expect.arrayContaining(waiting(parse(template))));
  });

  it('holds once it is filled in, goes with the other packs, and is used', () => {
    const pack = ContestPack.parse(filled(parse(template)));
    const packs = samplePacks({ contests: [pack] });
    expect(packFaults(packs)).toEqual([]);
    const screen = compileScreener(packs);
    const input = { contests: [pack.id], postedAt: Instant.parse('2029-04-10T03:00:00.000Z') };
    expect(screen(anInput('Jangan lupa coblos Hanawati–Indrawan', input))).toMatchObject({
      kind: 'indicated',
      contest: pack.id,
      stage: 'campaign',
    });
  });
});
