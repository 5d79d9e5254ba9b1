/** What is fixed for each network; `infra/` makes a queue and a limit for each row. */
interface NetworkConfig {
  /** Shortest and longest time between two looks at one account. */
  readonly floorMinutes: number;
  readonly ceilingMinutes: number;
  /** How many collectors of this network run at once. */
  readonly concurrency: number;
  /** What one host bears: so many calls in so many minutes, and how many calls a look costs. */
  readonly quota: { readonly calls: number; readonly minutes: number; readonly callsPerLook: number };
}

export const NETWORKS = {
  // Feeds publish no quota; one call a second is what a polite reader allows itself.
  feed: {
    floorMinutes: 15,
    ceilingMinutes: 1440,
    concurrency: 4,
    quota: { calls: 60, minutes: 1, callsPerLook: 1 },
  },
} as const satisfies Record<string, NetworkConfig>;

export type NetworkId = keyof typeof NETWORKS;
export const NETWORK_IDS = ['feed'] as const satisfies readonly NetworkId[];
