import { isLetter } from './letters.js';
import type { Of } from './names.js';
import { NUMBER, type Reading, type Token } from './tokens.js';

/** A headline has at least so many words besides names, and nearly all of them with a capital. */
const HEADLINE_WORDS = 3;
const HEADLINE_SHARE = 0.8;
/** Shorter words (*di, dan, dari*) are written small in headlines too. */
const LONG_WORD = 4;

/** The tokens of a reading that begin with a capital letter, and those in capitals throughout. */
export const capitalsIn = (
  { tokens }: Reading,
  texts: readonly { readonly text: string }[],
): { readonly capitals: ReadonlySet<number>; readonly shouted: ReadonlySet<number> } => {
  const capitals = new Set<number>();
  const shouted = new Set<number>();
  tokens.forEach(({ part, start, end }, index) => {
    const [first = '', second = ''] = texts[part === 'context' ? 0 : part]?.text.slice(start, end) ?? '';
    if (first === first.toLowerCase()) return;
    capitals.add(index);
    if (second !== second.toLowerCase()) shouted.add(index);
  });
  return { capitals, shouted };
};

/** A word of somebody's handle. */
export const isHandle = (token: Token | undefined): boolean =>
  token !== undefined && !token.word && !token.emoji && isLetter(token.key.charCodeAt(0));

/** The tokens that stand in a hashtag, which runs on without a gap in the text as it was written, each with its first. */
export const inTags = (tokens: readonly Token[]): ReadonlyMap<number, number> => {
  const tags = new Map<number, number>();
  tokens.forEach((token, index) => {
    const before = tokens[index - 1];
    const first = tags.get(index - 1);
    if (token.tag) tags.set(index, index);
    else if (first !== undefined && before?.part === token.part && token.start <= before.end && !token.emoji)
      tags.set(index, first);
  });
  return tags;
};

/** How a text is written: the tokens of names, of hashtags, and of words with capitals. */
export interface Written {
  readonly taken: ReadonlySet<number>;
  readonly tags: ReadonlyMap<number, number>;
  readonly capitals: ReadonlySet<number>;
  readonly shouted: ReadonlySet<number>;
}

/** Whether a text is written as newspapers write above an article. Names do not count, for they always have capitals. */
export const isHeadline = (
  tokens: readonly Token[],
  { taken, tags, capitals, shouted }: Written,
): boolean => {
  const words = tokens.flatMap(({ word, key, start, end }, index) =>
    word &&
    key !== NUMBER &&
    !taken.has(index) &&
    !tags.has(index) &&
    !shouted.has(index) &&
    end - start >= LONG_WORD
      ? [index]
      : [],
  );
  const share = words.filter((index) => capitals.has(index)).length / words.length;
  return words.length >= HEADLINE_WORDS && share >= HEADLINE_SHARE;
};

/** The verbs that tell what somebody else does: a contestant's name or a word with a capital stands before them. */
export const tellings = (
  tokens: readonly Token[],
  cues: readonly Of<'cue'>[],
  { taken, capitals, acting }: Pick<Written, 'taken' | 'capitals'> & { readonly acting: ReadonlySet<number> },
): number[] => {
  const own = new Set(
    cues
      .filter(({ meaning }) => meaning.cue === 'own-voice')
      .flatMap(({ from, to }) => Array.from({ length: to - from }, (_, at) => from + at)),
  );
  // *Semoga Arga unggul, kami warga desa optimis*: what the writer says is told of nobody.
  const voiced = new Map<number, number>();
  for (const index of own) {
    const clause = tokens[index]?.clause ?? 0;
    voiced.set(clause, Math.min(index, voiced.get(clause) ?? index));
  }
  return cues
    .filter(({ meaning }) => meaning.cue === 'telling')
    .map(({ from }) => from)
    .filter((index) => {
      const [before, verb] = [tokens[index - 1], tokens[index]];
      if (before === undefined || before.clause !== verb?.clause || before.tag) return false;
      // *Satu Putaran yakin saya*: neither words that act nor a verb whose subject comes behind.
      if (acting.has(index - 1) || own.has(index + 1)) return false;
      if ((voiced.get(verb.clause) ?? index) < index) return false;
      return taken.has(index - 1) || (before.word && capitals.has(index - 1) && !own.has(index - 1));
    });
};

/** So many words may stand between a subject and its verb: *Partai Mentari Jamin Konsisten Dukung …*. */
const SUBJECT_REACH = 3;

/** Whether somebody is named both shortly before a verb and after it, in one clause. */
export const isBetween = (
  names: readonly { readonly from: number; readonly to: number }[],
  tokens: readonly Token[],
  verb: { readonly from: number; readonly to: number },
): boolean => {
  const clause = tokens[verb.from]?.clause;
  const here = names.filter(({ from }) => tokens[from]?.clause === clause && tokens[from]?.tag === false);
  return (
    here.some(({ to }) => to <= verb.from && verb.from - to <= SUBJECT_REACH) &&
    here.some(({ from }) => from >= verb.to)
  );
};

/** The sentences of which every word is one of `said` or only fills. */
export const bareSentences = (
  tokens: readonly Token[],
  { said, fillers }: { readonly said: ReadonlySet<number>; readonly fillers: ReadonlySet<number> },
): ReadonlySet<number> => {
  const bare = new Set(tokens.map(({ sentence }) => sentence));
  tokens.forEach(({ sentence, word, emoji }, index) => {
    if (word && !emoji && !said.has(index) && !fillers.has(index)) bare.delete(sentence);
  });
  return bare;
};
