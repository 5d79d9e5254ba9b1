import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Contestant } from '../../../shared/domain/screening/rules.js';
import type { Verdict } from '../../../shared/domain/screening/verdict.js';
import { aContext, anInput, samplePacks, sampleScreener } from './sample-packs.js';

const { contestants } = samplePacks().contests[0]!;
const onBallot = contestants.filter(({ number }) => number !== null);

/** A way of speaking of a contestant, one for each kind of word that a pack holds; `pick` chooses among them. */
const WAYS = {
  name: ({ people }: Contestant, pick: number) => people[pick % people.length]!.name,
  alias: ({ people }: Contestant, pick: number) => people[0]!.aliases[pick % people[0]!.aliases.length]!,
  deputy: ({ people }: Contestant, pick: number) => people[1]!.aliases[pick % people[1]!.aliases.length]!,
  ticket: ({ tickets }: Contestant, pick: number) => tickets[pick % tickets.length]!,
  party: ({ parties }: Contestant, pick: number) => parties[pick % parties.length]!,
  slogan: ({ slogans }: Contestant, pick: number) => slogans[pick % slogans.length]!,
  hashtag: ({ hashtags }: Contestant, pick: number) => hashtags[pick % hashtags.length]!,
  account: ({ accounts }: Contestant) => accounts[0]!,
  number: ({ number }: Contestant) => `nomor ${number!}`,
  ballot: ({ number }: Contestant) => `0${number!}`,
  keycap: ({ number }: Contestant) => `${number!}\ufe0f\u20e3`,
} as const;
const kinds = Object.keys(WAYS).filter((kind): kind is keyof typeof WAYS => kind in WAYS);

const WORDS = [
  ...['ayo', 'coblos', 'pilih', 'dukung', 'jangan pilih', 'tidak', 'menang', 'gaskeun', 'mantap', 'saya'],
  ...[
    'paslon',
    'pilkada',
    'foto bareng',
    'baliho',
    'ikut kampanye',
    'arahan pimpinan',
    'rekan guru',
    'lanjut',
  ],
  ...['bukan', 'netral', 'survei', 'kpu', 'serangan', 'dan', 'di TPS', 'nomor', 'gelas'],
  ...['pemimpin yang terbukti', 'salam satu jari', 'menang satu putaran', 'ojo lali', 'rojong', '🙏'],
  ...['.', '!', '?', ',', ':', '"', '\n', '(', ')', '#'],
] as const;

interface Slot {
  readonly side: number;
  readonly kind: keyof typeof WAYS;
  readonly pick: number;
}
const piece = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...WORDS) },
  {
    weight: 2,
    arbitrary: fc.record({
      side: fc.nat(onBallot.length - 1),
      kind: fc.constantFrom(...kinds),
      pick: fc.nat(9),
    }),
  },
);

const written = (pieces: readonly (string | Slot)[], sides: readonly Contestant[]): string =>
  pieces
    .map((part) => (typeof part === 'string' ? part : WAYS[part.kind](sides[part.side]!, part.pick)))
    .join(' ');

/** All of a verdict but where its words stand. */
const withoutPlaces = (verdict: Verdict): unknown =>
  verdict.kind === 'indicated'
    ? { ...verdict, spans: verdict.spans.map(({ part, rule }) => `${part} ${rule}`) }
    : verdict;

describe('swapping contestants', () => {
  const twoSides = fc
    .tuple(fc.nat(onBallot.length - 1), fc.nat(onBallot.length - 1))
    .filter(([one, other]) => one !== other);
  const swapped = ([one, other]: readonly [number, number]): Contestant[] =>
    onBallot.map((contestant, side) =>
      side === one ? onBallot[other]! : side === other ? onBallot[one]! : contestant,
    );

  it('changes no verdict', () => {
    let indicated = 0;
    fc.assert(
      fc.property(fc.array(piece, { minLength: 1, maxLength: 12 }), twoSides, (pieces, sides) => {
        const verdict = sampleScreener(anInput(written(pieces, onBallot)));
        const other = sampleScreener(anInput(written(pieces, swapped(sides))));
        if (verdict.kind === 'indicated') indicated += 1;
        expect(withoutPlaces(other)).toEqual(withoutPlaces(verdict));
      }),
      { numRuns: 4_000 },
    );
    expect(indicated).toBeGreaterThan(400);
  });

  it('changes no verdict on an answer to them', () => {
    let indicated = 0;
    fc.assert(
      fc.property(
        fc.array(piece, { minLength: 1, maxLength: 6 }),
        fc.constantFrom('Mantap, ini baru pemimpin', 'Siap menangkan, Ndan!', 'Semoga amanah', 'Gas!'),
        twoSides,
        (pieces, text, sides) => {
          const [verdict, other] = [written(pieces, onBallot), written(pieces, swapped(sides))].map(
            (around) => sampleScreener(anInput(text, { context: aContext(`Kampanye ${around}`) })),
          );
          if (verdict!.kind === 'indicated') indicated += 1;
          expect(withoutPlaces(other!)).toEqual(withoutPlaces(verdict!));
        },
      ),
      { numRuns: 1_000 },
    );
    expect(indicated).toBeGreaterThan(100);
  });

  it('treats somebody who only wants to stand like those who do', () => {
    const names = contestants.map(({ people }) => people[0]!.aliases[1]!);
    const verdicts = ['Ayo dukung', 'Pilihan saya', 'Semoga sehat', 'Jangan pilih', 'Tidak dukung'].map(
      (words) => names.map((name) => withoutPlaces(sampleScreener(anInput(`${words} ${name}`)))),
    );
    for (const [first, ...others] of verdicts) for (const other of others) expect(other).toEqual(first);
    expect(verdicts.flat()).toContainEqual({ kind: 'none' });
  });
});
