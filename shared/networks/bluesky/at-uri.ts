import { instant, type Instant } from '../../domain/time.js';

export const POSTS = 'app.bsky.feed.post';
export const REPOSTS = 'app.bsky.feed.repost';
export const PROFILES = 'app.bsky.actor.profile';

const DID = /^did:(?:plc:[a-z2-7]{24}|web:[a-z0-9-]+(?:\.[a-z0-9-]+)+)$/;
const RKEY = /^[a-zA-Z0-9._:~-]{1,512}$/;

/** Whether it is one of the two kinds of DID that the network uses. */
export const isDid = (text: string): boolean => DID.test(text);

/** A record key that can be asked for; servers answer 500 to what the protocol does not allow. */
export const isRecordKey = (text: string): boolean => RKEY.test(text) && text !== '.' && text !== '..';

export interface AtUri {
  readonly did: string;
  readonly collection: string;
  readonly rkey: string;
}

export const atUri = ({ did, collection, rkey }: AtUri): string => `at://${did}/${collection}/${rkey}`;

/** `at://did/collection/rkey`, else `null`. */
export const parseAtUri = (text: string): AtUri | null => {
  const [, did, collection, rkey] = /^at:\/\/([^/]+)\/([a-zA-Z0-9.-]+)\/([^/]+)$/.exec(text) ?? [];
  if (did === undefined || collection === undefined || rkey === undefined) return null;
  return isDid(did) && isRecordKey(rkey) ? { did, collection, rkey } : null;
};

const ALPHABET = '234567abcdefghijklmnopqrstuvwxyz';
const TID = /^[234567a-j][234567a-z]{12}$/;
/** The two last letters say which clock it was. */
const CLOCK_LETTERS = 2;

/** The moment in a key that the protocol made from the clock; `null` in any other key. */
export const timeOf = (rkey: string): Instant | null => {
  if (!TID.test(rkey)) return null;
  let tens = 0n;
  for (const letter of rkey.slice(0, -CLOCK_LETTERS)) tens = tens * 32n + BigInt(ALPHABET.indexOf(letter));
  // 53 bits of microseconds and 10 bits of the clock's name.
  const milliseconds = Number(tens / 1000n);
  return milliseconds > MAX_MILLISECONDS ? null : instant(new Date(milliseconds));
};

/** The last moment that four digits of a year can say. */
const MAX_MILLISECONDS = Date.parse('9999-12-31T23:59:59.999Z');
