import * as z from 'zod';
import { Text } from '../fields.js';
import { Slug } from '../ids.js';
import { LocalDate } from '../time.js';
import { Cancels, Cue, Scope, Strength, Touching } from './meaning.js';
import { Act, Bilingual, CodePack, Sources, Version, Words } from './code-pack.js';
import { ContestPack } from './rules.js';
import { expand, itemsOf, type Sets } from './term-list.js';

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
