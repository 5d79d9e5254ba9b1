import { KEYCAP } from './draft.js';
import { codeOf, isDigit, isLead, isLetter } from './letters.js';
import { normaliseInto } from './normalise.js';
import { BALLOT_LIKE, clearPage, EMOJI, GLUED, QUOTED, reserveToken, TAG, WORD, type Page } from './page.js';
import {
  HASH_SEED,
  hashOn,
  hasTrait,
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
const endsClause = (c: number): boolean =>
  c === COMMA || c === SEMICOLON || c === COLON || c === OPENING || c === CLOSING;

/** A unit of the part in hand; 0 on either side of it. */
const at = ({ draft }: Page, index: number): number => (index < draft.length ? (draft.codes[index] ?? 0) : 0);

const hashOf = (codes: Uint16Array, from: number, to: number): number => {
  let hash = HASH_SEED;
  for (let index = from; index < to; index += 1) hash = hashOn(hash, codes[index] ?? 0);
  return hash;
};

/** The last token if it ends right at `index`, else `NONE`. */
const tokenBefore = (page: Page, index: number): number => {
  const last = page.count - 1;
  return last >= 0 && page.ends[last] === index ? last : NONE;
};
const isWord = (page: Page, token: number): boolean =>
  token !== NONE && ((page.marks[token] ?? 0) & WORD) !== 0;

const add = (page: Page, part: number, begin: number, end: number): number => {
  reserveToken(page);
  const token = page.count;
  page.begins[token] = begin;
  page.ends[token] = end;
  page.values[token] = NONE;
  page.marks[token] =
    (tokenBefore(page, begin) === NONE ? 0 : GLUED) | (at(page, begin - 1) === HASH ? TAG : 0);
  page.parts[token] = part;
  page.sentences[token] = page.sentence;
  page.clauses[token] = page.clause;
  page.count += 1;
  return token;
};

const mark = (page: Page, token: number, bits: number): void => {
  page.marks[token] = (page.marks[token] ?? 0) | bits;
};

/** A part being read: the page it is read onto, and the vocabulary that gives its words their ids. */
interface Desk {
  readonly page: Page;
  readonly vocabulary: Vocabulary;
  readonly part: number;
}

/** Remembers an emoji that a pack knows, once for each sentence. */
const keepEmoji = ({ page, vocabulary }: Desk, begin: number): number => {
  const { codes } = page.draft;
  const end = begin + (isLead(codes[begin] ?? 0) ? 2 : 1);
  const id = wordIn(vocabulary, hashOf(codes, begin, end), codes, begin, end);
  if (id === UNKNOWN) return end;
  for (let index = 2; index < page.emoji.length; index += 3) if (page.emoji[index] === id) return end;
  page.emoji.push(begin, end, id);
  return end;
};

/** Adds the emoji of a sentence behind its words, so that they part no phrase: *coblos 🔥 nomor 2*. */
const addEmoji = ({ page, part }: Desk): void => {
  const { emoji } = page;
  const last = page.count - 1;
  for (let index = 0; index < emoji.length; index += 3) {
    const token = add(page, part, emoji[index] ?? 0, emoji[index + 1] ?? 0);
    page.keys[token] = emoji[index + 2] ?? UNKNOWN;
    page.marks[token] = EMOJI;
    if (last < 0) continue;
    page.sentences[token] = page.sentences[last] ?? 0;
    page.clauses[token] = page.clauses[last] ?? 0;
  }
  emoji.length = 0;
};

const breakSentence = (desk: Desk): void => {
  const { page } = desk;
  if (page.emoji.length > 0) addEmoji(desk);
  if (page.count > 0 && page.sentences[page.count - 1] === page.sentence) page.sentence += 1;
  page.clause += 1;
};

/** Begins a quotation, or ends the one that began at token `open`; answers with the first token of an open one. */
const quote = (page: Page, open: number): number => {
  page.clause += 1;
  if (open === NONE) return page.count;
  for (let token = open; token < page.count; token += 1) mark(page, token, QUOTED);
  return NONE;
};

/** Adds a word whose id in the vocabulary is known. */
const addWord = (
  { page, vocabulary, part }: Desk,
  id: number,
  begin: number,
  end: number,
  mention: boolean,
): void => {
  const token = add(page, part, begin, end);
  const value = id === UNKNOWN ? NONE : (vocabulary.value[id] ?? NONE);
  page.values[token] = value;
  page.keys[token] = value !== NONE ? NUMBER_ID : id === UNKNOWN ? UNKNOWN : (vocabulary.standsFor[id] ?? id);
  if (!mention) mark(page, token, WORD);
};

/**
 * A hashtag without capitals, cut into known words, the last as long as can be; false unless all of it is known.
 */
const addTag = (desk: Desk, begin: number, end: number, mention: boolean): boolean => {
  const { page, vocabulary } = desk;
  const { codes } = page.draft;
  // For each place, the word that ends there and goes back furthest: where it begins and its id.
  const wordBegins = new Int32Array(end - begin + 1).fill(NONE);
  const wordIds = new Int32Array(end - begin + 1);
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
    addWord(desk, wordIds[to] ?? UNKNOWN, begin + (wordBegins[to] ?? 0), begin + to, mention);
  return true;
};

/** Adds digits from `begin` unless they only double the word before them, and answers where they end. */
const addDigits = ({ page, vocabulary, part }: Desk, begin: number): number => {
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
  const token = add(page, part, begin, end);
  if (small) {
    page.keys[token] = NUMBER_ID;
    page.values[token] =
      length === 1 ? at(page, begin) - ZERO : (at(page, begin) - ZERO) * 10 + at(page, begin + 1) - ZERO;
  } else page.keys[token] = wordIn(vocabulary, hashOf(codes, begin, end), codes, begin, end);
  if (keycap || (length === 2 && at(page, begin) === ZERO)) mark(page, token, BALLOT_LIKE);
  return end;
};

/** Neither `no. 2` nor `dr. Arga` nor a missing space ends a sentence. */
const dotEndsSentence = ({ page, vocabulary }: Desk, index: number): boolean => {
  const before = tokenBefore(page, index);
  const abbreviates =
    isWord(page, before) &&
    (index - (page.begins[before] ?? 0) <= LONGEST_ABBREVIATION ||
      hasTrait(vocabulary, page.keys[before] ?? UNKNOWN, INTRODUCER));
  return !abbreviates && !isLetter(at(page, index + 1));
};

/** Adds the words and numbers of the part in hand. Linear; marks only leave their breaks. */
const readPart = (desk: Desk): void => {
  const { page, vocabulary } = desk;
  const { codes, from, length } = page.draft;
  const first = page.count;
  let doubleQuote = NONE;
  let singleQuote = NONE;
  let inTag = false;
  let inMention = false;
  for (let index = from; index < length;) {
    const c = codes[index] ?? 0;
    if (isLetter(c)) {
      let hash = hashOn(HASH_SEED, c);
      let end = index + 1;
      for (; end < length && isLetter(codes[end] ?? 0); end += 1) hash = hashOn(hash, codes[end] ?? 0);
      const id = wordIn(vocabulary, hash, codes, index, end);
      const isCut = inTag && !hasTrait(vocabulary, id, LEXICAL) && addTag(desk, index, end, inMention);
      if (!isCut) addWord(desk, id, index, end, inMention);
      index = end;
      continue;
    }
    if (isDigit(c)) {
      index = addDigits(desk, index);
      continue;
    }
    if (c === NEW_LINE || c === EXCLAMATION) breakSentence(desk);
    else if (c === QUESTION) {
      page.questions.push(page.count > 0 ? (page.sentences[page.count - 1] ?? 0) : page.sentence);
      breakSentence(desk);
    } else if (c === DOT) {
      if (dotEndsSentence(desk, index)) breakSentence(desk);
    } else if (endsClause(c)) page.clause += 1;
    else if (c > LAST_ASCII) {
      index = keepEmoji(desk, index);
      inTag = false;
      inMention = false;
      continue;
    } else if (c === DOUBLE_QUOTE) doubleQuote = quote(page, doubleQuote);
    else if (c === SINGLE_QUOTE) {
      const turns = singleQuote === NONE ? at(page, index - 1) <= SPACE : !isLetter(at(page, index + 1));
      if (turns) singleQuote = quote(page, singleQuote);
    }
    inTag = c === HASH;
    inMention = c === AT || (inMention && (c === UNDERSCORE || c === DOT));
    index += 1;
  }
  if (page.count > first || page.emoji.length > 0) breakSentence(desk);
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
    readPart({ page, vocabulary, part });
  }
};
