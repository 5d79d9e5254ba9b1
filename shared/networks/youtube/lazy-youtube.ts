import type { ConnectorFrom } from '../connector.js';
import { lazyConnector } from '../lazy-connector.js';
import { youtubeReach } from './youtube-reach.js';

export const lazyYoutube: ConnectorFrom = (environment) =>
  lazyConnector(youtubeReach(environment.YOUTUBE_API_ORIGIN), async () =>
    (await import('./youtube-connector.js')).youtubeFrom(environment),
  );
