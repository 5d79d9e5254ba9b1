import * as z from 'zod';
import { HostName } from '../fields.js';
import type { AccountNetwork } from '../../networks.js';

export const MOST_HOSTS = 500;

/** What an agency has decided on the networks that it reads. */
export const NetworkSettings = z.strictObject({
  /**
   * Hosts of Mastodon-compatible servers that an administrator has approved: each is somebody's own, with terms that the
   * agency reads first. No other is asked anything.
   */
  mastodonHosts: z.array(HostName).max(MOST_HOSTS),
  /** Whether a profile's wish to be in no search engine or directory counts as a wish not to be read. */
  respectOptOuts: z.boolean(),
});
export type NetworkSettings = z.infer<typeof NetworkSettings>;

/** The holder has declared the account and confirmed the notice, so what a profile tells search engines is not for us. */
export const USUAL_NETWORK_SETTINGS: NetworkSettings = { mastodonHosts: [], respectOptOuts: false };

/** Whether the agency lets this host of this network be asked. */
export const isApproved = (
  { mastodonHosts }: NetworkSettings,
  { network, host }: { readonly network: AccountNetwork; readonly host: string },
): boolean => network !== 'mastodon' || mastodonHosts.includes(host);
