import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import * as z from 'zod';
import { ProvisionId } from '../../shared/domain/ids.js';
import type { Seeded } from './seeded.js';

/** The themes of `texts/`, none of which indicates anything. */
export const THEMES = [
  'daily',
  'work',
  'voters',
  'campaign',
  'criticism',
  'lookalikes',
  'sports',
  'faith',
  'sales',
  'javanese',
  'sundanese',
  'minangkabau',
  'regional',
] as const;
export type Theme = (typeof THEMES)[number];

/** Regional languages that a holder either writes in or does not. */
export const TONGUES = ['javanese', 'sundanese', 'minangkabau'] as const satisfies readonly Theme[];
export type Tongue = (typeof TONGUES)[number];

/** A text as it is written in `texts/`, its slots still open. */
export interface SampleText {
  readonly theme: Theme;
  readonly title: string | null;
  readonly text: string;
}

/** A text that indicates, and what a reader of the code would see in it. */
export const Indication = z.strictObject({
  text: z.string().min(1),
  provisions: z.array(ProvisionId).min(1),
  /** When it is posted: while the contestants are prospective, in the campaign, or after the sample has started. */
  stage: z.enum(['prospective', 'campaign', 'later']).default('campaign'),
  language: z.enum(TONGUES).nullable().default(null),
  note: z.string().min(1),
});
export type Indication = z.infer<typeof Indication>;

const read = (file: string): string => readFileSync(new URL(`texts/${file}`, import.meta.url), 'utf8');

const themeTexts = (theme: Theme): SampleText[] =>
  read(`${theme}.txt`)
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('# '))
    .map((line) => {
      const [first = '', body] = line.replaceAll('\\n', '\n').split(' || ');
      return body === undefined ? { theme, title: null, text: first } : { theme, title: first, text: body };
    });

export const sampleTexts = (): readonly SampleText[] => THEMES.flatMap(themeTexts);

export const sampleIndications = (): readonly Indication[] =>
  z.array(Indication).parse(parse(read('indications.yaml')));

const VILLAGES = [
  'Desa Mekarwangi',
  'Desa Sukasari',
  'Desa Tirtasari',
  'Desa Karangjati',
  'Kelurahan Melati',
  'Kampung Cempaka',
];
const PLACES = [
  'Pasar Induk Sukamaju',
  'Kampung Cempaka',
  'Desa Mekarwangi',
  'Desa Sukasari',
  'Kelurahan Melati',
  'Simpang Tugu Padi',
  'Waduk Jatibening',
  'Perumahan Griya Asri',
  'Dusun Randu',
  'Kampung Baru',
  'Desa Tirtasari',
  'Terminal Lama',
];
const SLOTS: Readonly<Record<string, readonly string[]>> = {
  tempat: PLACES,
  desa: VILLAGES,
  hari: ['Senin', 'Selasa', 'Rabu', 'Kamis', 'Jumat', 'Sabtu'],
  menu: [
    'soto ayam',
    'sayur asem',
    'rendang',
    'tempe mendoan',
    'gulai nangka',
    'pepes ikan',
    'nasi uduk',
    'lontong sayur',
    'opor ayam',
    'sambal goreng kentang',
  ],
  nama: ['Rani', 'Dimas', 'Tuti', 'Yanti', 'Wawan', 'Lusi', 'Hasan', 'Ningrum', 'Rudi', 'Maya'],
  ibu: ['Tuti', 'Yanti', 'Lusi', 'Ningrum', 'Maya', 'Sumarni'],
  bapak: ['Wawan', 'Hasan', 'Rudi', 'Tarno', 'Sobirin', 'Marjuki'],
  unit: [
    'Dinas Pendidikan',
    'Dinas Kesehatan',
    'Dinas Pekerjaan Umum',
    'Sekretariat Daerah',
    'Kecamatan Sukamaju Kota',
  ],
  jam: ['05.30', '06.15', '07.00', '09.45', '13.20', '16.00', '18.40', '20.10'],
  n: ['4', '5', '6', '7', '8', '9', '11', '12'],
  angka: ['12', '18', '25', '34', '47', '60', '85', '120', '146', '210'],
  ribu: ['25', '30', '45', '60', '75', '90', '120', '150', '200', '350'],
  tahun: ['1998', '2003', '2006', '2009', '2014'],
  tps: ['02', '05', '07', '11', '14'],
};

export const hasSlots = (text: string): boolean => /\{[a-z]+\}/.test(text);

/** Fills a text's slots; `{coblos}` is the day of voting. */
export const fill = (text: string, votingDay: string, chance: Seeded): string =>
  text.replaceAll(/\{([a-z]+)\}/g, (slot, name: string) => {
    if (name === 'coblos') return votingDay;
    const choices = SLOTS[name];
    if (choices === undefined) throw new Error(`A sample text has the unknown slot ${slot}`);
    return chance.pick(choices);
  });
