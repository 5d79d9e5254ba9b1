import type { RefusalKind } from './refusal.js';

/** How the first bytes of a file tell what it is, for a word that helps. `at` is where they stand. */
const SIGNS: readonly { readonly hex: string; readonly at: number; readonly is: RefusalKind }[] = [
  { hex: 'ffd8ff', at: 0, is: 'picture' },
  { hex: '89504e47', at: 0, is: 'picture' },
  { hex: '47494638', at: 0, is: 'picture' },
  { hex: '57454250', at: 8, is: 'picture' },
  // MP4, MOV and HEIC
  { hex: '66747970', at: 4, is: 'picture' },
  // gzip, 7z, RAR, bzip2, xz
  { hex: '1f8b', at: 0, is: 'other-packing' },
  { hex: '377abcaf271c', at: 0, is: 'other-packing' },
  { hex: '526172211a07', at: 0, is: 'other-packing' },
  { hex: '425a68', at: 0, is: 'other-packing' },
  { hex: 'fd377a585a00', at: 0, is: 'other-packing' },
  // {, [, "window." and "<"
  { hex: '7b', at: 0, is: 'bare-data' },
  { hex: '5b', at: 0, is: 'bare-data' },
  { hex: '77696e646f772e', at: 0, is: 'bare-data' },
  { hex: '3c', at: 0, is: 'bare-data' },
];

const ZIP = '504b0304';

/** What keeps a file with this beginning from being a ZIP archive, or `null`. */
export const whyNoZip = (head: Buffer): RefusalKind | null => {
  if (head.length === 0) return 'empty';
  const begins = ({ hex, at }: { readonly hex: string; readonly at: number }): boolean =>
    head.toString('hex', at, at + hex.length / 2) === hex;
  if (begins({ hex: ZIP, at: 0 })) return null;
  return SIGNS.find(begins)?.is ?? 'not-an-archive';
};
