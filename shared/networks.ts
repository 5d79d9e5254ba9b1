/** What is fixed for each network that has a connector; `infra/` makes a queue and a limit for each row. */
interface NetworkConfig {
  /** Shortest and longest time between two looks at one account. */
  readonly floorMinutes: number;
  readonly ceilingMinutes: number;
  /** How many collectors of this network run at once. */
  readonly concurrency: number;
  /** What one host bears: so many calls in so many minutes, and how many calls a look costs. */
  readonly quota: { readonly calls: number; readonly minutes: number; readonly callsPerLook: number };
  /** The calls of a day (Pacific time) that one key has, for all functions together; `null` where days are not counted. */
  readonly callsPerDay: number | null;
  /** After how many days the network's terms want what was read to be refreshed or deleted; `null` where they do not ask. */
  readonly keptDays: number | null;
  /** The header that carries a token where a host asks for one; `null` where none ever does. */
  readonly tokenHeader: 'authorization' | 'x-goog-api-key' | null;
}

export const NETWORKS = {
  // Feeds publish no quota; one call a second is what a polite reader allows itself.
  feed: {
    floorMinutes: 15,
    ceilingMinutes: 1440,
    concurrency: 4,
    quota: { calls: 60, minutes: 1, callsPerLook: 1 },
    callsPerDay: null,
    keptDays: null,
    tokenHeader: null,
  },
  // 300 calls in 5 minutes for whoever comes from one address. A look costs one, and one for each parent of a new reply.
  mastodon: {
    floorMinutes: 10,
    ceilingMinutes: 720,
    concurrency: 4,
    quota: { calls: 300, minutes: 5, callsPerLook: 2 },
    callsPerDay: null,
    keptDays: null,
    tokenHeader: 'authorization',
  },
  // A server of the reference implementation allows 3,000 calls in five minutes. A look with something new takes four.
  bluesky: {
    floorMinutes: 5,
    ceilingMinutes: 360,
    concurrency: 4,
    quota: { calls: 3000, minutes: 5, callsPerLook: 4 },
    callsPerDay: null,
    keptDays: null,
    tokenHeader: null,
  },
  // 10,000 units a day for a whole agency; a call costs one. A look with something new takes two.
  youtube: {
    floorMinutes: 30,
    ceilingMinutes: 1440,
    concurrency: 2,
    quota: { calls: 10_000, minutes: 1440, callsPerLook: 2 },
    callsPerDay: 10_000,
    keptDays: 30,
    tokenHeader: 'x-goog-api-key',
  },
} as const satisfies Record<string, NetworkConfig>;

/** A network that a connector reads. */
export type NetworkId = keyof typeof NETWORKS;
export const NETWORK_IDS = ['feed', 'bluesky', 'mastodon', 'youtube'] as const satisfies readonly NetworkId[];
/** Every network on which accounts can be registered. What has no connector is asked nothing: its posts are given in by people. */
export const ACCOUNT_NETWORKS = [...NETWORK_IDS, 'facebook', 'instagram', 'threads', 'tiktok', 'x'] as const;
export type AccountNetwork = (typeof ACCOUNT_NETWORKS)[number];

export const hasConnector = (network: AccountNetwork): network is NetworkId =>
  NETWORK_IDS.some((id) => id === network);

/** What is read where nobody has chosen. */
export const USUAL_NETWORKS = ['feed', 'bluesky', 'mastodon'] as const satisfies readonly NetworkId[];

/** One of something for each network. */
export const perNetwork = <Made>(make: (network: NetworkId) => Made): Readonly<Record<NetworkId, Made>> => ({
  feed: make('feed'),
  bluesky: make('bluesky'),
  mastodon: make('mastodon'),
  youtube: make('youtube'),
});

/**
 * For how many days what a network said may be kept without being asked for again: one less than its terms give, so that
 * whoever deletes it has come round by then. `null` where the terms do not ask.
 */
export const lentDays = (network: AccountNetwork): number | null => {
  const days = hasConnector(network) ? NETWORKS[network].keptDays : null;
  return days === null ? null : days - 1;
};
