import { youtubeConnector } from '../../../shared/networks/youtube/youtube-connector.js';
import { anAccount } from '../../fixtures/registry.js';
import { refusal, startYoutubeServer, type ServedVideo } from '../../servers-in-process/youtube-server.js';
import { conformance } from './conformance.js';

const CHANNEL = `UC${'k'.repeat(22)}`;

conformance({
  name: 'YouTube',
  emptyLook: 1,
  showsDeletions: true,
  open: async () => {
    const server = await startYoutubeServer();
    const videos = new Map<string, ServedVideo>();
    server.channel({ id: CHANNEL, handle: '@sari', description: 'Kanal Sari' });
    const put = (video: ServedVideo): void => {
      videos.set(video.id, video);
      server.video(video);
    };
    return {
      connector: youtubeConnector({ api: server.origin }),
      account: anAccount({
        network: 'youtube',
        handle: '@sari',
        identity: { id: CHANNEL, host: new URL(server.origin).host },
      }),
      publish: (description, publishedAt) => {
        const id = `v${String(videos.size).padStart(10, '0')}`;
        put({ id, channel: CHANNEL, title: 'Video', description, publishedAt });
        return id;
      },
      edit: (name, description) => {
        put({ ...videos.get(name)!, description });
      },
      remove: server.removeVideo,
      lose: () => {
        server.closeChannel(CHANNEL);
      },
      answer: server.always,
      endless: server.endless,
      throttled: refusal(403, 'quotaExceeded'),
      faults: () => server.faults,
      close: server.close,
    };
  },
});
