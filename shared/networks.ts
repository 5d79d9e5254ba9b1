/** What is fixed for each network; `infra/` makes a queue and a limit for each row. */
interface NetworkConfig {
  /** Shortest and longest time between two looks at one account. */
  readonly floorMinutes: number;
  readonly ceilingMinutes: number;
  /** How many collectors of this network run at once. */
  readonly concurrency: number;
}

export const NETWORKS = {
  feed: { floorMinutes: 15, ceilingMinutes: 1440, concurrency: 4 },
} as const satisfies Record<string, NetworkConfig>;

export type NetworkId = keyof typeof NETWORKS;
export const NETWORK_IDS = ['feed'] as const satisfies readonly NetworkId[];
