import * as z from 'zod';
import { LocalDate } from '../time.js';
import { Act } from './code-pack.js';

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

/** A name or ticket counts anywhere, a hashtag only as one, a slogan as a hashtag or where an election is spoken of. */
export const Role = z.enum(['ticket', 'name', 'hashtag', 'slogan']);
export type Role = z.infer<typeof Role>;

/** What a term says where it stands. `contest` and `contestant` are positions in the packs. */
export const Meaning = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('act'),
    rule: z.string(),
    act: Act,
    strength: Strength,
    touching: Touching.nullable(),
    transitive: z.boolean(),
  }),
  z.strictObject({
    kind: z.literal('slang'),
    rule: z.string(),
    act: Act,
    contest: z.int(),
    from: LocalDate,
    to: LocalDate,
  }),
  z.strictObject({
    kind: z.literal('contestant'),
    contest: z.int(),
    contestant: z.int(),
    role: Role,
  }),
  z.strictObject({ kind: z.literal('generic'), rule: z.string() }),
  z.strictObject({ kind: z.literal('cue'), rule: z.string(), cue: Cue }),
  z.strictObject({
    kind: z.literal('suppressor'),
    rule: z.string(),
    scope: Scope,
    cancels: Cancels,
  }),
]);
export type Meaning = z.infer<typeof Meaning>;

/** Whether it is a contestant's name, of which there are many and all alike. */
export const isName = (meaning: Meaning): meaning is Extract<Meaning, { kind: 'contestant' }> =>
  meaning.kind === 'contestant';
