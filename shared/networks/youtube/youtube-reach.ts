import type { Reach } from '../reach.js';

export type Method = 'channels' | 'playlistItems' | 'videos';

export const pathOf = (method: Method): `/${string}` => `/youtube/v3/${method}`;

export const youtubeReach = (api: string): readonly Reach[] => [
  ...(['channels', 'playlistItems', 'videos'] as const).map((method) => reachOf('scan', api, method)),
  ...(['channels', 'playlistItems'] as const).map((method) => reachOf('identity', api, method)),
];

const reachOf = (permit: Reach['with'], api: string, method: Method): Reach => ({
  with: permit,
  host: { origin: api },
  path: pathOf(method),
});
