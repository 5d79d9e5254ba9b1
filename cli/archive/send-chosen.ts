import * as z from 'zod';
import { readHandle } from '../../shared/domain/registry/read-handle.js';
import type { ApiClient } from '../api-client.js';
import { CliError } from '../cli-error.js';
import { Mine } from '../own-accounts.js';
import { printable } from '../table.js';
import { ArchiveNetwork, ArchivePost } from './archive-post.js';
import { NETWORK_NAMES, word, type Language } from './words.js';

/** What a holder chose of an archive, and the account that it is of by the archive. */
export const ChosenPosts = z.strictObject({
  version: z.literal(1),
  network: ArchiveNetwork,
  handle: z.string().nullable(),
  posts: z.array(ArchivePost).min(1),
});
export type ChosenPosts = z.infer<typeof ChosenPosts>;

interface Sending {
  readonly api: ApiClient;
  /** The registered account, where the archive does not say it in the same words. */
  readonly account: string | undefined;
  readonly language: Language;
}

export interface Sent {
  readonly account: string;
  readonly sent: number;
}

/** Which of the holder's registered accounts the archive is of. Nobody's posts are given in for another account. */
const registeredAs = async (
  { network, handle }: ChosenPosts,
  { api, account, language }: Sending,
): Promise<string> => {
  const { accounts } = Mine.parse(await api.get('/me'));
  const own = accounts.filter((one) => one.network === network && one.state !== 'withdrawn');
  const named = `${NETWORK_NAMES[network]}: ${own.map((one) => printable(one.handle)).join(', ')}`;
  const [first, second] = own;
  if (first === undefined) throw new CliError(`${NETWORK_NAMES[network]}: ${word('no-account', language)}`);
  const read = readHandle(network, account ?? handle ?? '', 'public');
  if (read.kind === 'accepted') {
    const match = own.find((one) => one.handle === read.handle);
    if (match !== undefined) return match.handle;
    throw new CliError(`${printable(read.handle)}: ${word('other-account', language)}`, named);
  }
  if (account !== undefined || second !== undefined)
    throw new CliError(word('which-account', language), named);
  return first.handle;
};

/** Gives each post in, one by one, so that one that is refused keeps no other back. Sent again, none becomes two. */
export const sendChosen = async (chosen: ChosenPosts, sending: Sending): Promise<Sent> => {
  const author = await registeredAs(chosen, sending);
  const { api, language } = sending;
  const { network, posts } = chosen;
  const refused: string[] = [];
  for (const { url, kind, postedAt, parts, context } of posts)
    try {
      await api.post('/submissions', { network, author, url, kind, postedAt, parts, context });
    } catch (error) {
      if (!(error instanceof CliError)) throw error;
      refused.push([postedAt.slice(0, 16).replace('T', ' '), error.message, ...error.details].join(' · '));
    }
  const sent = posts.length - refused.length;
  if (refused.length > 0)
    throw new CliError(`${sent}/${posts.length} ${word('sent', language)}`, word('again', language), refused);
  return { account: author, sent };
};
