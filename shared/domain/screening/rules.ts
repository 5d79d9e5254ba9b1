import * as z from 'zod';
import { Text } from '../fields.js';
import { ITEM, LINE, PASSAGE } from '../limits.js';
import { ContestCalendar } from '../calendar/contest.js';
import { ProvisionId, Slug } from '../ids.js';
import { LocalDate } from '../time.js';

/** What a post can do for or against a contestant. The code pack says which provisions each may touch. */
export const Act = z.enum([
  'vote',
  'support',
  'oppose',
  'rally',
  'wish',
  'praise',
  'claim',
  'event',
  'attribute',
  'photo',
  'group',
  'team',
  'collecting',
  'pressure',
  'audience',
  'inducement',
]);
export type Act = z.infer<typeof Act>;

export const Version = z
  .string()
  .max(LINE)
  .regex(/^\d+\.\d+\.\d+$/);
export const Words = z.string().trim().min(1).max(120);
const Said = Text.max(PASSAGE);
export const Bilingual = z.strictObject({ id: Said, en: Said });
/** Where a statement comes from: a rule with its number, or an address. */
export const Sources = z.array(Said).min(1).max(ITEM);

const Provision = z.strictObject({
  id: ProvisionId,
  tier: z.enum(['ethics', 'discipline']),
  form: Bilingual,
  basis: Said,
  /** Whether a machine may name it at all. */
  indicable: z.boolean(),
});

export const CodePack = z.strictObject({
  id: Slug,
  version: Version,
  title: Bilingual,
  sources: Sources,
  reservation: Bilingual,
  provisions: z.array(Provision).min(1).max(ITEM),
  /** The provisions an act may touch before and after designation; `why` is for whoever reviews the pack. */
  acts: z.record(
    Act,
    z.strictObject({ before: z.array(ProvisionId), after: z.array(ProvisionId), why: Text }),
  ),
});
export type CodePack = z.infer<typeof CodePack>;

const Person = z.strictObject({ name: Words, aliases: z.array(Words) });

export const Contestant = z.strictObject({
  /** The pack's own name for this contestant; no result ever carries it. */
  key: Slug,
  /** `null` before numbers are drawn, and for somebody who only wants to stand. */
  number: z.int().min(1).max(99).nullable(),
  /** Names of the pair as one, as on the ballot: *Arga–Binar*. */
  tickets: z.array(Words),
  /** None where parties stand, as for a parliament. */
  people: z.array(Person),
  parties: z.array(Words),
  slogans: z.array(Words),
  hashtags: z.array(z.string().regex(/^#\S+$/)),
  /** Campaign accounts that the contestant registered with the election commission. */
  accounts: z.array(z.string().regex(/^@\S+$/)),
});
export type Contestant = z.infer<typeof Contestant>;

/** Words that mean support in this contest and only for a time; after it they are words again. */
const Slang = z.strictObject({
  term: Words,
  act: Act,
  from: LocalDate,
  to: LocalDate,
  source: Text,
});

export const ContestPack = ContestCalendar.extend({
  version: Version,
  sources: Sources,
  contestants: z.array(Contestant).min(1),
  slang: z.array(Slang),
});
export type ContestPack = z.infer<typeof ContestPack>;

/** What is asked and when, without the words by which texts are read. */
export const Rules = z.strictObject({ code: CodePack, contests: z.array(ContestPack) });
export type Rules = z.infer<typeof Rules>;
