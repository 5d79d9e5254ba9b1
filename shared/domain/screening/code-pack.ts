import * as z from 'zod';
import { Text } from '../fields.js';
import { ITEM, LINE, PASSAGE } from '../limits.js';
import { ProvisionId, Slug } from '../ids.js';

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

/** Of the rules, the code alone. */
export const CodeOnly = z.object({ code: CodePack });
export type CodeOnly = z.infer<typeof CodeOnly>;
