import type { Of } from './names.js';
import { NUMBER, type Token } from './tokens.js';

/** A headline has at least so many words besides names, and nearly all of them with a capital. */
const HEADLINE_WORDS = 4;
const HEADLINE_SHARE = 0.8;
/** Shorter words (*di, dan, dari*) are written small in headlines too. */
const LONG_WORD = 4;

/** The tokens that stand in a hashtag, which runs on without a gap in the text as it was written. */
export const inTags = (tokens: readonly Token[]): ReadonlySet<number> => {
  const tags = new Set<number>();
  tokens.forEach((token, index) => {
    const before = tokens[index - 1];
    const runsOn =
      before !== undefined &&
      tags.has(index - 1) &&
      before.part === token.part &&
      token.start - before.end <= 0;
    if (token.tag || runsOn) tags.add(index);
  });
  return tags;
};

interface Written {
  readonly taken: ReadonlySet<number>;
  readonly tags: ReadonlySet<number>;
  readonly capitals: ReadonlySet<number>;
}

/** Whether a text is written as newspapers write above an article. Names do not count, for they always have capitals. */
export const isHeadline = (tokens: readonly Token[], { taken, tags, capitals }: Written): boolean => {
  const words = tokens.flatMap(({ word, key, start, end }, index) =>
    word && key !== NUMBER && !taken.has(index) && !tags.has(index) && end - start >= LONG_WORD ? [index] : [],
  );
  const share = words.filter((index) => capitals.has(index)).length / words.length;
  return words.length >= HEADLINE_WORDS && share >= HEADLINE_SHARE;
};

/** The verbs that tell what somebody else does: a contestant's name or a word with a capital stands before them. */
export const tellings = (
  tokens: readonly Token[],
  cues: readonly Of<'cue'>[],
  { taken, capitals }: Omit<Written, 'tags'>,
): number[] => {
  const own = new Set(
    cues
      .filter(({ meaning }) => meaning.cue === 'own-voice')
      .flatMap(({ from, to }) => Array.from({ length: to - from }, (_, at) => from + at)),
  );
  return cues
    .filter(({ meaning }) => meaning.cue === 'telling')
    .map(({ from }) => from)
    .filter((index) => {
      const [before, verb] = [tokens[index - 1], tokens[index]];
      if (before === undefined || before.sentence !== verb?.sentence || before.tag) return false;
      return taken.has(index - 1) || (before.word && capitals.has(index - 1) && !own.has(index - 1));
    });
};
