import { sha256 } from '../../shared/domain/ids.js';
import type { SamplePost } from './posts.js';

type Dated = Pick<SamplePost, 'guid' | 'postedAt'>;

const number = (bits: number, ...parts: readonly string[]): bigint =>
  BigInt.asUintN(bits, BigInt(`0x${sha256('sample-id', ...parts)}`));

/** The digits that base 32 does not have, as letters. */
const BASE_32: Readonly<Record<string, string>> = { 0: 'g', 1: 'h', 8: 'i', 9: 'j' };
const letters = (length: number, ...parts: readonly string[]): string =>
  sha256('sample-id', ...parts)
    .slice(0, length)
    .replaceAll(/[0189]/g, (digit) => BASE_32[digit] ?? digit);

export const didOf = (name: string): string => `did:plc:${letters(24, 'did', name)}`;

/** The same id for the same content, as in a repository. */
export const contentId = (value: unknown): string => `bafyrei${letters(52, JSON.stringify(value))}`;

const ALPHABET = '234567abcdefghijklmnopqrstuvwxyz';

/** The key under which AT Protocol keeps a post: microseconds and the name of a clock, thirteen letters that sort by time. */
export const recordKey = ({ guid, postedAt }: Dated): string => {
  const microseconds = BigInt(Date.parse(postedAt)) * 1000n + (number(16, 'microsecond', guid) % 1000n);
  let rest = (microseconds << 10n) | number(10, 'clock', guid);
  let key = '';
  for (let letter = 0; letter < 13; letter += 1) {
    key = `${ALPHABET[Number(rest & 31n)] ?? ''}${key}`;
    rest >>= 5n;
  }
  return key;
};

/** The number of a status of Mastodon: milliseconds and 16 bits. */
export const statusId = ({ guid, postedAt }: Dated): string =>
  String((BigInt(Date.parse(postedAt)) << 16n) | number(16, 'status', guid));

export const mastodonAccountId = (name: string): string => String(number(56, 'account', name));
