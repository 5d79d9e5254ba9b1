import type { IdentityLookup } from '../../domain/registry/permit.js';
import type { ConnectorTools, DeclaredText, IdentityAnswer } from '../connector.js';
import { notIdentified } from '../failure.js';
import { htmlLinks } from '../html-links.js';
import { htmlText } from '../html-text.js';
import { asking, originOf, type Ask } from './ask-mastodon.js';
import { pageAddress, pageOf } from './status-page.js';
import { wordsOf } from './status-text.js';
import { MastodonProfile, StatusList } from './status.js';

const NEWEST = 5;

/** Who `name@host` is, by its host's own word; an account that is known already is asked for by its id. */
export const identifyMastodon = async (
  lookup: IdentityLookup,
  { fetch, now }: Pick<ConnectorTools, 'fetch' | 'now'>,
): Promise<IdentityAnswer> => {
  const { handle, host, identity } = lookup;
  const [name = '', site = ''] = handle.split('@');
  if (host === null) return { kind: 'malformed' };
  const ask = asking({ fetch }, { throttlesBefore: 0, at: now() });
  const accounts = `${originOf(host)}/api/v1/accounts`;
  const address =
    identity === null ? `${accounts}/lookup?acct=${encodeURIComponent(name)}` : `${accounts}/${identity.id}`;
  const answer = await ask(lookup, address, MastodonProfile);
  if (answer.kind === 'failed') return notIdentified(answer);
  const profile = answer.value;
  // A name with a host behind it is a guest of this server, which may not have all of its statuses.
  if (profile.suspended === true || profile.acct.includes('@')) return { kind: 'not-found' };
  if (profile.moved) return { kind: 'moved' };
  const about = [profile.note, ...(profile.fields ?? []).flatMap((field) => [field.name, field.value])].map(
    (html) => html ?? '',
  );
  const posts = lookup.seeksProof ? await newestWords(lookup, ask, originOf(host), profile.id) : [];
  return {
    kind: 'found',
    // The server that a redirect led to is the one that serves the account.
    identity: { id: profile.id, host: URL.parse(answer.url)?.host ?? host },
    handle: `${profile.acct.toLowerCase()}@${site}`,
    declares: [
      ...about.map((html): DeclaredText => ({ where: 'profile', text: htmlText(html).text })),
      ...posts.map((text): DeclaredText => ({ where: 'post', text })),
    ].filter(({ text }) => text !== ''),
    links: about.flatMap(htmlLinks),
  };
};

/** What the account itself wrote last. A list that cannot be read proves nothing, and hides no proof in the profile. */
const newestWords = async (
  lookup: IdentityLookup,
  ask: Ask,
  origin: string,
  account: string,
): Promise<readonly string[]> => {
  const answer = await ask(lookup, pageAddress(origin, account, null), StatusList);
  if (answer.kind === 'failed') return [];
  return pageOf(answer.value, answer.headers)
    .statuses.filter(
      (status) => status.account.id === account && status.visibility === 'public' && !status.reblog,
    )
    .slice(0, NEWEST)
    .map(wordsOf);
};
