import * as z from 'zod';
import { ITEM, LINE, PASSAGE } from '../limits.js';
import { ContestCalendar } from '../calendar/contest.js';
import { ProvisionId, sha256 } from '../ids.js';
import { LocalDate } from '../time.js';
import { expand, itemsOf, type Sets } from './term-list.js';
import type { PackRef } from './verdict.js';

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

const Slug = z
  .string()
  .max(LINE)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/);
const Version = z
  .string()
  .max(LINE)
  .regex(/^\d+\.\d+\.\d+$/);
const Words = z.string().trim().min(1).max(120);
const Bilingual = z.strictObject({
  id: z.string().min(1).max(PASSAGE),
  en: z.string().min(1).max(PASSAGE),
});
/** Where a statement comes from: a rule with its number, or an address. */
const Sources = z.array(z.string().min(1).max(PASSAGE)).min(1).max(ITEM);

const Provision = z.strictObject({
  id: ProvisionId,
  tier: z.enum(['ethics', 'discipline']),
  form: Bilingual,
  basis: z.string().min(1).max(PASSAGE),
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
    z.strictObject({ before: z.array(ProvisionId), after: z.array(ProvisionId), why: z.string().min(1) }),
  ),
});
export type CodePack = z.infer<typeof CodePack>;

/**
 * `strong` indicates beside a contestant. `leaning` does so beside one who is spoken of as a contestant (a ticket, a
 * ballot number, a campaign's hashtag, an election). Of others it takes two different acts, as of `weak` ones anywhere.
 * `beside` only says more about a post that is indicated anyway.
 */
export const Strength = z.enum(['strong', 'leaning', 'weak', 'beside']);
export type Strength = z.infer<typeof Strength>;

/**
 * Counts only directly `before` a contestant (*tetap Arga*) or directly `after` one (*Arga, presiden kita*); `closing` also
 * takes that nothing follows in the clause but fillers: *Arga terus!* cheers, *Arga terus bekerja* tells.
 */
export const Touching = z.enum(['before', 'after', 'closing']);

/** What words tell about the words around them. */
export const Cue = z.enum([
  /** An election is spoken of: numbers and slogans may be a contestant's. */
  'election',
  /** The number that follows is a ballot number, if an election is spoken of. */
  'introducer',
  /** The number that follows counts or names something else: *TPS 02*. */
  'numbered',
  /** The number before is an amount or a date: *2 gelas*, *27 November*. */
  'counted',
  /** There are others who stand: *yang lain*, *lawannya*. */
  'rivals',
  /** A question that ends so asks nothing: *Saya pilih dia, kenapa?* */
  'tag-question',
  /** The writer speaks: *saya*, *yuk*. A text with none of these may be a headline. */
  'own-voice',
  /** It belongs to the name that follows: *Pak, Prof.* */
  'title',
  /** A verb that tells what its subject does, if a name or a capital stands before it: *Fulan ajak …*. */
  'telling',
  /** What it follows no longer holds: *tidak suka politik, tapi …*. No negation reaches across. */
  'turn',
  /** What follows is what somebody likes less: *Arga daripada Candra*. */
  'than',
  /** It says nothing of its own: *memang, sih, banget*. A sentence of acts, contestants and these says nothing else. */
  'filler',
]);
export type Cue = z.infer<typeof Cue>;

export const Scope = z.enum([
  /** The next few words of the clause: negation. */
  'next',
  /** All that follows in its clause until the writer speaks: *warga desa itu dukung …*, but not *…, saya dukung*. */
  'clause',
  'sentence',
  'text',
]);
export type Scope = z.infer<typeof Scope>;

export const Cancels = z.enum([
  'all',
  /** Strong acts are left alone. */
  'weak',
  /** What somebody does, calls for or wishes is not theirs who posts it; praise is. */
  'deeds',
]);
export type Cancels = z.infer<typeof Cancels>;

/** Words one by one, or as a text with commas or line ends between them. */
const List = z.union([z.array(Words), z.string().transform(itemsOf).pipe(z.array(Words))]);
const Terms = List.refine((terms) => terms.length > 0, 'is empty');

const WrittenLanguage = z.strictObject({
  id: Slug,
  version: Version,
  language: z.string().regex(/^[a-z]{2,3}(-[a-z0-9]{2,8})*$/),
  name: Bilingual,
  sources: Sources,
  /** The words of a language that no native reader has reviewed may speak for a post, never against it. */
  review: z.union([z.literal('unreviewed'), z.strictObject({ by: z.string().min(1), on: LocalDate })]),
  /** How people write a word, by the word that the terms below use. */
  spellings: z.record(Words, z.array(Words).min(1)),
  numbers: z.record(Words, z.int().min(0).max(99)),
  /** Endings that a term may take (*pilih-lah*). */
  endings: z.array(Words),
  /** Words that terms call for by the name of their set. */
  sets: z.record(Slug, List).default({}),
  acts: z.array(
    z.strictObject({
      rule: Slug,
      act: Act,
      strength: Strength,
      touching: Touching.nullable().default(null),
      /** It takes an object: a contestant right before it, with none behind, is who does it. */
      transitive: z.boolean().default(false),
      terms: Terms,
    }),
  ),
  /** Words for a contestant that name none: *jagoan kita*, *petahana*. */
  generics: z.array(z.strictObject({ rule: Slug, terms: Terms })),
  cues: z.array(z.strictObject({ rule: Slug, cue: Cue, terms: Terms })),
  suppressors: z.array(
    z.strictObject({
      rule: Slug,
      scope: Scope,
      cancels: Cancels,
      terms: Terms,
    }),
  ),
  /** The most frequent words, by which the language is told from others. */
  common: List,
});
type WrittenLanguage = z.infer<typeof WrittenLanguage>;

/** A language with every term written out. */
export const LanguagePack = WrittenLanguage.transform((written, context): WrittenLanguage => {
  const expandAll = (terms: readonly string[], sets: Sets, path: PropertyKey[]): string[] =>
    terms.flatMap((term) => {
      const expanded = expand(term, sets);
      if (expanded.kind === 'terms') return expanded.terms;
      context.addIssue({ code: 'custom', message: `"${term}": ${expanded.why}`, path });
      return [];
    });
  const sets: Record<string, string[]> = {};
  for (const [name, words] of Object.entries(written.sets))
    sets[name] = expandAll(words, sets, ['sets', name]);
  const rules = <Rule extends { readonly terms: string[] }>(key: string, all: readonly Rule[]): Rule[] =>
    all.map((rule, at) => ({ ...rule, terms: expandAll(rule.terms, sets, [key, at, 'terms']) }));
  return {
    ...written,
    sets,
    acts: rules('acts', written.acts),
    generics: rules('generics', written.generics),
    cues: rules('cues', written.cues),
    suppressors: rules('suppressors', written.suppressors),
  };
});
export type LanguagePack = z.infer<typeof LanguagePack>;

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
  source: z.string().min(1),
});

export const ContestPack = ContestCalendar.extend({
  version: Version,
  sources: Sources,
  contestants: z.array(Contestant).min(1),
  slang: z.array(Slang),
});
export type ContestPack = z.infer<typeof ContestPack>;

/** All that the screening knows, as data. */
export const Packs = z.strictObject({
  code: CodePack,
  languages: z.array(LanguagePack).min(1),
  contests: z.array(ContestPack),
});
export type Packs = z.infer<typeof Packs>;

/** What is asked and when, without the words by which texts are read. */
export const Rules = Packs.pick({ code: true, contests: true });
export type Rules = z.infer<typeof Rules>;

const canonical = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([left], [right]) => (left < right ? -1 : 1))
      .map(([key, inner]) => [key, canonical(inner)]),
  );
};

/** How a finding names the pack that made it. The hash is of the content, whatever the order of its keys. */
export const packRef = (pack: CodePack | LanguagePack | ContestPack): PackRef => ({
  id: pack.id,
  version: pack.version,
  hash: sha256(JSON.stringify(canonical(pack))),
});
