import type { LocalDate } from '../time.js';
import { ballotNumbers } from './ballot-numbers.js';
import { longest, type Match } from './match.js';
import { namesIn, only, withTitles, type Named } from './names.js';
import type { Act, ContestPack, Strength } from './packs.js';
import { bareSentences, inTags, isBetween, isHandle, isHeadline, tellings } from './style.js';
import type { Meaning } from './terms.js';
import { NUMBER, type Reading } from './tokens.js';

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

const isStrong = (meaning: Meaning): boolean => meaning.kind === 'act' && meaning.strength === 'strong';

/** The tokens of some matches. */
const covered = (matches: readonly { readonly from: number; readonly to: number }[]): Set<number> => {
  const tokens = new Set<number>();
  for (const { from, to } of matches) for (let index = from; index < to; index += 1) tokens.add(index);
  return tokens;
};

/**
 * Reads a text for one contest and forgets who is who. A contestant's words are taken before any term of a
 * language may use them, so that a name can neither be part of an act nor of its suppression.
 */
export const mask = (
  reading: Reading,
  matches: readonly Match<Meaning>[],
  contest: { readonly pack: ContestPack; readonly index: number; readonly day: LocalDate },
  { electionAround = false, capitals = new Set(), shouted = new Set() }: Surroundings = {},
): Scene => {
  const { tokens } = reading;
  const inOneSentence = ({ from, to }: Match<Meaning>): boolean =>
    tokens[from]?.sentence === tokens[to - 1]?.sentence;
  const names = withTitles(
    namesIn(
      tokens,
      only(matches, 'contestant').filter(
        (match) => match.meaning.contest === contest.index && inOneSentence(match),
      ),
    ),
    only(matches, 'cue'),
    tokens,
  );
  const taken = covered(names);
  const isFree = ({ from, to }: Match<Meaning>): boolean => {
    for (let index = from; index < to; index += 1) if (taken.has(index)) return false;
    return true;
  };
  const speaks = ({ meaning }: Match<Meaning>): boolean => {
    if (meaning.kind === 'contestant' || meaning.kind === 'cue') return false;
    if (meaning.kind !== 'slang') return true;
    return meaning.contest === contest.index && meaning.from <= contest.day && contest.day <= meaning.to;
  };
  const introduced = new Set(
    only(matches, 'cue').flatMap(({ to, meaning }) => (meaning.cue === 'introducer' ? [to] : [])),
  );
  const isNamed = (index: number): boolean =>
    taken.has(index) ||
    tokens[index]?.ballotLike === true ||
    (tokens[index]?.key === NUMBER && introduced.has(index));
  // The words of a handle are a name, whatever they say: `@dpp_mentari`.
  const inHandle = ({ from }: Match<Meaning>): boolean => isHandle(tokens[from]);
  const inOneClause = ({ from, to }: Match<Meaning>): boolean =>
    tokens[from]?.clause === tokens[to - 1]?.clause;
  const fillers = covered(
    only(matches, 'cue').filter(({ meaning: { cue } }) => cue === 'filler' || cue === 'own-voice'),
  );
  const closes = (clause: number | undefined, index: number): boolean => {
    let next = index;
    while (fillers.has(next)) next += 1;
    const token = tokens[next];
    return token === undefined || token.clause !== clause || token.emoji || token.tag;
  };
  // An act that has to touch a contestant takes no words from others where it does not.
  const touches = ({ from, to, meaning }: Match<Meaning>): boolean => {
    if (meaning.kind !== 'act' || meaning.touching === null) return true;
    const clause = tokens[from]?.clause;
    const beside = meaning.touching === 'before' ? to : from - 1;
    if (!isNamed(beside) || tokens[beside]?.clause !== clause) return false;
    return meaning.touching !== 'closing' || closes(clause, to);
  };
  const language = longest(
    matches,
    (match) => speaks(match) && isFree(match) && !inHandle(match) && inOneClause(match) && touches(match),
  );
  // A cue takes no words away from others: *coblos* calls to vote and introduces a number.
  const cues = only(matches, 'cue').filter((match) => isFree(match) && inOneClause(match));
  const usedNumbers = new Set<number>();
  for (const { from, to } of language)
    if (to - from > 1) for (let index = from; index < to; index += 1) usedNumbers.add(index);

  const election = cues.some(({ meaning }) => meaning.cue === 'election');
  const inElection = election || electionAround || names.some(({ sure }) => sure);
  const { contestants } = contest.pack;
  const sideByNumber = new Map(
    contestants.flatMap(({ number }, side) => (number === null ? [] : [[number, side] as const])),
  );
  const named: Named[] = [
    ...names.filter(({ sure }) => sure || inElection),
    ...ballotNumbers({
      tokens,
      cues,
      acts: only(language, 'act'),
      free: (index) => !taken.has(index) && !usedNumbers.has(index),
      inElection,
      sideOf: (number) => sideByNumber.get(number),
    }),
  ];

  const inside = new Set(
    names.flatMap(({ from, to }) => Array.from({ length: to - from - 1 }, (_, at) => from + 1 + at)),
  );
  const symbolAt: number[] = [];
  let symbols = 0;
  let quotedSymbols = 0;
  for (let index = 0; index < tokens.length; index += 1) {
    if (!inside.has(index) && tokens[index]?.emoji === false) {
      symbols += 1;
      if (reading.quoted.has(index)) quotedSymbols += 1;
    }
    symbolAt.push(symbols);
  }
  const place = ({ from, to }: { readonly from: number; readonly to: number }): Omit<Hit, 'rule'> => ({
    from,
    to,
    start: symbolAt[from] ?? 0,
    end: (symbolAt[to - 1] ?? 0) + 1,
    sentence: tokens[from]?.sentence ?? 0,
    clause: tokens[from]?.clause ?? 0,
  });
  const tags = inTags(tokens);
  const actsInTags = new Set(only(language, 'act').map(({ from }) => tags.get(from)));
  // The name of a person alone is a topic: `#Arga`. A campaign's own hashtag shows a side, and so does one that acts.
  const banners = names
    .filter(({ from, campaign }) => tags.has(from) && (campaign || actsInTags.has(tags.get(from))))
    .map((one) => ({
      ...place(one),
      rule: CAMPAIGN_TAG,
      act: 'claim' as const,
      inTag: true,
      own: false,
      strength: 'weak' as const,
    }));
  const begins = (index: number): boolean => tokens[index - 1]?.sentence !== tokens[index]?.sentence;
  const ends = (index: number): boolean =>
    tokens[index]?.emoji === true || tokens[index]?.sentence !== tokens[index - 1]?.sentence;
  const tagQuestions = new Set(
    cues
      .filter(({ from, to, meaning }) => meaning.cue === 'tag-question' && ends(to) && !begins(from))
      .map(({ from }) => tokens[from]?.sentence),
  );
  const voices = new Set(cues.flatMap(({ from, meaning }) => (meaning.cue === 'own-voice' ? [from] : [])));
  const ownVoice = cues.some(
    ({ from, meaning }) =>
      meaning.cue === 'own-voice' && (begins(from) || !capitals.has(from) || shouted.has(from)),
  );
  const calls = only(language, 'act').filter(({ meaning }) => meaning.strength === 'strong');
  const bare = bareSentences(tokens, {
    said: covered([
      ...named,
      ...only(language, 'act'),
      ...only(language, 'slang'),
      ...only(language, 'generic'),
    ]),
    fillers,
  });
  const nameEnds = new Map(names.map((name) => [name.to, name] as const));
  const lastNamed = new Map<number | undefined, number>();
  for (const { from } of named) {
    const sentence = tokens[from]?.sentence;
    lastNamed.set(sentence, Math.max(from, lastNamed.get(sentence) ?? 0));
  }
  // *Arga memilih bekerja, Partai Mentari dukung Arga*: right behind a contestant a verb tells what he does.
  const isDeedOfNamed = (from: number): boolean => {
    const token = tokens[from];
    let before = from - 1;
    while (fillers.has(before) && tokens[before]?.clause === token?.clause) before -= 1;
    const subject = nameEnds.get(before + 1);
    return (
      subject !== undefined &&
      tokens[before]?.clause === token?.clause &&
      tokens[subject.from]?.tag === false &&
      token?.tag === false
    );
  };
  const hasObject = (from: number): boolean => (lastNamed.get(tokens[from]?.sentence) ?? 0) > from;
  const told = [
    ...tellings(tokens, only(cues, 'cue'), { taken, capitals, acting: covered(only(language, 'act')) }),
    // *Partai Mentari Dukung Arga–Binar*: one who stands, or a party, does what the verb says.
    ...calls
      .filter(
        ({ from, to, meaning }) =>
          (capitals.has(from) && isBetween(names, tokens, { from, to })) ||
          (meaning.transitive && hasObject(from) && isDeedOfNamed(from)),
      )
      .map(({ from }) => from),
  ];
  const headline = !ownVoice && isHeadline(tokens, { taken, tags, capitals, shouted });
  const lastClause = new Map(tokens.map(({ sentence, clause }) => [sentence, clause]));
  // *Dukung Arga–Binar!* calls, but *Dukung Arga–Binar, Warga Berkumpul* tells.
  const imperative = new Set(
    calls.flatMap(({ from }) => {
      const token = tokens[from];
      return token !== undefined && begins(from) && lastClause.get(token.sentence) === token.clause
        ? [token.sentence]
        : [];
    }),
  );
  const firstOf = new Map(tokens.map(({ sentence }, index) => [sentence, index] as const).reverse());
  const structural = [
    ...told.map((index) => ({ rule: 'told-deed', index })),
    ...(headline
      ? [...firstOf.keys()]
          .filter((sentence) => !imperative.has(sentence) && !bare.has(sentence))
          .map((sentence) => ({
            rule: 'headline',
            index: firstOf.get(sentence) ?? 0,
          }))
      : []),
  ].map(({ rule, index }) => ({
    ...place({ from: index, to: index + 1 }),
    rule,
    scope: 'sentence' as const,
    cancels: 'all' as const,
  }));
  // *Arga daripada Candra* is about Arga alone.
  const preferredTo = new Set(cues.flatMap(({ to, meaning }) => (meaning.cue === 'than' ? [to] : [])));
  const sidesByClause = new Map<number, Set<number>>();
  for (const { from, side } of named) {
    if (preferredTo.has(from)) continue;
    const clause = tokens[from]?.clause ?? 0;
    sidesByClause.set(clause, (sidesByClause.get(clause) ?? new Set()).add(side));
  }
  const standing = sideByNumber.size > 0 ? sideByNumber.size : contestants.length;
  const refused = only(language, 'suppressor').filter(({ meaning }) => meaning.scope === 'next');
  // *Nggak pilih Arga, saya pilih Binar* calls for one of the two.
  const called = new Set(
    calls.flatMap(({ from, meaning }) => {
      const clause = tokens[from]?.clause ?? 0;
      const isRefused = refused.some((one) => one.from < from && tokens[one.from]?.clause === clause);
      return meaning.act === 'oppose' || isRefused ? [] : [...(sidesByClause.get(clause) ?? [])];
    }),
  );
  const sides = new Set(named.map(({ side }) => side));
  const campaignAt = new Set([
    ...banners.map(({ from }) => from),
    ...names.flatMap(({ from, campaign }) => (campaign ? [from] : [])),
  ]);
  return {
    acts: [...only(language, 'act'), ...only(language, 'slang')]
      // What a hashtag says is said of whatever it names; of a contestant it is a banner.
      .filter(({ from, meaning }) => isStrong(meaning) || !tags.has(from))
      .filter(
        ({ from, meaning }) =>
          meaning.kind === 'slang' ||
          !meaning.transitive ||
          hasObject(from) ||
          bare.has(tokens[from]?.sentence ?? 0) ||
          !isDeedOfNamed(from),
      )
      .toSorted((left, right) => left.from - right.from)
      .map((match) => ({
        ...place(match),
        rule: match.meaning.rule,
        act: match.meaning.act,
        inTag: tags.has(match.from),
        own: voices.has(match.from),
        strength: match.meaning.kind === 'act' ? match.meaning.strength : ('weak' as const),
      })),
    banners,
    targets: [
      ...named.map((one) => {
        const where = place(one);
        return {
          ...where,
          rule: one.rule,
          alone: sidesByClause.get(where.clause)?.size === 1,
          topic: tags.has(one.from) && !campaignAt.has(one.from),
        };
      }),
      ...only(language, 'generic').map((match) => {
        const where = place(match);
        return { ...where, rule: match.meaning.rule, alone: !sidesByClause.has(where.clause), topic: false };
      }),
    ].toSorted((left, right) => left.from - right.from),
    suppressors: [
      ...only(language, 'suppressor').map((match) => ({
        ...place(match),
        rule: match.meaning.rule,
        scope: match.meaning.scope,
        cancels: match.meaning.cancels,
      })),
      ...structural,
    ].toSorted((left, right) => left.from - right.from),
    voices: new Set([...voices].map((index) => symbolAt[index] ?? 0)),
    turns: new Set(cues.flatMap((cue) => (cue.meaning.cue === 'turn' ? [place(cue).start] : []))),
    election,
    electoral:
      election ||
      sides.size > 1 ||
      named.some(({ rule }) => rule === 'ballot-number') ||
      names.some(({ campaign }) => campaign) ||
      cues.some(({ meaning }) => meaning.cue === 'rivals'),
    bare,
    oneSided: sides.size <= 1,
    listsAll: standing > 1 && sides.size >= standing,
    callsAll: standing > 1 && called.size >= standing,
    symbols,
    quotedSymbols,
    questions: new Map(
      tokens.flatMap(({ sentence }, index) =>
        reading.questions.has(sentence) && !tagQuestions.has(sentence)
          ? [[sentence, symbolAt[index] ?? 0] as const]
          : [],
      ),
    ),
    quoted: reading.quoted,
  };
};
