import * as z from 'zod';
import { Text } from '../fields.js';
import { sha256, Slug } from '../ids.js';
import { LocalDate } from '../time.js';
import { Act, Bilingual, CodePack, ContestPack, Sources, Version, Words } from './rules.js';
import { expand, itemsOf, type Sets } from './term-list.js';
import type { PackRef } from './verdict.js';

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
  review: z.union([z.literal('unreviewed'), z.strictObject({ by: Text, on: LocalDate })]),
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

/** All that the screening knows, as data. */
export const Packs = z.strictObject({
  code: CodePack,
  languages: z.array(LanguagePack).min(1),
  contests: z.array(ContestPack),
});
export type Packs = z.infer<typeof Packs>;

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
