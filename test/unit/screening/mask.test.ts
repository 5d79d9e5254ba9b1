import { describe, expect, it } from 'vitest';
import { claimsOf } from '../../../shared/domain/screening/claims.js';
import { inspect } from '../../../shared/domain/screening/inspect.js';
import { mask } from '../../../shared/domain/screening/mask.js';
import type { Scene } from '../../../shared/domain/screening/scene.js';
import { tablesOf } from '../../../shared/domain/screening/tables.js';
import { LocalDate } from '../../../shared/domain/time.js';
import { samplePacks } from './sample-packs.js';

const { languages, contests } = samplePacks();
const tables = tablesOf(languages, contests);
const on = { index: 0, day: LocalDate.parse('2029-10-10') };

const sceneOf = (text: string): Scene => {
  const { reading, matches } = inspect([{ text }], tables);
  return mask(reading, claimsOf(reading, matches, on), contests[0]!);
};
const targets = (text: string): string[] => sceneOf(text).targets.map(({ rule }) => rule);

describe('mask', () => {
  it.each([
    'Arga',
    'Pak Arga',
    'Arga Wiraksana',
    'Arga–Binar',
    'Arga dan Binar',
    'Bu Binar',
    'Partai Mentari',
    '@argabinar_sukamaju',
    '#ArgaMenang',
    '#argamenang',
  ])('makes one symbol of "%s"', (text) => {
    expect(targets(text)).toEqual(['contestant']);
    expect(sceneOf(text).symbols).toBe(1);
  });

  it('takes names before any word of a language may use them', () => {
    const { acts, targets: found } = sceneOf('#ArgaMenang');
    expect(acts).toEqual([]);
    expect(found).toHaveLength(1);
  });

  it('takes a slogan for a contestant only where an election is spoken of', () => {
    expect(targets('Lanjutkan pembangunan jalan')).toEqual([]);
    expect(targets('Lanjutkan! Pilkada sudah dekat')).toEqual(['contestant']);
    expect(targets('#Lanjutkan')).toEqual(['contestant']);
  });

  it.each([
    'pilih nomor 2',
    'coblos 2',
    'coblos no. 2',
    'dukung nomor urut 03',
    'paslon 01',
    'paslon1',
    'Pilkada: 01',
    'nyoblos nomor dua',
    'pilkada 2️⃣',
    'arahan pimpinan: nomor 2',
  ])('sees a ballot number in "%s"', (text) => {
    expect(targets(text)).toEqual(['ballot-number']);
  });

  it.each([
    'nomor 2',
    '02',
    'TPS 02 pilkada',
    'pilkada tanggal 02',
    'coblos 1 kali',
    'coblos di TPS 02',
    'pilkada 01 Januari',
    'pilih 2 menu',
    'nomor antrean 02, pilkada',
    'paslon nomor 7',
    'pilkada: rasanya nomor satu',
    'kode01 pilkada',
  ])('sees no ballot number in "%s"', (text) => {
    expect(targets(text)).toEqual([]);
  });

  it('knows when all who stand are named, however they are named', () => {
    expect(sceneOf('Arga–Binar, nomor 2, Pak Eka').listsAll).toBe(true);
    expect(sceneOf('Arga, Candra, Arga').listsAll).toBe(false);
  });

  it('counts a name of any length as one symbol', () => {
    const places = ['tidak Arga hebat', 'tidak Candra Adi Suryanagara hebat'].map((text) =>
      sceneOf(text).acts.map(({ start, end }) => [start, end]),
    );
    expect(places).toEqual([[[3, 4]], [[3, 4]]]);
  });
});
