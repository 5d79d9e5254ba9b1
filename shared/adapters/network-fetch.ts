import type { GuardedFetch } from '../networks/connector.js';
import type { openNetworkFetch } from './open-network-fetch.js';

/** The guarded fetch of a function, for these connectors and no other. It is loaded with the first request. */
export const networkFetch = (...made: Parameters<typeof openNetworkFetch>): GuardedFetch => {
  const load = async () => (await import('./open-network-fetch.js')).openNetworkFetch(...made);
  let loading: Promise<GuardedFetch> | undefined;
  return async (...asked) => (await (loading ??= load()))(...asked);
};
