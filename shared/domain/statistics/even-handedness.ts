import * as z from 'zod';
import { ANSWER, LINE, PASSAGE } from '../limits.js';
import { chanceOf, type Tried } from './chi-square.js';
import { Month, type CountRow, type Dimension } from './counts.js';
import { dismissedIn, lookedIn, suppressed } from './suppress.js';
import { Share, share } from './wilson.js';

const Sentence = z.strictObject({ id: z.string().max(PASSAGE), en: z.string().max(PASSAGE) });

const Comparison = z.strictObject({
  of: z.enum(['indication', 'dismissal', 'referral']),
  by: z.enum(['side', 'unit', 'position']),
  groups: z.array(z.strictObject({ group: z.string().max(LINE), share: Share })).max(ANSWER),
  /** How often chance alone makes a difference at least as large; `null` where there are too few to tell. */
  chance: z.number().nullable(),
  says: Sentence,
});
export type Comparison = z.infer<typeof Comparison>;

/** Whether the sides, units and positions are treated alike, from counts that hold no person. */
export const EvenHandedness = z.strictObject({
  from: Month,
  to: Month,
  comparisons: z.array(Comparison).max(ANSWER),
});
export type EvenHandedness = z.infer<typeof EvenHandedness>;

/** Over all comparisons of a report: one without any difference alarms once in twenty. */
const RARE = 0.05;

const OF = {
  indication: { id: 'unggahan yang diindikasikan', en: 'posts that were indicated' },
  dismissal: { id: 'indikasi yang ditutup', en: 'indications that were dismissed' },
  referral: { id: 'indikasi yang diteruskan', en: 'indications that were referred' },
} as const;
const BY = {
  side: { id: 'peserta pemilihan', en: 'contestants' },
  unit: { id: 'unit kerja', en: 'units' },
  position: {
    id: 'pejabat yang memimpin dan yang tidak',
    en: 'people who lead others and people who do not',
  },
} as const;

const sentence = (
  { of, by }: Pick<Comparison, 'of' | 'by'>,
  chance: number | null,
  tests: number,
): z.infer<typeof Sentence> => {
  if (chance === null)
    return {
      id: `Jumlahnya terlalu sedikit untuk membandingkan bagian ${OF[of].id} antar-${BY[by].id}.`,
      en: `There are too few to compare the share of ${OF[of].en} between ${BY[by].en}.`,
    };
  if (chance * tests < RARE)
    return {
      id: `Bagian ${OF[of].id} berbeda antar-${BY[by].id} lebih daripada yang biasa terjadi karena kebetulan. Perbedaan ini belum membuktikan keberpihakan, tetapi sebabnya harus dicari.`,
      en: `The share of ${OF[of].en} differs between ${BY[by].en} by more than chance usually makes it. That does not prove partiality, but its cause must be looked for.`,
    };
  return {
    id: `Perbedaan bagian ${OF[of].id} antar-${BY[by].id} dapat terjadi karena kebetulan.`,
    en: `The difference in the share of ${OF[of].en} between ${BY[by].en} could be chance.`,
  };
};

type Measured = Tried & { readonly group: string };

/** Texts that name nobody or several are of no side. */
const isSide = ({ value }: CountRow): boolean => value.includes('/');

export const evenHandedness = (
  rows: readonly CountRow[],
  period: Pick<EvenHandedness, 'from' | 'to'>,
): EvenHandedness => {
  const by = (dimension: Dimension) => rows.filter((row) => row.dimension === dimension);
  const sides = by('side').filter(isSide);
  const measured = (of: Comparison['of'], among: readonly CountRow[]): Measured[] =>
    among.flatMap(({ value: group, events }) => {
      const n = of === 'indication' ? (events.post ?? 0) : lookedIn(events);
      const hits =
        of === 'indication'
          ? (events.indicate ?? 0)
          : of === 'dismissal'
            ? dismissedIn(events)
            : (events.refer ?? 0);
      return n === 0 ? [] : [{ group, n, hits: Math.min(hits, n) }];
    });
  const told = (of: 'dismissal' | 'referral', dimension: 'unit' | 'position'): Measured[] =>
    suppressed(by(dimension)).groups.flatMap(({ group, looked, outcome }) =>
      outcome === null
        ? []
        : [{ group, n: looked, hits: of === 'dismissal' ? outcome.dismissed : outcome.referred }],
    );
  const all: (Pick<Comparison, 'of' | 'by'> & { readonly groups: readonly Measured[] })[] = [
    { of: 'indication', by: 'side', groups: measured('indication', sides) },
    { of: 'dismissal', by: 'side', groups: measured('dismissal', sides) },
    { of: 'referral', by: 'side', groups: measured('referral', sides) },
    { of: 'dismissal', by: 'unit', groups: told('dismissal', 'unit') },
    { of: 'referral', by: 'unit', groups: told('referral', 'unit') },
    { of: 'dismissal', by: 'position', groups: told('dismissal', 'position') },
    { of: 'referral', by: 'position', groups: told('referral', 'position') },
  ];
  return {
    ...period,
    comparisons: all.map(({ groups, ...what }) => {
      const chance = chanceOf(groups);
      return {
        ...what,
        groups: groups.map(({ group, hits, n }) => ({ group, share: share(hits, n) })),
        chance,
        says: sentence(what, chance, all.length),
      };
    }),
  };
};
