import type { Claims } from './claims.js';
import { covered } from './claims.js';
import type { Named } from './names.js';
import { isBetween, isHeadline, tellings, type Written } from './style.js';
import type { Token } from './tokens.js';

/** Who does what the verbs of a text say, by where the verbs begin. */
export interface Deeds {
  /** A contestant is named further on in the sentence. */
  readonly hasObject: (from: number) => boolean;
  /** *Arga memilih bekerja, Partai Mentari dukung Arga*: right behind a contestant a verb tells what he does. */
  readonly isOfNamed: (from: number) => boolean;
}

export const deedsOf = (
  tokens: readonly Token[],
  { names, fillers }: Claims,
  named: readonly Named[],
): Deeds => {
  const nameEnds = new Map(names.map((name) => [name.to, name] as const));
  const lastNamed = new Map<number | undefined, number>();
  for (const { from } of named) {
    const sentence = tokens[from]?.sentence;
    lastNamed.set(sentence, Math.max(from, lastNamed.get(sentence) ?? 0));
  }
  return {
    hasObject: (from) => (lastNamed.get(tokens[from]?.sentence) ?? 0) > from,
    isOfNamed: (from) => {
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
    },
  };
};

/** Whether a token is the first of its sentence. */
export const begins = (tokens: readonly Token[], index: number): boolean =>
  tokens[index - 1]?.sentence !== tokens[index]?.sentence;

/** The tokens whose sentences tell what somebody else does, each with the rule that says so. */
export const toldIn = (
  tokens: readonly Token[],
  { names, acts, cues }: Claims,
  { hasObject, isOfNamed }: Deeds,
  { bare, ...written }: Written & { readonly bare: ReadonlySet<number> },
): { readonly rule: 'told-deed' | 'headline'; readonly index: number }[] => {
  const { capitals, shouted } = written;
  const calls = acts.filter(({ meaning }) => meaning.strength === 'strong');
  // *Partai Mentari Dukung Arga–Binar*: one who stands, or a party, does what the verb says.
  const done = calls.filter(
    ({ from, to, meaning }) =>
      (capitals.has(from) && isBetween(names, tokens, { from, to })) ||
      (meaning.transitive && hasObject(from) && isOfNamed(from)),
  );
  const told = [
    ...tellings(tokens, cues, { ...written, acting: covered(acts) }),
    ...done.map(({ from }) => from),
  ].map((index) => ({ rule: 'told-deed' as const, index }));
  const speaksForSelf = cues.some(
    ({ from, meaning }) =>
      meaning.cue === 'own-voice' && (begins(tokens, from) || !capitals.has(from) || shouted.has(from)),
  );
  if (speaksForSelf || !isHeadline(tokens, written)) return told;
  // *Dukung Arga–Binar!* calls, but *Dukung Arga–Binar, Warga Berkumpul* tells.
  const lastClause = new Map(tokens.map(({ sentence, clause }) => [sentence, clause]));
  const imperative = new Set(
    calls.flatMap(({ from }) => {
      const token = tokens[from];
      return token !== undefined && begins(tokens, from) && lastClause.get(token.sentence) === token.clause
        ? [token.sentence]
        : [];
    }),
  );
  const headlines = tokens.flatMap(({ sentence }, index) =>
    begins(tokens, index) && !imperative.has(sentence) && !bare.has(sentence)
      ? [{ rule: 'headline' as const, index }]
      : [],
  );
  return [...told, ...headlines];
};
