import type { Connector, ConnectorFrom } from '../connector.js';
import type { Reach } from '../reach.js';
import { pathOf, type Method } from './youtube-answer.js';

/** Reads what channels upload by the YouTube Data API that stands at `api`; see README.md beside this file. What it takes to read one is loaded with the first. */
export const youtubeConnector = ({ api }: { readonly api: string }): Connector => ({
  reach: [
    ...(['channels', 'playlistItems', 'videos'] as const).map((method) => reachOf('scan', api, method)),
    ...(['channels', 'playlistItems'] as const).map((method) => reachOf('identity', api, method)),
  ],
  identify: async (...asked) => (await import('./identify-youtube.js')).identifyYoutube(api)(...asked),
  read: async (...asked) => (await import('./read-youtube.js')).readYoutube(api)(...asked),
});

export const youtubeFrom: ConnectorFrom = ({ YOUTUBE_API_ORIGIN: api }) => youtubeConnector({ api });

const reachOf = (permit: Reach['with'], api: string, method: Method): Reach => ({
  with: permit,
  host: { origin: api },
  path: pathOf(method),
});
