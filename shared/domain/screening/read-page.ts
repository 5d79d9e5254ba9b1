import { KEYCAP } from './draft.js';
import { codeOf, isDigit, isLead, isLetter } from './letters.js';
import { normaliseInto } from './normalise.js';
import {
  addToken,
  ASKS,
  BALLOT_LIKE,
  BEGINS_CLAUSE,
  BEGINS_SENTENCE,
  clearPage,
  EMOJI,
  GLUED,
  markFrom,
  QUOTED,
  TAG,
  withValue,
  WORD,
  type Page,
} from './page.js';
import {
  HASH_SEED,
  hashOf,
  hashOn,
  hasTrait,
  ABBREVIATION,
  INTRODUCER,
  LEXICAL,
  NUMBER_ID,
  UNKNOWN,
  wordIn,
  type Vocabulary,
} from './vocabulary.js';

const SPACE = codeOf(' ');
const NEW_LINE = codeOf('\n');
const HASH = codeOf('#');
const AT = codeOf('@');
const UNDERSCORE = codeOf('_');
const PERCENT = codeOf('%');
const ZERO = codeOf('0');
const TWO = codeOf('2');
const DOT = codeOf('.');
const COMMA = codeOf(',');
const SEMICOLON = codeOf(';');
const COLON = codeOf(':');
const SLASH = codeOf('/');
const OPENING = codeOf('(');
const CLOSING = codeOf(')');
const EXCLAMATION = codeOf('!');
const QUESTION = codeOf('?');
const DOUBLE_QUOTE = codeOf('"');
const SINGLE_QUOTE = codeOf("'");

const LAST_ASCII = 0x7f;
const SHORTEST_TAG_WORD = 2;
const LONGEST_TAG_WORD = 24;
/** A dot after so short a word abbreviates it: `no. 2`, `dr. Arga`. */
const LONGEST_ABBREVIATION = 2;
const NONE = -1;

/** Signs between digits that make them one amount, date or time: `07.00`, `3,2`, `24/7`. */
const joinsDigits = (c: number): boolean => c === DOT || c === COMMA || c === COLON || c === SLASH;

/** A unit of the part in hand; 0 on either side of it. */
const at = ({ draft }: Page, index: number): number => (index < draft.length ? (draft.codes[index] ?? 0) : 0);

/** The last token if it ends right at `index`, else `NONE`. */
const tokenBefore = ({ count, ends }: Page, index: number): number =>
  count > 0 && ends[count - 1] === index ? count - 1 : NONE;
const isWord = ({ marks }: Page, token: number): boolean =>
  token !== NONE && ((marks[token] ?? 0) & WORD) !== 0;

/** What a token's marks say of where it begins. */
const placeMarks = (page: Page, begin: number): number =>
  (tokenBefore(page, begin) === NONE ? 0 : GLUED) | (page.draft.codes[begin - 1] === HASH ? TAG : 0);

/** Nothing stands before the first token that it could be parted from. */
const breakClause = (page: Page): void => {
  if (page.count > 0) page.breaks |= BEGINS_CLAUSE;
};

/** Remembers an emoji that a pack knows, once for each sentence. */
const keepEmoji = (page: Page, vocabulary: Vocabulary, begin: number): number => {
  const { codes } = page.draft;
  const end = begin + (isLead(codes[begin] ?? 0) ? 2 : 1);
  const id = wordIn(vocabulary, hashOf(codes, begin, end), codes, begin, end);
  if (id === UNKNOWN) return end;
  for (let index = 2; index < page.emoji.length; index += 3) if (page.emoji[index] === id) return end;
  page.emoji.push(begin, end, id);
  return end;
};

/** Adds the emoji of a sentence behind its words, so that they part no phrase: *coblos 🔥 nomor 2*. */
const addEmoji = (page: Page): void => {
  const { emoji, breaks } = page;
  page.breaks = 0;
  for (let index = 0; index < emoji.length; index += 3)
    addToken(page, emoji[index] ?? 0, emoji[index + 1] ?? 0, emoji[index + 2] ?? UNKNOWN, EMOJI);
  page.breaks = breaks;
  emoji.length = 0;
};

const breakSentence = (page: Page): void => {
  if (page.emoji.length > 0) addEmoji(page);
  if (page.count > 0) page.breaks = BEGINS_CLAUSE | BEGINS_SENTENCE;
};

/** Begins a quotation, or ends the one that began at token `open`; answers with the first token of an open one. */
const quote = (page: Page, open: number): number => {
  breakClause(page);
  if (open === NONE) return page.count;
  markFrom(page, open, QUOTED);
  return NONE;
};

/** Adds a word whose id in the vocabulary is known. */
const addWord = (
  page: Page,
  { value, standsFor }: Vocabulary,
  id: number,
  begin: number,
  end: number,
  word: number,
): void => {
  const key = id === UNKNOWN ? UNKNOWN : (standsFor[id] ?? id);
  const number = key === NUMBER_ID ? withValue(value[id] ?? NONE) : 0;
  addToken(page, begin, end, key, word | placeMarks(page, begin) | number);
};

/**
 * A hashtag without capitals, cut into known words, the last as long as can be; false unless all of it is known.
 */
const addTag = (page: Page, vocabulary: Vocabulary, begin: number, end: number, word: number): boolean => {
  const { codes } = page.draft;
  // For each place, the word that ends there and goes back furthest: where it begins and its id.
  const wordBegins = new Array<number>(end - begin + 1).fill(NONE);
  const wordIds = new Array<number>(end - begin + 1).fill(UNKNOWN);
  wordBegins[0] = 0;
  for (let from = 0; from < end - begin; from += 1) {
    if (wordBegins[from] === NONE) continue;
    let hash = HASH_SEED;
    const furthest = Math.min(from + LONGEST_TAG_WORD, end - begin);
    for (let to = from + 1; to <= furthest; to += 1) {
      hash = hashOn(hash, codes[begin + to - 1] ?? 0);
      if (to - from < SHORTEST_TAG_WORD || wordBegins[to] !== NONE) continue;
      const id = wordIn(vocabulary, hash, codes, begin + from, begin + to);
      if (!hasTrait(vocabulary, id, LEXICAL)) continue;
      wordBegins[to] = from;
      wordIds[to] = id;
    }
  }
  const words: number[] = [];
  for (let to = end - begin; to > 0; to = wordBegins[to] ?? NONE) {
    if (wordBegins[to] === NONE) return false;
    words.push(to);
  }
  for (const to of words.reverse())
    addWord(page, vocabulary, wordIds[to] ?? UNKNOWN, begin + (wordBegins[to] ?? 0), begin + to, word);
  return true;
};

/** Adds digits from `begin` unless they only double the word before them, and answers where they end. */
const addDigits = (page: Page, vocabulary: Vocabulary, begin: number): number => {
  let end = begin + 1;
  let whole = true;
  for (;;) {
    if (isDigit(at(page, end))) end += 1;
    else if (joinsDigits(at(page, end)) && isDigit(at(page, end + 1))) {
      whole = false;
      end += 1;
    } else break;
  }
  const { codes } = page.draft;
  const length = end - begin;
  const keycap = at(page, end) === KEYCAP;
  const before = tokenBefore(page, begin);
  const doubles = length === 1 && at(page, begin) === TWO && !keycap && isWord(page, before);
  if (doubles && !hasTrait(vocabulary, page.keys[before] ?? UNKNOWN, INTRODUCER)) return end;
  const small = whole && length <= 2 && at(page, end) !== PERCENT && at(page, end + 1) !== PERCENT;
  const last = at(page, end - 1) - ZERO;
  const value = length === 1 ? last : (at(page, begin) - ZERO) * 10 + last;
  const ballotLike = keycap || (length === 2 && at(page, begin) === ZERO);
  addToken(
    page,
    begin,
    end,
    small ? NUMBER_ID : wordIn(vocabulary, hashOf(codes, begin, end), codes, begin, end),
    placeMarks(page, begin) | (small ? withValue(value) : 0) | (ballotLike ? BALLOT_LIKE : 0),
  );
  return end;
};

/** Neither `no. 2` nor `dr. Arga` nor `prof. Arga` nor a missing space ends a sentence. */
const dotEndsSentence = (page: Page, vocabulary: Vocabulary, index: number): boolean => {
  const before = tokenBefore(page, index);
  const abbreviates =
    isWord(page, before) &&
    (index - (page.begins[before] ?? 0) <= LONGEST_ABBREVIATION ||
      hasTrait(vocabulary, page.keys[before] ?? UNKNOWN, INTRODUCER | ABBREVIATION));
  return !abbreviates && !isLetter(at(page, index + 1));
};

/** Adds the words and numbers of the part in hand. Linear; marks only leave their breaks. */
const readPart = (page: Page, vocabulary: Vocabulary): void => {
  const { codes, from, length } = page.draft;
  const first = page.count;
  let doubleQuote = NONE;
  let singleQuote = NONE;
  let inTag = false;
  let word = WORD;
  for (let index = from; index < length;) {
    const c = codes[index] ?? 0;
    if (isLetter(c)) {
      let hash = hashOn(HASH_SEED, c);
      let end = index + 1;
      for (; end < length && isLetter(codes[end] ?? 0); end += 1) hash = hashOn(hash, codes[end] ?? 0);
      const id = wordIn(vocabulary, hash, codes, index, end);
      const isCut = inTag && !hasTrait(vocabulary, id, LEXICAL) && addTag(page, vocabulary, index, end, word);
      if (!isCut) addWord(page, vocabulary, id, index, end, word);
      index = end;
      continue;
    }
    if (isDigit(c)) {
      index = addDigits(page, vocabulary, index);
      continue;
    }
    let end = index + 1;
    switch (c) {
      case SPACE:
        break;
      case NEW_LINE:
      case EXCLAMATION:
        breakSentence(page);
        break;
      case QUESTION:
        if (page.count > 0) markFrom(page, page.count - 1, ASKS);
        breakSentence(page);
        break;
      case DOT:
        if (dotEndsSentence(page, vocabulary, index)) breakSentence(page);
        break;
      case COMMA:
      case SEMICOLON:
      case COLON:
      case OPENING:
      case CLOSING:
        breakClause(page);
        break;
      case DOUBLE_QUOTE:
        doubleQuote = quote(page, doubleQuote);
        break;
      case SINGLE_QUOTE:
        if (singleQuote === NONE ? at(page, index - 1) <= SPACE : !isLetter(at(page, index + 1)))
          singleQuote = quote(page, singleQuote);
        break;
      default:
        if (c > LAST_ASCII) end = keepEmoji(page, vocabulary, index);
    }
    inTag = c === HASH;
    // The words of a handle are nobody's own: `@dpp_mentari`.
    if (c === AT) word = 0;
    else if (c !== UNDERSCORE && c !== DOT) word = WORD;
    index = end;
  }
  if (page.count > first || page.emoji.length > 0) breakSentence(page);
};

/** Reads the parts of a text onto a page, one after another, in place of what it held. */
export const readPage = (
  page: Page,
  texts: readonly { readonly text: string }[],
  vocabulary: Vocabulary,
): void => {
  clearPage(page);
  for (let part = 0; part < texts.length; part += 1) {
    normaliseInto(page.draft, texts[part]?.text ?? '');
    readPart(page, vocabulary);
    page.partEnds[part] = page.count;
  }
};
