import * as z from 'zod';
import { blueskyHandle } from '../../domain/registry/bluesky-handle.js';
import type { IdentityLookup } from '../../domain/registry/permit.js';
import type { DeclaredText, IdentityAnswer } from '../connector.js';
import { notIdentified } from '../failure.js';
import { isDid, parseAtUri, POSTS, PROFILES } from './at-uri.js';
import { textOf } from './bluesky-post.js';
import {
  DidDocument,
  documentAddress,
  handleIn,
  originOf,
  serverIn,
  type BlueskySettings,
} from './did-document.js';
import { NOT_TO_STRANGERS, ProfileRecord, RecordAnswer, RecordPage, RepoStatus } from './lexicons.js';
import { answerOf, ask, callOf, type Answer, type Tools } from './xrpc.js';

/** A code of proof stands in the profile, in the pinned post or in one of these. */
const NEWEST = '5';

/** A site answers with a DID and nothing else. */
const SiteAnswer = z.string().transform((text) => text.trim());
const HandleAnswer = z.object({ did: z.string() });

type Missing = Exclude<Answer<never>, { kind: 'ok' }>;

const without = (answer: Missing): IdentityAnswer =>
  answer.kind === 'refused' ? { kind: 'not-found' } : notIdentified(answer);

/**
 * From the handle to the DID, whose document names the server and must name the handle in turn; where the DID is known
 * already, how the account goes now. A handle that its site does not confirm is somebody's mere claim: the account then goes
 * by its DID.
 */
export const identifyBluesky = async (
  lookup: IdentityLookup,
  tools: Tools,
  settings: BlueskySettings,
): Promise<IdentityAnswer> => {
  const found =
    lookup.identity?.id ?? (isDid(lookup.handle) ? lookup.handle : await didOf(lookup, tools, settings));
  if (typeof found !== 'string') return without(found);
  const did = found;
  const address = documentAddress(did, settings);
  if (address === null) return { kind: 'malformed' };
  const document = await ask(tools, lookup, address, DidDocument);
  if (document.kind !== 'ok') return without(document);
  const server = serverIn(document.data, settings.guard);
  if (document.data.id !== did || server === null) return { kind: 'malformed' };

  const handle = await handleOf(document.data, lookup, tools, settings);
  if (typeof handle !== 'string') return without(handle);
  // Who declared a handle declared the account that it confirms, and no other.
  if (lookup.identity === null && !isDid(lookup.handle) && handle !== lookup.handle)
    return { kind: 'not-found' };

  const { origin } = server;
  const status = await ask(
    tools,
    lookup,
    callOf(origin, 'com.atproto.sync.getRepoStatus', { did }),
    RepoStatus,
  );
  if (status.kind !== 'ok') return without(status);
  if (!status.data.active) return { kind: 'not-found' };
  const record = await ask(
    tools,
    lookup,
    callOf(origin, 'com.atproto.repo.getRecord', { repo: did, collection: PROFILES, rkey: 'self' }),
    RecordAnswer,
  );
  if (record.kind === 'failed') return without(record);
  // Nobody has to have a profile.
  const profile = record.kind === 'ok' ? (ProfileRecord.safeParse(record.data.value).data ?? null) : null;
  if (profile?.labels.includes(NOT_TO_STRANGERS) === true) return { kind: 'opted-out' };
  const about: DeclaredText[] = profile === null ? [] : [{ where: 'profile', text: profile.description }];
  const pinned = profile?.pinnedPost?.uri ?? null;
  return {
    kind: 'found',
    identity: { id: did, host: server.host },
    handle,
    declares: lookup.seeksProof
      ? [...about, ...(await postsOf({ did, origin, pinned }, lookup, tools))]
      : about,
    // The protocol has no word for “this is me too”.
    links: profile?.website == null ? [] : [{ href: profile.website, isMe: false }],
  };
};

/** By the handle's own site, else by whom the network asks: handles may also stand in the DNS. */
const didOf = async (
  lookup: IdentityLookup,
  tools: Tools,
  settings: BlueskySettings,
): Promise<string | Missing> => {
  const { handle, host } = lookup;
  if (host !== null) {
    const url = `${originOf(host, settings.guard)}/.well-known/atproto-did`;
    const outcome = await tools.fetch(lookup, { url, headers: { accept: 'text/plain' } });
    const answer = answerOf(outcome, SiteAnswer, tools.now());
    if (answer.kind === 'ok' && isDid(answer.data)) return answer.data;
  }
  return confirmedBy(handle, lookup, tools, settings);
};

const confirmedBy = async (
  handle: string,
  lookup: IdentityLookup,
  tools: Tools,
  { appView }: BlueskySettings,
): Promise<string | Missing> => {
  const url = callOf(appView, 'com.atproto.identity.resolveHandle', { handle });
  const answer = await ask(tools, lookup, url, HandleAnswer);
  return answer.kind === 'ok' ? answer.data.did : answer;
};

/** The handle that an identity claims, if the handle's site confirms it; else its DID. */
const handleOf = async (
  document: DidDocument,
  lookup: IdentityLookup,
  tools: Tools,
  settings: BlueskySettings,
): Promise<string | Missing> => {
  const claimed = handleIn(document);
  if (claimed === null || blueskyHandle(claimed, settings.guard).kind === 'refused') return document.id;
  const first = lookup.identity === null;
  // The look-up began with this very handle and came here.
  if (first && claimed === lookup.handle) return claimed;
  const did = await confirmedBy(claimed, lookup, tools, settings);
  if (typeof did !== 'string') return did.kind === 'refused' ? document.id : did;
  return did === document.id ? claimed : document.id;
};

/** The pinned post and the newest ones, the account's own only. A server that does not show them shows no proof. */
const postsOf = async (
  { did, origin, pinned }: { readonly did: string; readonly origin: string; readonly pinned: string | null },
  lookup: IdentityLookup,
  tools: Tools,
): Promise<DeclaredText[]> => {
  const newest = await ask(
    tools,
    lookup,
    callOf(origin, 'com.atproto.repo.listRecords', { repo: did, collection: POSTS, limit: NEWEST }),
    RecordPage,
  );
  const place = pinned === null ? null : parseAtUri(pinned);
  const top =
    place?.did !== did || place.collection !== POSTS
      ? null
      : await ask(
          tools,
          lookup,
          callOf(origin, 'com.atproto.repo.getRecord', { repo: did, collection: POSTS, rkey: place.rkey }),
          RecordAnswer,
        );
  const values = [
    ...(top?.kind === 'ok' ? [top.data.value] : []),
    ...(newest.kind === 'ok' ? newest.data.records.slice(0, Number(NEWEST)).map(({ value }) => value) : []),
  ];
  return values.flatMap((value): DeclaredText[] => {
    const text = textOf(value);
    return text === null ? [] : [{ where: 'post', text }];
  });
};
