import * as z from 'zod';
import { Count, Positive } from '../fields.js';
import type { PostContext, TextPart } from '../scanning/post.js';

/** Where a text names or points to somebody: UTF-16 offsets into a part, or into the context. */
export const PersonSpan = z.strictObject({
  part: z.union([Count, z.literal('context')]),
  start: Count,
  end: Positive,
});
export type PersonSpan = z.infer<typeof PersonSpan>;

const MENTION = /(?<![\p{L}\p{N}_])@[\p{L}\p{N}_](?:[\p{L}\p{N}_.-]*[\p{L}\p{N}_])?/gu;
const E_MAIL = /[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/gu;
const LINK = /(?:https?:\/\/|www\.)[^\s<>"')\]]+/giu;
/** A form of address or a title, then one to three names. */
const ADDRESSED =
  /(?<![\p{L}\p{N}_])(?:Bapak|Pak|Bpk\.?|Ibu|Bu|Mas|Mbak|Bang|Kang|Teh|Kak|Gus|Ustaz|Ustadz|H\.|Hj\.|Dr\.|dr\.|drg\.|Drs\.|Dra\.|Ir\.|Prof\.)\s+\p{Lu}[\p{L}'’-]+(?:\s+\p{Lu}[\p{L}'’-]+){0,2}/gu;
/** Two to four words with capitals, one after another. */
const CAPITALS = /(?<![\p{L}\p{N}_])\p{Lu}\p{Ll}[\p{L}'’-]*(?:[ \t]+\p{Lu}\p{Ll}[\p{L}'’-]*){1,3}/gu;
const WORD = /[\p{L}\p{N}]+/gu;

/** In a line that capitalises most of its words capitals tell nothing. */
const isTitle = (line: string): boolean => {
  const words = line.match(WORD) ?? [];
  return words.filter((word) => /^\p{Lu}/u.test(word)).length * 2 > words.length;
};

const lineAround = (text: string, at: number): string => {
  const end = text.indexOf('\n', at);
  return text.slice(text.lastIndexOf('\n', at) + 1, end === -1 ? text.length : end);
};

interface Place {
  readonly start: number;
  readonly end: number;
}

const overlaps = (one: Place, other: Place): boolean => one.start < other.end && other.start < one.end;

/** The surest kinds first: what one has taken is no other. */
const KINDS = [E_MAIL, LINK, MENTION, ADDRESSED, CAPITALS];

const placesIn = (text: string, isContestant: (words: string) => boolean): Place[] => {
  const places: Place[] = [];
  for (const kind of KINDS)
    for (const { 0: words, index } of text.matchAll(kind)) {
      const place = { start: index, end: index + words.length };
      if (kind === CAPITALS && isTitle(lineAround(text, index))) continue;
      if (isContestant(words) || places.some((taken) => overlaps(taken, place))) continue;
      places.push(place);
    }
  return places.sort((left, right) => left.start - right.start);
};

const wordsOf = (text: string): string[] => (text.match(WORD) ?? []).map((word) => word.toLowerCase());

const ADDRESS = new Set(
  wordsOf('Bapak Pak Bpk Ibu Bu Mas Mbak Bang Kang Teh Kak Gus Ustaz Ustadz H Hj Dr drg Drs Dra Ir Prof'),
);

/**
 * Where a text names people, for the eyes of whoever reads it blind. It knows the words and the contestants, who are left
 * out, and nothing of the holder: a mark that depended on whose the text is would tell whose it is. So a name in lower
 * case is not marked, whoever bears it.
 */
export const peopleIn = (
  { parts, context }: { readonly parts: readonly TextPart[]; readonly context: PostContext | null },
  contestants: readonly string[],
): PersonSpan[] => {
  const known = new Set(contestants.flatMap(wordsOf));
  const isContestant = (words: string): boolean =>
    wordsOf(words).every((word) => known.has(word) || ADDRESS.has(word));
  const texts: (readonly [PersonSpan['part'], string])[] = [
    ...parts.map(({ text }, part) => [part, text] as const),
    ...(context === null ? [] : [['context', context.text] as const]),
  ];
  return texts.flatMap(([part, text]) => placesIn(text, isContestant).map((place) => ({ part, ...place })));
};
