import type { DeletedPost } from '../../domain/scanning/post.js';
import type { Instant } from '../../domain/time.js';
import { atUri, parseAtUri } from './at-uri.js';
import { laterMark, remembered, seenIn, type CollectionCursor, type Seen } from './bluesky-cursor.js';
import type { Listed } from './lexicons.js';
import type { OwnAct } from './bluesky-post.js';
import type { Answer } from './xrpc.js';

/** A record of the account's own; `act` is `null` where it is not for strangers. */
interface Entry {
  readonly rkey: string;
  readonly cid: string;
  readonly act: OwnAct | null;
}

/** An act to be handed over, unless it has to wait for another look. */
export interface Offered {
  readonly rkey: string;
  readonly act: OwnAct;
  /** Another version of it was handed over before. */
  readonly edited: boolean;
  /** How often it had to wait; `null` where it cannot, because the next look would not meet it. */
  readonly tries: number | null;
}

interface WalkRequest {
  readonly did: string;
  readonly collection: string;
  readonly cursor: CollectionCursor;
  /** How many of the newest records are remembered, so that edits and deletions among them are noticed. */
  readonly window: number;
  readonly maxPages: number;
  readonly at: Instant;
  /** The page of records below a key, newest first. */
  readonly list: (below: string | null) => Promise<Answer<{ readonly records: readonly Listed[] }>>;
  /** Asks for a record by its key; `null` when nobody can say. */
  readonly exists: (rkey: string) => Promise<boolean | null>;
  readonly actOf: (record: Pick<Entry, 'rkey' | 'cid'> & { readonly value: unknown }) => OwnAct | null;
  readonly since: Instant;
  /** `full`: there is no room for it in this look. */
  readonly offer: (offered: Offered) => 'taken' | 'full';
}

export interface Walk {
  /** The cursor after the look, but for the entries that have to wait. */
  readonly cursor: (waiting: ReadonlySet<string>) => CollectionCursor;
  readonly deleted: readonly DeletedPost[];
  /** Whether something of the permit's time was left unread. */
  readonly unread: boolean;
  readonly failure: Exclude<Answer<never>, { kind: 'ok' }> | null;
}

/** Look-ups of missing records in one look; the others wait for the next. */
const MAX_LOOKUPS = 10;

/**
 * From the newest record towards older ones, until what was read before or where the permit begins. The first page is read
 * whole each time: there edits, deletions and records with a key of their own choice show. A walk that is cut short goes on
 * first, so there is never more than one gap. Nothing that a server says makes it endless: a page that shows no new key is
 * the last, and pages are counted.
 */
export const walkCollection = async (request: WalkRequest): Promise<Walk> => {
  const { cursor, maxPages, at, since, list, offer } = request;
  const seen = seenIn(cursor);
  const lowestSeen = [...seen.keys()].sort()[0] ?? null;
  const tries = new Map(cursor.deferred);
  const resumed = cursor.gap;

  const handled = new Map<string, readonly string[]>();
  const met = new Set<string>();
  let below = resumed?.from ?? null;
  let high = resumed?.high ?? null;
  let firstPage: readonly Entry[] | null = null;
  let end: 'reached' | 'cut' | null = null;
  let failure: Walk['failure'] = null;

  const isBehind = (rkey: string): boolean => cursor.mark !== null && rkey <= cursor.mark;
  const isKnown = ({ rkey, cid }: Entry): boolean => seen.get(rkey)?.includes(cid) === true;
  /** Below what the last looks remember lies what they read and forgot. */
  const isForgotten = ({ rkey }: Entry): boolean =>
    isBehind(rkey) && !seen.has(rkey) && !tries.has(rkey) && (lowestSeen === null || rkey < lowestSeen);

  const isOld = ({ act }: Entry): boolean => act !== null && act.post.postedAt < since;

  const handle = (entry: Entry, canWait: boolean): 'taken' | 'full' => {
    const before = seen.get(entry.rkey) ?? [];
    const versions = [entry.cid, ...before.filter((cid) => cid !== entry.cid)];
    const { rkey, act } = entry;
    if (act !== null && !isKnown(entry) && !isForgotten(entry) && !isOld(entry)) {
      const offered = {
        rkey,
        act,
        edited: before.length > 0,
        tries: canWait ? (tries.get(rkey) ?? 0) : null,
      };
      if (offer(offered) === 'full') return 'full';
    }
    handled.set(entry.rkey, versions);
    return 'taken';
  };

  for (let page = 0; end === null; page += 1) {
    if (page === maxPages) {
      end = 'cut';
      break;
    }
    const answer = await list(below);
    if (answer.kind !== 'ok') {
      failure = answer;
      end = 'cut';
      break;
    }
    const entries = ownEntries(answer.data.records, request).filter(({ rkey }) => !met.has(rkey));
    for (const { rkey } of entries) met.add(rkey);
    const isFirst = page === 0 && resumed === null;
    if (isFirst) {
      firstPage = entries;
      high = laterMark(null, [...met], at);
    }
    for (const entry of entries) {
      if (!isFirst && isBehind(entry.rkey)) {
        end = 'reached';
        break;
      }
      if (handle(entry, isFirst) === 'full') {
        end = 'cut';
        break;
      }
      below = entry.rkey;
    }
    const isLast = entries.every(isOld) || entries.some(({ rkey }) => isBehind(rkey));
    if (end === null && isLast) end = 'reached';
  }

  const whole = end === 'reached';
  const gap = whole || below === null ? cursor.gap : { from: below, high };
  const missed =
    firstPage === null || !whole
      ? { deleted: [], missing: cursor.missing, settled: new Set<string>() }
      : await missedIn(request, { seen, met, firstPage });

  const after = (waiting: ReadonlySet<string>): CollectionCursor => {
    const kept = [...handled].filter(([rkey]) => !waiting.has(rkey));
    const all = new Map([...[...seen].filter(([rkey]) => !missed.settled.has(rkey)), ...kept]);
    const entries = remembered(all, request.window);
    const keys = new Set(entries.map((entry) => entry.split(' ', 1)[0]));
    return {
      mark: whole ? laterMark(cursor.mark, high === null ? [] : [high], at) : cursor.mark,
      gap: whole ? null : gap,
      seen: entries,
      missing: missed.missing.filter((rkey) => keys.has(rkey)),
      deferred:
        firstPage === null
          ? cursor.deferred
          : [...waiting].map((rkey): [string, number] => [rkey, (tries.get(rkey) ?? 0) + 1]),
    };
  };
  // A gap that was closed lies below what was posted meanwhile.
  return { cursor: after, deleted: missed.deleted, unread: !whole || firstPage === null, failure };
};

/** Records under the account's own name, newest key first; a server may list anything, and twice. */
const ownEntries = (
  records: readonly Listed[],
  { did, collection, actOf }: Pick<WalkRequest, 'did' | 'collection' | 'actOf'>,
): Entry[] => {
  const entries = new Map<string, Entry>();
  for (const { uri, cid, value } of records) {
    const parsed = parseAtUri(uri);
    if (parsed?.did !== did || parsed.collection !== collection || entries.has(parsed.rkey)) continue;
    const { rkey } = parsed;
    entries.set(rkey, { rkey, cid, act: actOf({ rkey, cid, value }) });
  }
  return [...entries.values()].sort((one, other) => (one.rkey < other.rkey ? 1 : -1));
};

interface Read {
  readonly seen: Seen;
  readonly met: ReadonlySet<string>;
  readonly firstPage: readonly Entry[];
}

/** What was seen and is not listed any more. The second time it is asked for by its key, and only then called deleted. */
const missedIn = async (
  { did, collection, cursor, window, exists }: WalkRequest,
  { seen, met, firstPage }: Read,
): Promise<{ deleted: DeletedPost[]; missing: string[]; settled: Set<string> }> => {
  const lowest = firstPage.at(-1)?.rkey ?? null;
  // A page that is shorter than the window shows all there is.
  const isListed = (rkey: string): boolean => firstPage.length < window || (lowest !== null && rkey > lowest);
  const absent = [...seen.keys()].filter((rkey) => !met.has(rkey) && isListed(rkey));
  const before = new Set(cursor.missing);
  const again = absent.filter((rkey) => before.has(rkey));
  const deleted: DeletedPost[] = [];
  const settled = new Set<string>();
  const missing = [...absent.filter((rkey) => !before.has(rkey)), ...again.slice(MAX_LOOKUPS)];
  for (const rkey of again.slice(0, MAX_LOOKUPS)) {
    const there = await exists(rkey);
    if (there === null) missing.push(rkey);
    else settled.add(rkey);
    if (there === false)
      for (const version of seen.get(rkey) ?? [])
        deleted.push({ uri: atUri({ did, collection, rkey }), version });
  }
  return { deleted, missing, settled };
};
