import type { IdentityLookup } from '../../domain/registry/permit.js';
import { youtubeHandle } from '../../domain/registry/youtube-handle.js';
import type { Connector, DeclaredText } from '../connector.js';
import { notIdentified } from '../failure.js';
import { plainText } from '../html-text.js';
import { askChannel, askUploads } from './ask-lists.js';
import { PUBLIC } from './resources.js';
import { asking, type Ask } from './youtube-answer.js';

const NEWEST = 5;

/** Who `@handle` or a channel's id is; a channel that is known already is asked for by its id. */
export const identifyYoutube =
  (api: string): Connector['identify'] =>
  async (lookup, { fetch, now }) => {
    const { handle, identity } = lookup;
    const ask = asking(api, { fetch }, { throttlesBefore: 0, at: now() });
    const id = identity?.id ?? (handle.startsWith('@') ? null : handle);
    const answer = await askChannel(ask, lookup, id === null ? { forHandle: handle } : { id });
    if (answer.kind === 'failed') return notIdentified(answer);
    const { id: channel, snippet, contentDetails } = answer.value;
    const named = youtubeHandle(snippet.customUrl ?? channel);
    const posts = lookup.seeksProof
      ? await newestWords(lookup, ask, contentDetails.relatedPlaylists.uploads)
      : [];
    return {
      kind: 'found',
      identity: { id: channel, host: new URL(api).host },
      // Channels that are old or new may have no handle.
      handle: named.kind === 'accepted' ? named.handle : channel,
      declares: [
        { where: 'profile', text: plainText(snippet.description ?? '') } satisfies DeclaredText,
        ...posts.map((text): DeclaredText => ({ where: 'post', text })),
      ].filter(({ text }) => text !== ''),
      // A description is plain text, and the links that a channel's page shows are not in the interface.
      links: [],
    };
  };

/** What the channel published last. A list that cannot be read proves nothing, and hides no proof in the description. */
const newestWords = async (
  lookup: IdentityLookup,
  ask: Ask,
  playlist: string,
): Promise<readonly string[]> => {
  const page = await askUploads(ask, lookup, { playlist, token: null, size: NEWEST });
  if (page.kind === 'failed') return [];
  return page.value.uploads
    .filter(({ status }) => status.privacyStatus === PUBLIC)
    .map(({ snippet: { title, description } }) => plainText(`${title}\n${description}`));
};
