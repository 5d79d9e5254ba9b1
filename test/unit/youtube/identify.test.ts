import { afterEach, beforeEach, expect, it } from 'vitest';
import { plus } from '../../../shared/domain/time.js';
import { NOW } from '../../fixtures/registry.js';
import { refusal, startYoutubeServer, type YoutubeServer } from '../../servers-in-process/youtube-server.js';
import { aChannel, aVideo, CHANNEL, youtubeReader } from './youtube-reader.js';

let server: YoutubeServer;
beforeEach(async () => {
  server = await startYoutubeServer();
});
afterEach(async () => {
  await server.close();
  expect(server.faults).toEqual([]);
});

const host = (): string => new URL(server.origin).host;

it('a handle is the channel that bears it, with what its description says; nothing else is asked', async () => {
  server.channel(aChannel);
  expect(await youtubeReader(server).identify()).toEqual({
    kind: 'found',
    identity: { id: CHANNEL, host: host() },
    handle: '@sari',
    declares: [{ where: 'profile', text: 'Guru. Kode: netral-7f3a' }],
    links: [],
  });
  expect(server.requests).toEqual(['channels?part=snippet,contentDetails&forHandle=@sari']);
});

it('a channel that is known is asked for by its id, and says how it goes now', async () => {
  server.channel({ ...aChannel, handle: '@sari.guru' });
  const answer = await youtubeReader(server).identify({ identity: { id: CHANNEL, host: host() } });
  expect(answer).toMatchObject({ kind: 'found', handle: '@sari.guru' });
});

it('a channel without a handle goes by its id', async () => {
  server.channel({ ...aChannel, handle: null });
  expect(await youtubeReader(server).identify({ handle: CHANNEL })).toMatchObject({
    kind: 'found',
    handle: CHANNEL,
  });
});

it('the newest videos are read for a code only when one was given out', async () => {
  server.channel(aChannel);
  server.video(aVideo(1, { description: 'netral-7f3a' }));
  const proof = { kind: 'asked', at: NOW, until: plus(NOW, { days: 7 }), epoch: 1, missedAt: null } as const;
  expect(await youtubeReader(server).identify({ proof })).toMatchObject({
    declares: [{ where: 'profile' }, { where: 'post', text: 'Video 1\nnetral-7f3a' }],
  });
});

it('says when there is no such channel, when the key is refused and when the quota is spent', async () => {
  const reader = youtubeReader(server);
  expect(await reader.identify()).toEqual({ kind: 'not-found' });
  server.always(refusal(400, 'badRequest', 'API key not valid.'));
  expect(await reader.identify()).toEqual({ kind: 'needs-token' });
  server.always(refusal(403, 'quotaExceeded'));
  expect(await reader.identify()).toEqual({ kind: 'throttled', retryAt: '2026-11-23T08:00:00.000Z' });
});
