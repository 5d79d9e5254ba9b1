import * as z from 'zod';
import { ITEM, PASSAGE } from '../limits.js';
import { covers, isActive, Stage, stageAt, type AreaCode } from '../calendar/contest.js';
import { ContestId, ProvisionId } from '../ids.js';
import type { Instant } from '../time.js';
import { explainerOf } from './explain.js';
import type { Packs } from './packs.js';
import { CodePack } from './code-pack.js';

const Bilingual = CodePack.shape.title;

/** A text that nobody has posted yet. */
export interface Draft {
  readonly text: string;
  /** When it is to be posted. */
  readonly postedAt: Instant;
  /** Where its writer lives and works; `null` for whoever does not say: then every contest counts. */
  readonly area: AreaCode | null;
}

/** What the screening would say of a draft, and why. It holds nothing of who asked. */
export const SelfCheck = z.strictObject({
  /** `no-contest`: no contest is on there at that time, so nobody would look at all. */
  verdict: z.enum(['none', 'indicated', 'undecided', 'no-contest']),
  /** Why, in one Indonesian sentence. */
  reason: z.string().max(PASSAGE),
  /** The contests that the draft was read for. */
  contests: z.array(z.strictObject({ id: ContestId, title: Bilingual, stage: Stage.nullable() })).max(ITEM),
  /** The provisions that it might touch. */
  provisions: z
    .array(z.strictObject({ id: ProvisionId, form: Bilingual, basis: z.string().max(PASSAGE) }))
    .max(ITEM),
  /** The words that led there: UTF-16 offsets into the draft. */
  words: z.array(z.strictObject({ start: z.int(), end: z.int(), words: z.string().max(ITEM) })).max(ITEM),
});
export type SelfCheck = z.infer<typeof SelfCheck>;

const NO_CONTEST =
  'Tidak ada pemilihan yang berlangsung di wilayah dan pada waktu itu, jadi tidak ada yang dibaca.';

/** Reads drafts as posts are read, by the same screening. It keeps nothing and needs nothing but the packs. */
export const selfCheckerOf = (packs: Packs): ((draft: Draft) => SelfCheck) => {
  const explain = explainerOf(packs);
  return ({ text, postedAt, area }) => {
    const on = packs.contests.filter(
      (contest) => isActive(contest, postedAt) && (area === null || covers(contest.area, area)),
    );
    const contests = on.map((contest) => ({
      id: contest.id,
      title: contest.title,
      stage: stageAt(contest, postedAt),
    }));
    if (on.length === 0)
      return { verdict: 'no-contest', reason: NO_CONTEST, contests, provisions: [], words: [] };
    const { verdict, reason } = explain({
      parts: [{ field: 'body', text }],
      context: null,
      postedAt,
      contests: on.map(({ id }) => id),
    });
    if (verdict.kind !== 'indicated')
      return { verdict: verdict.kind, reason, contests, provisions: [], words: [] };
    const { provisions, spans } = verdict;
    return {
      verdict: 'indicated',
      reason,
      contests,
      provisions: packs.code.provisions
        .filter(({ id }) => provisions.includes(id))
        .map(({ id, form, basis }) => ({ id, form, basis })),
      words: spans.map(({ start, end }) => ({ start, end, words: text.slice(start, end) })),
    };
  };
};
