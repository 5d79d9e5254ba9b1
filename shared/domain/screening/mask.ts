import { ballotNumbers } from './ballot-numbers.js';
import { balanceOf } from './balance.js';
import { covered, cuesOf, type Claims } from './claims.js';
import { begins, deedsOf, toldIn } from './deeds.js';
import type { Named } from './names.js';
import type { ContestPack } from './rules.js';
import type { Scene } from './scene.js';
import { bareSentences, inTags } from './style.js';
import { placeOf, symbolsOf, type Place } from './symbols.js';
import type { Reading } from './tokens.js';

/** What else is known of a text. */
export interface Surroundings {
  /** The post that it answers speaks of an election. */
  readonly electionAround?: boolean;
  /** The tokens that begin with a capital, and among them those in capitals throughout. */
  readonly capitals?: ReadonlySet<number>;
  readonly shouted?: ReadonlySet<number>;
}

/** A rule of the mask's own: a hashtag that a campaign uses. */
const CAMPAIGN_TAG = 'campaign-tag';

const byPlace = (left: { readonly from: number }, right: { readonly from: number }): number =>
  left.from - right.from;

/**
 * Forgets who is who: what names a contestant becomes one symbol (`symbols`), and what is left says who does what
 * (`deeds`) and how many are named (`balance`).
 */
export const mask = (
  reading: Reading,
  claims: Claims,
  { contestants }: Pick<ContestPack, 'contestants'>,
  { electionAround = false, capitals = new Set(), shouted = new Set() }: Surroundings = {},
): Scene => {
  const { tokens } = reading;
  const { names, acts, slang, generics, suppressors, cues, taken, fillers, phrased } = claims;
  const sentenceOf = (index: number): number => tokens[index]?.sentence ?? 0;

  const election = cuesOf(cues, 'election').length > 0;
  const inElection = election || electionAround || names.some(({ sure }) => sure);
  const sideByNumber = new Map(
    contestants.flatMap(({ number }, side) => (number === null ? [] : [[number, side] as const])),
  );
  const named: Named[] = [
    ...names.filter(({ sure }) => sure || inElection),
    ...ballotNumbers({
      tokens,
      cues,
      acts,
      free: (index) => !taken.has(index) && !phrased.has(index),
      inElection,
      sideOf: (number) => sideByNumber.get(number),
    }),
  ];

  const symbols = symbolsOf(reading, names);
  const place = (words: { readonly from: number; readonly to: number }): Place =>
    placeOf(reading, symbols, words);
  const tags = inTags(tokens);
  const actsInTags = new Set(acts.map(({ from }) => tags.get(from)));
  // The name of a person alone is a topic: `#Arga`. A campaign's own hashtag shows a side, and so does one that acts.
  const banners = names.filter(
    ({ from, campaign }) => tags.has(from) && (campaign || actsInTags.has(tags.get(from))),
  );
  const campaignAt = new Set(
    [...banners, ...names.filter(({ campaign }) => campaign)].map(({ from }) => from),
  );
  const voices = new Set(cuesOf(cues, 'own-voice').map(({ from }) => from));
  const bare = bareSentences(tokens, { said: covered(named, acts, slang, generics), fillers });
  const deeds = deedsOf(tokens, claims, named);
  const told = toldIn(tokens, claims, deeds, { taken, tags, capitals, shouted, bare });
  const { byClause, sides, listsAll, callsAll } = balanceOf(
    tokens,
    claims,
    named,
    sideByNumber.size > 0 ? sideByNumber.size : contestants.length,
  );
  // `#SenatorDukungArga` tells of a senator, `#AkuDukungArga` does not.
  const isToldInTag = (from: number, { act, transitive }: (typeof acts)[number]['meaning']): boolean =>
    transitive &&
    act === 'support' &&
    (tags.get(from) ?? from) < from &&
    !taken.has(from - 1) &&
    !fillers.has(from - 1);
  const endsSentence = (to: number): boolean => tokens[to]?.emoji === true || begins(tokens, to);
  const tagQuestions = new Set(
    cuesOf(cues, 'tag-question')
      .filter(({ from, to }) => endsSentence(to) && !begins(tokens, from))
      .map(({ from }) => sentenceOf(from)),
  );
  const isAsked = (sentence: number): boolean =>
    reading.questions.has(sentence) && !tagQuestions.has(sentence);

  return {
    acts: [
      ...acts.filter(
        ({ from, meaning }) =>
          // What a hashtag says is said of whatever it names; of a contestant it is a banner.
          (!tags.has(from) || (meaning.strength === 'strong' && !isToldInTag(from, meaning))) &&
          (!meaning.transitive ||
            deeds.hasObject(from) ||
            bare.has(sentenceOf(from)) ||
            !deeds.isOfNamed(from)),
      ),
      ...slang.filter(({ from }) => !tags.has(from)),
    ]
      .toSorted(byPlace)
      .map((match) => ({
        ...place(match),
        rule: match.meaning.rule,
        act: match.meaning.act,
        inTag: tags.has(match.from),
        own: voices.has(match.from),
        strength: match.meaning.kind === 'act' ? match.meaning.strength : ('weak' as const),
      })),
    banners: banners.map((one) => ({
      ...place(one),
      rule: CAMPAIGN_TAG,
      act: 'claim' as const,
      inTag: true,
      own: false,
      strength: 'weak' as const,
    })),
    targets: [
      ...named.map((one) => ({
        ...place(one),
        rule: one.rule,
        alone: byClause.get(tokens[one.from]?.clause ?? 0) === 1,
        topic: tags.has(one.from) && !campaignAt.has(one.from),
      })),
      ...generics.map((match) => ({
        ...place(match),
        rule: match.meaning.rule,
        alone: !byClause.has(tokens[match.from]?.clause ?? 0),
        topic: false,
      })),
    ].toSorted(byPlace),
    suppressors: [
      ...suppressors.map((match) => ({
        ...place(match),
        rule: match.meaning.rule,
        scope: match.meaning.scope,
        cancels: match.meaning.cancels,
      })),
      ...told.map(({ rule, index }) => ({
        ...place({ from: index, to: index + 1 }),
        rule,
        scope: 'sentence' as const,
        cancels: 'all' as const,
      })),
    ].toSorted(byPlace),
    voices: new Set([...voices].map((index) => symbols.upTo[index] ?? 0)),
    turns: new Set(cuesOf(cues, 'turn').map(({ from }) => symbols.upTo[from] ?? 0)),
    election,
    electoral:
      election ||
      sides > 1 ||
      named.some(({ rule }) => rule === 'ballot-number') ||
      names.some(({ campaign }) => campaign) ||
      cuesOf(cues, 'rivals').length > 0,
    bare,
    oneSided: sides <= 1,
    listsAll,
    callsAll,
    symbols: symbols.count,
    quotedSymbols: symbols.quoted,
    questions: new Map(
      tokens.flatMap(({ sentence }, index) =>
        isAsked(sentence) ? [[sentence, symbols.upTo[index] ?? 0] as const] : [],
      ),
    ),
    quoted: reading.quoted,
  };
};
