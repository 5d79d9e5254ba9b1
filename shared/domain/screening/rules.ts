import * as z from 'zod';
import { ContestCalendar } from '../calendar/contest.js';
import { Text } from '../fields.js';
import { Slug } from '../ids.js';
import { LocalDate } from '../time.js';
import { Act, CodePack, Sources, Version, Words } from './code-pack.js';

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
