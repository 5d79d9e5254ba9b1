import type { IdentityLookup } from '../../domain/registry/permit.js';
import type { ConnectorTools, DeclaredText, IdentityAnswer } from '../connector.js';
import { isTakenOver } from './feed-origin.js';
import { notIdentified } from '../failure.js';
import { ACCEPT, pageAnswer } from './feed-page.js';
import { readable } from './feed-post.js';
import type { FeedPage } from './parse-feed.js';

const NEWEST = 5;

/** A feed is who its address says; it is asked whether it is there, and what it says of itself. */
export const identifyFeed = async (
  lookup: IdentityLookup,
  { fetch, now }: Pick<ConnectorTools, 'fetch' | 'now'>,
): Promise<IdentityAnswer> => {
  const { handle, host } = lookup;
  if (host === null) return { kind: 'malformed' };
  const outcome = await fetch(lookup, { url: handle, headers: { accept: ACCEPT } });
  const answer = pageAnswer(outcome, { conditional: false, throttlesBefore: 0, at: now() });
  switch (answer.kind) {
    case 'failed':
      return notIdentified(answer);
    case 'unchanged':
      return { kind: 'malformed' };
    case 'page':
      return {
        kind: 'found',
        identity: { id: handle, host },
        handle,
        declares: declaredIn(answer.page, answer.url, lookup.seeksProof),
        links: answer.page.me.map((href) => ({ href, isMe: true })),
      };
  }
};

/** Entries that the feed takes from others say nothing of who writes it. */
const declaredIn = (page: FeedPage, address: string, withPosts: boolean): DeclaredText[] => {
  const about = page.about.map((text): DeclaredText => ({ where: 'profile', text: readable(text).text }));
  if (!withPosts) return about;
  const own = page.entries.filter((entry) => !isTakenOver(entry, page.names, address)).slice(0, NEWEST);
  const posts = own.flatMap(({ title, body }) =>
    [title, body].map((text): DeclaredText => ({ where: 'post', text: readable(text).text })),
  );
  return [...about, ...posts];
};
