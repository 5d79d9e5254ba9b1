import type { Connector, ConnectorFrom } from '../connector.js';
import { identifyYoutube } from './identify-youtube.js';
import { readYoutube } from './read-youtube.js';
import { youtubeReach } from './youtube-reach.js';

/** Reads what channels upload by the YouTube Data API that stands at `api`; see README.md beside this file. */
export const youtubeConnector = ({ api }: { readonly api: string }): Connector => ({
  reach: youtubeReach(api),
  identify: identifyYoutube(api),
  read: readYoutube(api),
});

export const youtubeFrom: ConnectorFrom = ({ YOUTUBE_API_ORIGIN: api }) => youtubeConnector({ api });
