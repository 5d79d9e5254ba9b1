import type { ReadHandle } from './handle.js';
import { allowedHost, type HostGuard } from './host-grammar.js';

const PLC = /^did:plc:[a-z2-7]{24}$/;
const WEB = /^did:web:([a-z0-9.-]+)$/;
/** A domain name whose last label begins with a letter (AT Protocol, handle syntax). */
const HANDLE = /^(?=.{1,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
const PROFILE = /^https:\/\/(?:www\.)?bsky\.app\/profile\/([^/?#]+)/i;
/** On one machine names are not looked up, and `.test` is set aside for that. */
const TEST_NAME = /\.test$/;

const REFUSED: ReadHandle = { kind: 'refused', reason: 'not-a-handle' };

/**
 * `nama.bsky.social`, with or without `@`, a DID, an `at://` address, or the address of a profile. A DID is the identity,
 * but only its document tells which server holds it, so neither form is one by itself.
 */
export const blueskyHandle = (text: string, guard: HostGuard): ReadHandle => {
  const written = PROFILE.exec(text)?.[1] ?? text.replace(/^at:\/\/([^/?#]+).*$/s, '$1');
  const name = written.replace(/^@/, '').replaceAll('%3A', ':').replaceAll('%3a', ':');
  if (PLC.test(name)) return { kind: 'accepted', handle: name, host: null, identity: null };
  const handle = name.toLowerCase();
  const site = WEB.exec(handle)?.[1] ?? handle;
  if (!HANDLE.test(site)) return REFUSED;
  const isName = guard === 'public' ? allowedHost(site, guard) !== null : TEST_NAME.test(site);
  return isName
    ? { kind: 'accepted', handle, host: guard === 'public' ? site : null, identity: null }
    : { kind: 'refused', reason: 'host' };
};
