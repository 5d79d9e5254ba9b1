import type { ScanPermit } from '../../domain/registry/permit.js';
import { parseAtUri, POSTS, type AtUri } from './at-uri.js';
import { textOf } from './bluesky-post.js';
import { DidDocument, documentAddress, originOf, serverIn, type BlueskySettings } from './did-document.js';
import { RecordAnswer, type StrongRef } from './lexicons.js';
import { ask, callOf, type Tools } from './xrpc.js';

/** The words of a subject; `none`: there are none to be had, `later`: perhaps there are at another look. */
export type Subject = { readonly kind: 'text'; readonly text: string } | { readonly kind: 'none' | 'later' };

const NONE: Subject = { kind: 'none' };

/**
 * Reads the one post that an own post points to, in the version that it points to: where its author's repository is, then
 * the record. Who wrote it is not kept. One that is deleted, changed since or held back from strangers has no words.
 */
export const readSubject = async (
  { uri, cid }: StrongRef,
  permit: ScanPermit,
  tools: Tools,
  settings: BlueskySettings,
): Promise<Subject> => {
  const place = parseAtUri(uri);
  if (place?.collection !== POSTS) return NONE;
  const server = await serverOf(place, permit, tools, settings);
  if (typeof server === 'string') return { kind: server };
  const { did, collection, rkey } = place;
  const address = callOf(server.origin, 'com.atproto.repo.getRecord', { repo: did, collection, rkey });
  const answer = await ask(tools, permit.pointsTo(address), address, RecordAnswer);
  switch (answer.kind) {
    case 'failed':
      return { kind: answer.reason === 'malformed' || answer.reason === 'needs-token' ? 'none' : 'later' };
    case 'refused':
      return NONE;
    case 'ok': {
      const text = answer.data.cid === cid ? textOf(answer.data.value) : null;
      return text === null ? NONE : { kind: 'text', text };
    }
  }
};

/** Subjects of the account's own stand where it stands itself. */
const serverOf = async (
  { did }: AtUri,
  permit: ScanPermit,
  tools: Tools,
  settings: BlueskySettings,
): Promise<{ readonly origin: string } | 'none' | 'later'> => {
  if (did === permit.identity.id) return { origin: originOf(permit.host, settings.guard) };
  const address = documentAddress(did, settings);
  if (address === null) return 'none';
  const answer = await ask(tools, permit.pointsTo(address), address, DidDocument);
  if (answer.kind === 'failed') return answer.reason === 'malformed' ? 'none' : 'later';
  if (answer.kind === 'refused' || answer.data.id !== did) return 'none';
  return serverIn(answer.data, settings.guard) ?? 'none';
};
