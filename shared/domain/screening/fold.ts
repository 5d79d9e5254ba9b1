/** Letters that look like Latin ones, and the many kinds of dash and quotation mark. */
const LOOK_ALIKES: ReadonlyMap<string, string> = new Map(
  (
    [
      // Cyrillic
      ['авгекмнопрстухѕіјһԁԛԝӏ', 'abrekmhonpctyxsijhdqwl'],
      // Greek
      ['αβγεηικνορστυχως', 'abyenikvopotuxwc'],
      // Latin letters that NFKD leaves alone, and small capitals
      ['ıøłđħŧɑɡɩᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ', 'ioldhtagiabcdefghijklmnoprstuvwyz'],
      ['“”„‟«»″', '"""""""'],
      ['‘’‚‛′`ʼ', "'''''''"],
      ['‐‑‒–—―−⁄·•∙。', '-------/....'],
    ] as const
  ).flatMap(([from, to]) => Array.from(from, (letter, index) => [letter, to[index] ?? ''] as const)),
);

const DROPPED = /[\p{M}\p{Cc}\p{Cf}]/gu;
const SPACE = /[\t\p{Zs}]/u;
const LINE_BREAKS = new Set([0x0a, 0x0b, 0x0c, 0x0d, 0x85, 0x2028, 0x2029]);

const foldOnce = (text: string): string => {
  const plain = text.normalize('NFKD').replace(DROPPED, '').toLowerCase();
  let folded = '';
  for (const character of plain) folded += LOOK_ALIKES.get(character) ?? character;
  return folded;
};

const isSkinTone = (codePoint: number): boolean => codePoint >= 0x1f3fb && codePoint <= 0x1f3ff;
const isPictograph = (codePoint: number): boolean => codePoint >= 0x1f1e6 && codePoint <= 0x1faff;

/** White letters on black circles and squares have no decomposition in Unicode. */
const enclosedLetter = (codePoint: number): string | undefined => {
  const first = [0x1f150, 0x1f170].find((start) => codePoint >= start && codePoint < start + 26);
  return first === undefined ? undefined : String.fromCharCode(0x61 + codePoint - first);
};

/**
 * What one code point means to a reader: without case, marks or disguise. Empty if it is invisible.
 * Every character of the answer is its own answer, so folding twice changes nothing.
 */
export const foldCodePoint = (codePoint: number): string => {
  if (codePoint >= 0xd800 && codePoint <= 0xdfff) return ' ';
  if (isSkinTone(codePoint)) return '';
  const character = String.fromCodePoint(codePoint);
  if (isPictograph(codePoint)) return character;
  if (LINE_BREAKS.has(codePoint)) return '\n';
  if (SPACE.test(character)) return ' ';
  const enclosed = enclosedLetter(codePoint);
  if (enclosed !== undefined) return enclosed;
  let folded = foldOnce(character);
  for (let again = foldOnce(folded); again !== folded; again = foldOnce(folded)) folded = again;
  return folded;
};

/** A unit that is dropped, and one that becomes several. No unit folds to either of these two. */
export const NOTHING = 0xfffe;
export const SEVERAL = 0xffff;

/** What each UTF-16 unit folds to; 0 until it is met for the first time. */
const unitTable = new Uint16Array(0x10000);
const severalTable = new Map<number, string>();

const learn = (unit: number): number => {
  const folded = foldCodePoint(unit);
  const only = folded.length === 1 ? folded.charCodeAt(0) : SEVERAL;
  const known = folded === '' ? NOTHING : only < NOTHING ? only : SEVERAL;
  unitTable[unit] = known;
  if (known === SEVERAL) severalTable.set(unit, folded);
  return known;
};

/** `foldCodePoint` of the basic plane from a table: a unit, `NOTHING`, or `SEVERAL`, which `foldSeveral` gives. */
export const foldUnit = (unit: number): number => unitTable[unit] || learn(unit);

export const foldSeveral = (unit: number): string => severalTable.get(unit) ?? foldCodePoint(unit);
