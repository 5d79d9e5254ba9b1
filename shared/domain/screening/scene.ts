import type { Strength } from './meaning.js';
import type { Act } from './code-pack.js';
import type { Meaning } from './meaning.js';

/** Words that a rule found: tokens `from` to `to` (exclusive) of a reading. */
export interface Hit {
  readonly rule: string;
  readonly from: number;
  readonly to: number;
  /** The same as places among the symbols that are left, where a name of any length takes one. */
  readonly start: number;
  readonly end: number;
  readonly sentence: number;
  readonly clause: number;
}
export interface ActHit extends Hit {
  readonly act: Act;
  readonly strength: Strength;
  /** It stands in a hashtag, which belongs to no sentence: *… kata jubir #PilihArga*. */
  readonly inTag: boolean;
  /** Its first word is the writer: *saya pilih*. */
  readonly own: boolean;
}
export type SuppressorHit = Hit & Pick<Extract<Meaning, { kind: 'suppressor' }>, 'scope' | 'cancels'>;

/** The one symbol that every contestant, party, slogan and ballot number has become. */
export interface TargetHit extends Hit {
  /** No other contestant is named in the same clause. */
  readonly alone: boolean;
  /** A hashtag that is a name and no more, which files the post under a topic. */
  readonly topic: boolean;
}

/** A text in which the sides can no longer be told apart. All that is weighed is here, in the order of the text. */
export interface Scene {
  readonly acts: readonly ActHit[];
  /** The hashtags of a campaign: each shows a side and says nothing more. */
  readonly banners: readonly ActHit[];
  readonly targets: readonly TargetHit[];
  readonly suppressors: readonly SuppressorHit[];
  /** Where words stand that no negation reaches across. */
  readonly turns: ReadonlySet<number>;
  /** Where the writer speaks: *saya, yuk*. */
  readonly voices: ReadonlySet<number>;
  /** An election is spoken of in words, not only by naming a contestant. */
  readonly election: boolean;
  /** Somebody is spoken of as a contestant: by a ticket, a ballot number, a campaign's hashtag or an election. */
  readonly electoral: boolean;
  /** Sentences of acts and contestants that say nothing else: *Semoga menang 02!* */
  readonly bare: ReadonlySet<number>;
  /** No more than one contestant is named. */
  readonly oneSided: boolean;
  /** As many contestants are named as stand. */
  readonly listsAll: boolean;
  /** Everybody who stands is called to be voted for, which is weighing them and no call. */
  readonly callsAll: boolean;
  readonly symbols: number;
  readonly quotedSymbols: number;
  /** The sentences that ask, with the place where each ends. */
  readonly questions: ReadonlyMap<number, number>;
  readonly quoted: ReadonlySet<number>;
}
