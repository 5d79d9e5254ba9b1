import type { Normal } from '../../shared/domain/screening/normalise.js';
import { NUMBER, type Lexicon, type Token } from '../../shared/domain/screening/tokens.js';

/** A text as tokens while it is read. */
export interface Reading {
  readonly tokens: Token[];
  readonly questions: Set<number>;
  readonly quoted: Set<number>;
  sentence: number;
  clause: number;
}

type WordLists = Omit<Lexicon, 'vocabulary'>;

export const emptyReading = (): Reading => ({
  tokens: [],
  questions: new Set(),
  quoted: new Set(),
  sentence: 0,
  clause: 0,
});

const KEYCAP = 0x20e3;
const LETTER = /\p{L}/u;
const isDigit = (c: number): boolean => c >= 0x30 && c <= 0x39;
const isLetter = (c: number): boolean =>
  (c >= 0x61 && c <= 0x7a) ||
  (c > 0x7f && !(c >= 0xd800 && c <= 0xdfff) && LETTER.test(String.fromCharCode(c)));

/** Signs between digits that make them one amount, date or time: `07.00`, `3,2`, `24/7`. */
const JOINS_DIGITS = '.,:/';
const LONGEST_TAG_WORD = 24;

/** A hashtag without capitals, cut into known words; nothing unless all of it is known. */
const cutTag = (tag: string, lexicon: WordLists): readonly string[] => {
  const wordBefore: (string | undefined)[] = [''];
  for (let end = 2; end <= tag.length; end += 1)
    for (let start = Math.max(0, end - LONGEST_TAG_WORD); start <= end - 2; start += 1) {
      const word = tag.slice(start, end);
      if (wordBefore[start] === undefined || !lexicon.words.has(word)) continue;
      wordBefore[end] = word;
      break;
    }
  const words: string[] = [];
  for (let end = tag.length; end > 0;) {
    const word = wordBefore[end];
    if (word === undefined) return [];
    words.unshift(word);
    end -= word.length;
  }
  return words;
};

/** Adds the words and numbers of one part to a reading. Linear; marks only leave their breaks. */
export const readTokens = (
  { text, starts, ends }: Normal,
  part: number | 'context',
  lexicon: WordLists,
  into: Reading,
): void => {
  const first = into.tokens.length;
  let doubleQuote: number | null = null;
  let singleQuote: number | null = null;
  let lastStart = -1;
  let lastEnd = -1;
  let inTag = false;
  let inMention = false;

  const add = (
    from: number,
    to: number,
    token: Pick<Token, 'key' | 'value' | 'ballotLike' | 'word'>,
  ): void => {
    into.tokens.push({
      ...token,
      emoji: false,
      glued: lastEnd === from,
      tag: text[from - 1] === '#',
      part,
      start: starts[from] ?? 0,
      end: ends[to - 1] ?? 0,
      sentence: into.sentence,
      clause: into.clause,
    });
    lastStart = from;
    lastEnd = to;
  };
  const addWord = (from: number, to: number): void => {
    const word = text.slice(from, to);
    const key = lexicon.words.get(word) ?? word;
    const value = lexicon.numbers.get(word) ?? null;
    add(from, to, { key: value === null ? key : NUMBER, value, ballotLike: false, word: !inMention });
  };
  const breakClause = (): void => {
    if (into.tokens.at(-1)?.clause === into.clause) into.clause += 1;
  };
  const emoji = new Map<string, number>();
  const breakSentence = (): void => {
    const last = into.tokens.at(-1);
    for (const [key, at] of emoji)
      into.tokens.push({
        ...{ key, value: null, ballotLike: false, word: false, emoji: true, glued: false, tag: false, part },
        start: starts[at] ?? 0,
        end: ends[at + key.length - 1] ?? 0,
        sentence: last?.sentence ?? into.sentence,
        clause: last?.clause ?? into.clause,
      });
    emoji.clear();
    if (into.tokens.at(-1)?.sentence === into.sentence) into.sentence += 1;
    breakClause();
  };
  const quote = (open: number | null): number | null => {
    breakClause();
    if (open === null) return into.tokens.length;
    for (let index = open; index < into.tokens.length; index += 1) into.quoted.add(index);
    return null;
  };

  for (let index = 0; index < text.length;) {
    const c = text.charCodeAt(index);
    let end = index + 1;
    if (isLetter(c)) {
      while (end < text.length && isLetter(text.charCodeAt(end))) end += 1;
      const word = text.slice(index, end);
      const pieces = inTag && !lexicon.words.has(word) ? cutTag(word, lexicon) : [];
      if (pieces.length === 0) addWord(index, end);
      let from = index;
      for (const piece of pieces) {
        addWord(from, from + piece.length);
        from += piece.length;
      }
    } else if (isDigit(c)) {
      let whole = true;
      while (
        isDigit(text.charCodeAt(end)) ||
        (JOINS_DIGITS.includes(text[end] ?? ' ') && isDigit(text.charCodeAt(end + 1)))
      ) {
        whole &&= isDigit(text.charCodeAt(end));
        end += 1;
      }
      const keycap = text.charCodeAt(end) === KEYCAP;
      const digits = text.slice(index, end);
      const before = into.tokens.at(-1);
      const doubles = digits === '2' && !keycap && lastEnd === index && before?.word === true;
      const small = whole && digits.length <= 2 && text[end] !== '%' && text[end + 1] !== '%';
      if (!doubles || lexicon.introducers.has(before.key))
        add(index, end, {
          key: small ? NUMBER : digits,
          value: small ? Number(digits) : null,
          ballotLike: keycap || (digits.length === 2 && digits.startsWith('0')),
          word: false,
        });
    } else {
      const sign = text[index] ?? '';
      const before = text.charCodeAt(index - 1);
      const after = text.charCodeAt(index + 1);
      if (sign === '\n' || sign === '!') breakSentence();
      else if (sign === '?') {
        const asks = into.tokens.at(-1)?.sentence;
        if (asks !== undefined) into.questions.add(asks);
        breakSentence();
      } else if (sign === '.') {
        // Neither `no. 2` nor `dr. Arga` nor a missing space ends a sentence.
        const word = into.tokens.at(-1);
        const abbreviates =
          word?.word === true &&
          lastEnd === index &&
          (index - lastStart <= 2 ||
            lexicon.introducers.has(word.key) ||
            lexicon.abbreviations.has(word.key));
        if (!abbreviates && !isLetter(after)) breakSentence();
      } else if (',;:()'.includes(sign)) breakClause();
      else if (sign === '"') doubleQuote = quote(doubleQuote);
      else if (c > 0x7f) {
        const character = c >= 0xd800 && c <= 0xdbff ? text.slice(index, index + 2) : sign;
        end = index + character.length;
        const key = lexicon.words.get(character);
        if (key !== undefined && !emoji.has(key)) emoji.set(key, index);
      } else if (sign === "'" && (singleQuote === null ? !(before > 0x20) : !isLetter(after)))
        singleQuote = quote(singleQuote);
    }
    const sign = text[index] ?? '';
    const ofName = isLetter(c) || isDigit(c);
    inTag = sign === '#' || (inTag && ofName);
    inMention = sign === '@' || (inMention && (ofName || sign === '_' || sign === '.'));
    index = end;
  }
  if (into.tokens.length > first || emoji.size > 0) breakSentence();
};
