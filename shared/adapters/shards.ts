/** First digits of opaque ids. An index under 16 keys takes 16 times what one key bears. */
export const SHARDS: readonly string[] = Array.from({ length: 16 }, (_, digit) => digit.toString(16));

export const shardOf = (id: string): string => id.slice(0, 1);
